"""In which folder does a project begin?"""

from pathlib import Path

FILE = "kb.yaml"
CACHE = ".kb"
"""The folder of what may be deleted at any time."""
TEXTS = ARTICLES, PAGES, INTROS = "articles", "pages", "topics"
"""The folders of Markdown in the content: records, free pages, introductions of topics."""
TRANSMISSIONS = "transmissions"
MEMO = "memo.sqlite"
"""What builds remember, in the cache."""
_CONTENT = "content"


def project_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards with a kb.yaml, else `start` if it has content/."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    return start if (start / _CONTENT).is_dir() else None
