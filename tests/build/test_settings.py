"""Does a setting reach the pages that it has a say in?"""

import struct
from pathlib import Path

from projects import built, clean_build, put, tree

PAGE = "---\ntitle: Keys\n---\n\nPress <kbd>F1</kbd>, not <b onclick='x()'>this</b>.\n"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 300, 200) + b"\x08\x06\x00\x00\x00"


def test_html_is_let_through_as_soon_as_the_settings_say_so(tmp_path: Path) -> None:
    root = tmp_path / "project"
    put(root, {"kb.yaml": "title: Notes\n", "content/articles/keys.md": PAGE})
    built(root)
    page = root / "site/articles/keys.html"
    assert "&lt;kbd&gt;F1&lt;/kbd&gt;" in page.read_text("utf-8")

    put(root, {"kb.yaml": "title: Notes\nmarkdown: {html: sanitized}\n"})
    built(root)

    text = page.read_text("utf-8")
    assert "<kbd>F1</kbd>" in text
    assert "onclick" not in text
    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")


def test_an_image_has_the_size_of_its_file(tmp_path: Path) -> None:
    root = tmp_path / "project"
    text = "# Fox\n\n![a fox](/images/fox.png)\n\n![[fox.png|a fox|60]]\n"
    put(root, {"kb.yaml": "title: Notes\n", "static/images/fox.png": PNG})
    put(root, {"content/articles/fox.md": text})
    built(root)

    page = (root / "site/articles/fox.html").read_text("utf-8")
    assert 'alt="a fox" width="300" height="200"' in page
    assert 'alt="a fox" width="60"' in page
