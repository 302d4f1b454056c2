"""Can a table of names be read on a phone?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from chromium import chromium
from projects import Files, built

TEXT = """---
title: A
---

| 选项 | 说明 | 默认 |
|---|---|---|
| `gradient_accumulation_steps` | 每几步 `optimizer.step()` 才更新一次 | `1` |
| `lr` | `cosine_with_restarts` | `config.max_position_embeddings` |
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_name_in_a_table_is_on_one_line_and_the_table_scrolls(
    project: Callable[[Files], Path], width: int
) -> None:
    root = project({"content/articles/a.md": TEXT})
    built(root)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto((root / "site/articles/a.html").as_uri())
        codes = page.locator("td code")
        lines = "all => all.map(code => [code.textContent, code.getClientRects().length])"
        assert dict(codes.evaluate_all(lines)) == {
            "gradient_accumulation_steps": 1,
            "optimizer.step()": 1,
            "1": 1,
            "lr": 1,
            "cosine_with_restarts": 1,
            "config.max_position_embeddings": 1,
        }
        assert page.evaluate("document.documentElement.scrollWidth") == width
