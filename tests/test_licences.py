"""Does the list of licences name the packages that are installed with kb, and no others?"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_list_of_licences_names_every_locked_package() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    listed = (ROOT / "docs/licences.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z0-9][a-z0-9.-]+) \| (\S.*?) \| \S.*\|$", listed, re.MULTILINE)

    assert [name for name, _ in rows if name != "package"] == sorted(
        set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE))
    )
