"""What introduces a topic?"""

import re
from collections.abc import Callable
from pathlib import Path

from projects import Files, built

from kb.problems import Place

Project = Callable[[Files], Path]

LONG = "A description of many words. " * 8
TOPICS = f"topics:\n  - {{id: models, en: Models, description: '{LONG.strip()}'}}\n"
FILES = {
    "kb.yaml": "language: en\n",
    "content/topics.yaml": TOPICS,
    "content/articles/a.md": "---\ntitle: A\ntopic: models\n---\n",
}


def page(root: Path) -> str:
    return (root / "site/topics/models.html").read_text("utf-8")


def test_the_whole_description_is_shown_and_its_beginning_announced(project: Project) -> None:
    root = project(FILES)
    built(root)
    assert f'<p class="lede">{LONG.strip()}</p>' in page(root)
    [announced] = re.findall(r'<meta name="description" content="(.*?)">', page(root))
    assert announced == "A description of many words. " * 2 + "A description of many words.…"


def test_an_introduction_that_is_a_draft_is_not_shown(project: Project) -> None:
    root = project({**FILES, "content/topics/models.md": "---\ndraft: true\n---\n\nNot yet.\n"})
    assert not built(root).problems
    assert "Not yet" not in page(root)


def test_two_introductions_of_one_topic_are_a_problem(project: Project) -> None:
    root = project(
        {
            **FILES,
            "content/topics/models.md": "The first.\n",
            "content/topics/more/models.md": "The second.\n",
        }
    )
    [problem] = built(root).problems
    assert problem.code == "duplicate-introduction"
    assert problem.place == Place("content/topics/more/models.md")
    assert "content/topics/models.md" in problem.message
    assert "The first." in page(root)
    assert "The second." not in page(root)
