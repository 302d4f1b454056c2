"""Has each page a picture for those who share its address, drawn once and always the same?"""

import re
import struct
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image
from projects import SMALL, Files, built, clean_build, put, tree, updated

from kb.build import cards
from kb.build.cards import SIZE, card_bytes
from kb.build.wrap import lines, pieces
from kb.pages.machine_views import CardView
from kb.problems import KbError, Place, Severity

Project = Callable[[Files], Path]
FLOW = "content/articles/flow.md"


def dejavu() -> bytes:
    """A font that comes with a package that kb needs anyway."""
    found = find_spec("ziafont")
    return (Path(str(found and found.origin)).parent / "fonts" / "DejaVuSans.ttf").read_bytes()


FONT: Files = {"templates/fonts/card.ttf": dejavu()}
SETTINGS = "title: Notes\nlanguage: en\nbase_url: https://kb.test/a\n"
ADDRESS: Files = {**SMALL, **FONT, "kb.yaml": SETTINGS}
EACH: Files = {**ADDRESS, "kb.yaml": f"{SETTINGS}cards: articles\n"}


def pictures(root: Path) -> list[str]:
    """The paths of all cards, each of which is a PNG of the right size."""
    found = sorted((root / "site/cards").rglob("*")) if (root / "site/cards").is_dir() else []
    files = [path for path in found if path.is_file()]
    for path in files:
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", content[16:24]) == SIZE == (1200, 630)
        assert len(content) < 40_000
    return [path.relative_to(root / "site").as_posix() for path in files]


def shared(root: Path, page: str) -> str:
    text = (root / "site" / page).read_text("utf-8")
    found = re.search(r'property="og:image" content="https://kb\.test/a/([^"]+)"', text)
    return found[1] if found else ""


def words_of(root: Path, page: str) -> str:
    text = (root / "site" / page).read_text("utf-8")
    found = re.search(r'property="og:image:alt" content="([^"]+)"', text)
    return found[1] if found else ""


def test_every_topic_with_articles_has_a_card_and_its_articles_share_it(project: Project) -> None:
    root = project(ADDRESS)
    built(root)
    assert pictures(root) == [f"cards/{name}.png" for name in ("diffusion", "models", "storage")]
    assert shared(root, "articles/flow.html") == "cards/diffusion.png"
    assert words_of(root, "articles/flow.html") == "Diffusion"
    assert shared(root, "topics/models.html") == "cards/models.png"
    assert shared(root, "index.html").startswith("assets/card.")
    feed = (root / "site/feed.json").read_text("utf-8")
    assert '"image":"https://kb.test/a/cards/diffusion.png"' in feed
    page = (root / "site/articles/flow.html").read_text("utf-8")
    assert '"image":"https://kb.test/a/cards/diffusion.png"' in page


def test_every_article_has_a_card_of_its_own_where_that_is_asked_for(project: Project) -> None:
    root = project(EACH)
    built(root)
    own = [path for path in pictures(root) if path.startswith("cards/articles/")]
    assert len(own) == 4
    assert shared(root, "articles/flow.html") == "cards/articles/flow.png"
    assert words_of(root, "articles/flow.html") == "Flow"


def test_an_edit_of_a_text_draws_nothing_and_one_of_a_title_its_card(project: Project) -> None:
    root = project(EACH)
    built(root)
    text = str(SMALL[FLOW])
    put(root, {FLOW: text.replace("The flow", "A flow")})
    assert [path for path in updated(root).written if path.endswith(".png")] == []
    put(root, {FLOW: text.replace("title: Flow", "title: Ebb\nslug: flow")})
    written = [path for path in updated(root).written if path.endswith(".png")]
    assert written == ["cards/articles/flow.png"]


