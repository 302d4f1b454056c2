import pytest

from kb.library.library import date_of, seen_on
from kb.model import Article, ArticleId, Sighting, Slug


def article(dump: str, date: str = "") -> Article:
    return Article(
        id=ArticleId("0" * 12),
        slug=Slug("a"),
        title="A",
        topic="other",
        tags=(),
        lang="en",
        body="",
        path="content/articles/a.md",
        date=date,
        sightings=(Sighting(dump, 3),),
    )


@pytest.mark.parametrize(
    ("dump", "day"),
    [
        ("2026-03-14.txt", "2026-03-14"),
        ("2026-03-14-b.txt", "2026-03-14"),
        ("old/2026-03-14.txt", "2026-03-14"),
        ("2026-13-45.txt", ""),
        ("2026-02-30.txt", ""),
        ("20260314.txt", ""),
        ("2026-03-141.txt", ""),
        ("٢٠٢٦-٠٣-١٤.txt", ""),
        ("dump.txt", ""),
    ],
)
def test_a_dump_tells_its_day_by_its_name_or_not_at_all(dump: str, day: str) -> None:
    assert seen_on(article(dump)) == day


def test_the_date_of_an_article_is_its_own_before_that_of_its_dump() -> None:
    assert date_of(article("2026-03-14.txt", "2025-01-01")) == "2025-01-01"
    assert date_of(article("2026-03-14.txt")) == "2026-03-14"
