"""Can a project add a language of its own, and does every page then speak it and no other?"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import html5lib
import pytest
import yaml
from projects import Files, built

from kb.build.speech import Speech
from kb.build.theme import read_theme
from kb.languages import direction, locale
from kb.problems import KbError, Place, Severity
from kb.project import open_project

Project = Callable[[Files], Path]
ENGLISH = Path(__file__).parents[2] / "templates" / "words" / "en.yaml"
RULES = ("plural_rule", "plural_forms", "thousands")
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-copy", "data-copied", "data-auto")
NAMES = ("Atom", "JSON Feed", "Markdown", "utf-8", "LATEST UPDATES", "INCOMING TRANSMISSION")
TOPICS = """\
topics:
  - {id: models, el: Μοντέλα, children: [{id: flow, el: Ροή, terms: [ροή: 3]}]}
  - {id: other, el: Άλλα}
"""
TEXTS = {
    "kb.yaml": "title: Σημειώσεις\ndescription: Όλα.\nlanguage: el\nbase_url: https://kb.test\n",
    "content/topics.yaml": TOPICS,
    "content/articles/a.md": (
        "---\ntitle: Ένα\nslug: a\nlang: el\ntopic: flow\ntags: [ροή, χ]\n"
        "date: 2026-03-04\nupdated: 2026-04-05\naliases: [c]\n---\n\n## Ι\n\nΡοή, [[b]].\n\n## ΙΙ\n"
    ),
    "content/articles/b.md": "---\ntitle: Δύο\nslug: b\nlang: el\ntags: [ροή]\n---\n\n[[a]]\n",
    "content/pages/p.md": "---\ntitle: Σελίδα\nslug: p\nlang: el\n---\n\nΛέξη.\n",
    "content/transmissions/2026-01-01.txt": ("INCOMING TRANSMISSION\n\n***\n1 2\n"),
}


def greek(word: str) -> str:
    """A word with the letters outside braces made Greek ones."""
    return re.sub(
        r"\{\w+\}|[A-Za-z]",
        lambda found: found[0] if found[0][0] == "{" else chr(0x3B1 + ord(found[0]) % 16),
        word,
    )


def catalogue(without: str = "") -> str:
    words: dict[str, str] = yaml.safe_load(ENGLISH.read_text("utf-8"))
    said = {key: word if key in RULES else greek(word) for key, word in words.items()}
    said["lang_el"] = "Ελληνικά"
    return yaml.safe_dump({k: said[k] for k in said if k != without}, allow_unicode=True)


def texts(page: Path) -> Iterator[str]:
    """What a person may see or hear of a page."""
    tree = html5lib.parse(page.read_text("utf-8"), namespaceHTMLElements=False)
    hidden = {id(part) for tag in ("script", "code", "pre") for node in tree.iter(tag)
              for part in node.iter()}  # fmt: skip
    for node in tree.iter():
        if id(node) in hidden:
            continue
        yield from (node.text or "", *(node.get(name, "") for name in SPOKEN))
        if node.tag == "meta" and node.get("name") == "description":
            yield node.get("content", "")
    yield from (node.tail or "" for node in tree.iter())


def test_a_third_language_is_a_file_and_every_page_speaks_it(project: Project) -> None:
    root = project({**TEXTS, "templates/words/el.yaml": catalogue()})
    done = built(root)
    pages = sorted((root / "site").rglob("*.html"))
    assert len(pages) >= 15
    foreign = {}
    for page in pages:
        for text in texts(page):
            bare = text
            for name in (*NAMES, "404 · NO SIGNAL"):
                bare = bare.replace(name, "")
            bare = re.sub(r"kb \d+\.\d+\.\d+\S*|[\w-]+\.txt", "", bare)
            if found := re.findall(r"[A-Za-z㐀-鿿]{2,}", bare):
                foreign[page.name] = (found, text)
        assert '<html lang="el"' in page.read_text("utf-8")
    assert foreign == {}
    assert [p.code for p in done.problems if p.code == "untranslated"] == []


def test_a_word_that_a_language_lacks_is_english_and_named(project: Project) -> None:
    root = project({**TEXTS, "templates/words/el.yaml": catalogue(without="archive")})
    [problem] = [p for p in built(root).problems if p.code == "untranslated"]
    assert problem.message == "1 words of the interface are English: archive"
    assert problem.place == Place("templates/words/el.yaml")
    assert problem.severity is Severity.WARNING
    assert ">Archive</a>" in (root / "site/index.html").read_text("utf-8")


def test_a_language_without_words_is_a_problem_that_says_where_to_write_them(
    project: Project,
) -> None:
    with pytest.raises(KbError) as caught:
        built(project({"kb.yaml": "title: T\nlanguage: ja\n"}))
    [problem] = caught.value.problems
    assert problem.code == "unknown-language"
    assert (problem.place.path, problem.place.line) == ("kb.yaml", 2)
    assert problem.hint == "kb speaks en, zh; write templates/words/ja.yaml for another"


def test_a_region_speaks_its_language_but_for_its_own_words(project: Project) -> None:
    root = project(
        {
            "kb.yaml": "language: en-GB\n",
            "templates/words/en-GB.yaml": "articles_many: '{n} papers'\n",
        }
    )
    built(root)
    home = (root / "site/index.html").read_text("utf-8")
    assert '<html lang="en-GB"' in home
    assert "0 papers" in home
    assert "Latest updates" in home


def words(project: Project, text: str) -> dict[str, str]:
    root = project({"kb.yaml": "language: ru\n", "templates/words/ru.yaml": text})
    found = open_project(root)
    return read_theme(found).words(found.config)


RUSSIAN = """\
plural_rule: "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
plural_forms: one few many
thousands: "\N{NO-BREAK SPACE}"
articles_one: "{n} статья"
articles_few: "{n} статьи"
articles_many: "{n} статей"
excerpts_many: "отрывков: {n}"
date: "{d} {month} {y} г."
date_month: "{month} {y}"
month_names: а, б, марта, г, д, е, ж, з, и, к, л, м
month_names_alone: А, Б, март, Г, Д, Е, Ж, З, И, К, Л, М
"""


def test_a_language_has_as_many_plural_forms_as_it_needs(project: Project) -> None:
    speech = Speech(words(project, RUSSIAN))
    said = [speech.counted("articles", n) for n in (1, 3, 5, 11, 22, 10121)]
    assert said == [
        "1 статья",
        "3 статьи",
        "5 статей",
        "11 статей",
        "22 статьи",
        "10\xa0121 статья",
    ]


def test_a_word_in_one_form_has_it_for_every_number(project: Project) -> None:
    speech = Speech(words(project, RUSSIAN))
    assert [speech.counted("excerpts", n) for n in (1, 3)] == ["отрывков: 1", "отрывков: 3"]


def test_a_month_may_be_called_otherwise_where_it_stands_alone(project: Project) -> None:
    speech = Speech(words(project, RUSSIAN))
    assert (speech.date("2026-03-04"), speech.date("2026-03")) == ("4 марта 2026 г.", "март 2026")


@pytest.mark.parametrize(
    ("language", "date", "month", "day"),
    [
        ("zh", "2026年3月4日", "2026年3月", "3月4日"),
        ("en", "4 March 2026", "March 2026", "4 March"),
    ],
)
def test_dates_are_said_as_the_language_does(
    project: Project, language: str, date: str, month: str, day: str
) -> None:
    found = open_project(project({"kb.yaml": f"language: {language}\n"}))
    speech = Speech(read_theme(found).words(found.config))
    assert speech.date("2026-03-04") == date
    assert speech.date("2026-03") == month
    assert speech.day("2026-03-04") == day


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("plural_rule: n ==", "plural_rule cannot be filled in: "),
        ("plural_rule: __import__('os')", "plural_rule cannot be filled in: "),
        ("plural_forms: one two", "plural_forms must be some of zero one two few many"),
        ("month_names: a, b", "month_names must be 12 names"),
        ("date: '{weekday}'", "date has no value {weekday}"),
        ("articles_few: '{count}'", "articles_few has no value {count}"),
    ],
)
def test_grammar_that_cannot_be_followed_is_a_problem(
    project: Project, line: str, fact: str
) -> None:
    with pytest.raises(KbError) as caught:
        words(project, f"{line}\n")
    [problem] = caught.value.problems
    assert (problem.code, problem.place.line) == ("broken-words", 1)
    assert problem.message.startswith(fact)


def test_an_article_in_another_language_says_so(project: Project) -> None:
    files = {
        "kb.yaml": "language: en\nbase_url: https://kb.test\n",
        "content/articles/a.md": "---\ntitle: سلام\nslug: a\nlang: ar-EG\n---\n\nنص\n",
        "content/articles/b.md": "---\ntitle: 你好\nslug: b\nlang: zh-Hant\n---\n\n文\n",
    }
    root = project(files)
    built(root)
    arabic = (root / "site/articles/a.html").read_text("utf-8")
    assert '<html lang="ar-EG"' in arabic
    assert '<div class="prose" lang="ar-EG" dir="rtl">' in arabic
    assert 'property="og:locale" content="ar_EG"' in arabic
    chinese = (root / "site/articles/b.html").read_text("utf-8")
    assert '<h1 lang="zh-Hant">' in chinese
    assert "<li>Chinese</li>" in chinese
    assert "og:locale" not in chinese


@pytest.mark.parametrize(
    ("tag", "runs", "name"),
    [
        ("zh", "ltr", "zh_CN"),
        ("en", "ltr", "en_US"),
        ("fa-IR", "rtl", "fa_IR"),
        ("az-Arab", "rtl", ""),
        ("ar-Latn", "ltr", ""),
        ("sr-Cyrl-RS", "ltr", "sr_RS"),
    ],
)
def test_a_tag_says_where_a_text_runs_and_its_locale(tag: str, runs: str, name: str) -> None:
    assert (direction(tag), locale(tag)) == (runs, name)
