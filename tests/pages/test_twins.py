"""Does an article's Markdown twin read well on its own?"""

from collections.abc import Callable
from pathlib import Path

from projects import Files, built

Project = Callable[[Files], Path]


def twins(root: Path, number: int) -> list[str]:
    built(root)
    paths = (root / f"site/articles/a{n}.md" for n in range(number))
    return [path.read_text("utf-8") for path in paths]


def test_a_twin_says_its_title_once(project: Project) -> None:
    cases = {
        "# The title\n\nText.\n": "# The title\n\nText.\n",
        "---\ntitle: The title\n---\n\n## the Title\n\nText.\n": "# The title\n\nText.\n",
        "---\ntitle: LoRA x\n---\n\n# **LoRA** $x$\n\nText.\n": "# LoRA x\n\nText.\n",
        "---\ntitle: A\n---\n\n# Part\n\nText.\n": "# A\n\n# Part\n\nText.\n",
        "---\ntitle: A\n---\n\n## Part\n\n# A\n": "# A\n\n## Part\n\n# A\n",
    }
    root = project({f"content/articles/a{n}.md": text for n, text in enumerate(cases)})
    assert twins(root, len(cases)) == list(cases.values())


def test_a_wikilink_becomes_a_link_to_the_other_twin(project: Project) -> None:
    cases = {
        "See [[b]].": "See [The other \\[1\\]](other.md).",
        "See [[b|this]].": "See [this](other.md).",
        "See [[b.md#Part]].": "See [The other \\[1\\] › Part](other.md).",
        "| a |\n|---|\n| [[b\\|c]] |": "| a |\n|---|\n| [c](other.md) |",
        "See [[nowhere]] and [[nowhere|that]].": "See nowhere and that.",
        "`[[b]]` and [[b|c]]": "`[[b]]` and [c](other.md)",
        "```\n[[b]]\n```\n\n[[b|c]]": "```\n[[b]]\n```\n\n[c](other.md)",
        "$x[[i]]$ and [[b|c]]": "$x[[i]]$ and [c](other.md)",
        "![[fox.png]] and [[b|c]]": "![[fox.png]] and [c](other.md)",
    }
    articles = {
        f"content/articles/a{n}.md": f"---\ntitle: A{n}\n---\n\n{text}\n"
        for n, text in enumerate(cases)
    }
    other = "---\ntitle: The other [1]\nslug: other\n---\n\n## Part\n"
    root = project({"content/articles/b.md": other, **articles})
    expected = [f"# A{n}\n\n{shown}\n" for n, shown in enumerate(cases.values())]
    assert twins(root, len(cases)) == expected