def test_cards_after_edits_are_those_of_a_first_build(project: Project, tmp_path: Path) -> None:
    root = project(EACH)
    built(root)
    steps: tuple[Files, ...] = (
        {"content/articles/new.md": "---\ntitle: New\ntopic: diffusion\n---\n\nText.\n"},
        {FLOW: None},
        {"kb.yaml": SETTINGS},
        {"kb.yaml": f"{SETTINGS}cards: off\n"},
        {"kb.yaml": SETTINGS.replace("Notes", "Other")},
    )
    for number, step in enumerate(steps):
        put(root, step)
        updated(root)
        assert tree(root / "site") == clean_build(root, tmp_path / f"fresh{number}")


def test_without_an_address_nothing_is_drawn(project: Project) -> None:
    root = project({**EACH, "kb.yaml": "title: Notes\n"})
    assert [p.code for p in built(root).problems if p.code == "no-cards"] == []
    assert pictures(root) == []


def test_cards_without_a_font_are_a_problem_where_they_are_asked_for(project: Project) -> None:
    settings = "title: Notes\nbase_url: https://kb.test/a\ncards: articles\n"
    root = project({**SMALL, "kb.yaml": settings})
    [problem] = [p for p in built(root).problems if p.code == "no-cards"]
    assert (problem.place.path, problem.place.line) == ("kb.yaml", 3)
    assert problem.severity is Severity.WARNING
    assert "templates/fonts/card.otf" in problem.hint
    assert shared(root, "articles/flow.html").startswith("assets/card.")


def test_cards_without_pillow_are_a_problem_and_the_site_stands(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "find_spec", lambda name: None if name == "PIL" else find_spec(name))
    root = project(ADDRESS)
    [problem] = [p for p in built(root).problems if p.code == "no-cards"]
    assert problem.hint == "add kb[cards]"
    assert pictures(root) == []


def test_a_font_that_cannot_be_read_is_a_problem(project: Project) -> None:
    with pytest.raises(KbError) as caught:
        built(project({**ADDRESS, "templates/fonts/card.ttf": b"no font"}))
    problem = caught.value.problems[0]
    assert (problem.code, problem.place) == ("broken-font", Place("templates/fonts/card.ttf"))


def ink(content: bytes, path: Path) -> int:
    """How many pixels are of the colour of titles."""
    path.write_bytes(content)
    with Image.open(path) as picture:
        return picture.convert("RGB").tobytes().count(bytes((214, 220, 220)))


@pytest.mark.parametrize("title", ["", "A", "Long words " * 40, "x" * 500, "\u202e\u0300ab"])
def test_any_title_is_drawn(tmp_path: Path, title: str) -> None:
    put(tmp_path, FONT)
    view = CardView(title, "Topic", "Notes", "templates/fonts/card.ttf#")
    drawn = card_bytes(view, tmp_path)
    assert drawn == card_bytes(view, tmp_path)
    assert (ink(drawn, tmp_path / "a.png") > 100) == bool(title)


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("LoRA：低秩适配", ("LoRA：", "低", "秩", "适", "配")),
        ("他说（不）。", ("他", "说", "（不）。")),
        ("“方差”的故事", ("“方", "差”", "的", "故", "事")),
        ("Fine-tuning in 2026, again", ("Fine-tuning", " in", " 2026,", " again")),
        ("用 PyTorch 做", ("用", " PyTorch", " 做")),
        ("《论语》——读", ("《论", "语》——", "读")),
    ],
)
def test_marks_cling_to_the_words_that_they_belong_to(title: str, parts: tuple[str, ...]) -> None:
    assert pieces(title) == parts


@pytest.mark.parametrize(
    ("title", "room", "expected"),
    [
        ("一二三四五六七", 4, ("一二三四", "五六七")),
        ("一二三四五六七八九", 8, ("一二三四五", "六七八九")),
        ("一二三四，五六", 4, ("一二三", "四，五六")),
        ("one two three", 7, ("one two", "three")),
        ("abcdefghij", 4, ("abcd", "efgh", "ij")),
        ("", 4, ()),
    ],
)
def test_a_title_is_broken_where_it_may_be_and_evenly(
    title: str, room: int, expected: tuple[str, ...]
) -> None:
    assert lines(title, room, len) == expected
