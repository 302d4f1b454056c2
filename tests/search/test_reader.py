"""Does a reader find what a site holds: on its page, in the dialog, from a lost address?"""

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import chromium
from playwright.sync_api import Browser, Page, Route, expect
from projects import SMALL, built, put

POLICY = "default-src 'self'"
HOSTILE = {
    "kb.yaml": "title: Notes\nlanguage: en\nbase_url: https://kb.test/sub\n",
    "content/articles/hostile.md": (
        '---\ntitle: "<img src=x onerror=hurt()> zebra"\ntopic: storage\n'
        'tags: ["<b>tag</b>"]\n---\n\n'
        "## A <i>heading</i>\n\nzebra `</script><script>hurt()</script>` and `<img onerror=hurt()>`.\n"
    ),
    "content/articles/trie.md": (
        "---\ntitle: Trie\ntopic: storage\nlang: zh\n---\n\n字典树按前缀找词。\n\n## 删除一个词\n\n"
        "删除时从叶子往回走，zebra 也在这里。\n"
    ),
    **{f"content/articles/many-{n}.md": f"---\ntitle: Many {n}\ntopic: models\n---\n\nA herd, {n}.\n"
       for n in range(25)},
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    put(root, {**SMALL, **HOSTILE})
    built(root)
    return root / "site"


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The site below a sub-path, under a strict policy, with its own page for lost addresses."""
    root = site.parent / "served"
    root.mkdir()
    (root / "sub").symlink_to(site)
    serve = functools.partial(_Strict, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/sub/"
        server.shutdown()


class _Strict(http.server.SimpleHTTPRequestHandler):
    def send_error(self, code: int, *_: object) -> None:
        body = Path(str(self.directory), "sub", "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may go wrong but what a test itself brings about."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert [text for text in wrong if "Failed to load resource" not in text] == []


@pytest.fixture(params=["disk", "host"])
def home(request: pytest.FixtureRequest, site: Path, served: str) -> str:
    return site.as_uri() + "/" if request.param == "disk" else served


def names(page: Page) -> list[str]:
    expect(page.locator(".hit").first).to_be_visible()
    return page.locator(".hit .name-of a").all_inner_texts()


def test_a_reader_finds_an_article_from_the_disk_and_below_a_path(page: Page, home: str) -> None:
    page.goto(f"{home}search/index.html")
    page.get_by_role("searchbox").fill("叶子")
    assert names(page) == ["Trie"]
    assert page.get_by_role("status").inner_text() == "1 article found"
    assert page.locator(".excerpt mark").all_inner_texts() == ["叶子"]
    assert (
        page.locator(".section a").get_attribute("href")
        == f"{home}articles/trie.html#%E5%88%A0%E9%99%A4%E4%B8%80%E4%B8%AA%E8%AF%8D"
    )
    page.locator(".hit .name-of a").click()
    expect(page.locator("h1")).to_have_text("Trie")


def test_the_dialog_opens_moves_and_closes_by_keys(page: Page, home: str) -> None:
    page.goto(f"{home}topics/index.html")
    page.keyboard.press("/")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type("zebra")
    assert sorted(names(page)) == ["<img src=x onerror=hurt()> zebra", "Trie"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == names(page)[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("<img src=x onerror=hurt()> zebra")


def test_the_button_opens_the_dialog_and_focus_stays_in_it(page: Page, served: str) -> None:
    page.goto(f"{served}index.html")
    page.locator(".find").click()
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.type("hdfs")
    names(page)
    for _ in range(12):
        page.keyboard.press("Tab")
        inside = (
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
        assert page.evaluate(inside)
    page.locator(".shut").click()
    assert page.evaluate("document.activeElement.className") == "find"


def test_a_slash_in_a_field_is_a_slash(page: Page, served: str) -> None:
    page.goto(f"{served}search/index.html")
    page.get_by_role("searchbox").press_sequentially("a/b")
    assert page.get_by_role("searchbox").input_value() == "a/b"
    expect(page.locator("dialog")).to_have_count(0)


def test_what_a_document_says_stays_text(page: Page, served: str) -> None:
    page.goto(f"{served}search/index.html?q=zebra")
    assert "<img src=x onerror=hurt()> zebra" in names(page)
    hit = page.locator(".hit", has_text="<img src")
    assert "</script><script>hurt()</script>" in hit.locator(".excerpt").inner_text()
    assert hit.locator("img, script, b, i").count() == 0
    assert hit.locator("button").all_inner_texts() == ["<b>tag</b>"]


def test_nothing_is_searched_while_an_input_method_composes(page: Page, served: str) -> None:
    page.goto(f"{served}index.html")
    page.keyboard.press("/")
    expect(page.locator("dialog")).to_be_visible()
    editor = page.context.new_cdp_session(page)
    editor.send("Input.imeSetComposition", {"text": "zeb", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(400)
    assert page.locator(".hit").count() == 0
    page.locator("dialog input").dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    editor.send("Input.insertText", {"text": "扩散"})
    assert names(page) == ["扩散模型"]
    assert page.url == f"{served}index.html"


def test_the_address_holds_the_query_and_the_topic_with_history(page: Page, served: str) -> None:
    page.goto(f"{served}search/index.html?q=zebra&topic=models")
    expect(page.get_by_role("status")).to_have_text("Nothing received for this.")
    page.get_by_role("searchbox").fill("herd")
    names(page)
    chip = page.get_by_role("button", name="Models 25")
    assert chip.get_attribute("aria-pressed") == "true"
    chip.click()
    expect(page).to_have_url(f"{served}search/index.html?q=herd")
    page.go_back()
    expect(page).to_have_url(f"{served}search/index.html?q=herd&topic=models")
    expect(page.get_by_role("button", name="Models 25")).to_have_attribute("aria-pressed", "true")
    assert page.get_by_role("searchbox").input_value() == "herd"


def test_a_tag_of_a_hit_narrows_what_is_found(page: Page, served: str) -> None:
    page.goto(f"{served}search/index.html?q=zebra")
    assert len(names(page)) == 2
    page.get_by_role("button", name="<b>tag</b>").click()
    expect(page.locator(".hit")).to_have_count(1)
    page.get_by_role("button", name="# <b>tag</b>").click()
    expect(page.locator(".hit")).to_have_count(2)


def test_more_of_what_is_found_comes_when_asked_for(page: Page, served: str) -> None:
    page.goto(f"{served}search/index.html?q=herd")
    assert len(names(page)) == 10
    assert page.get_by_role("status").inner_text() == "25 articles found"
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".hit")).to_have_count(20)
    assert page.evaluate("document.activeElement.textContent") == names(page)[10]
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".hit")).to_have_count(25)
    assert len(set(names(page))) == 25


def test_a_shard_that_fails_is_said_and_can_be_asked_for_again(page: Page, served: str) -> None:
    page.route("**/search/t/*.js", lambda route: route.abort())
    page.goto(f"{served}search/index.html")
    page.get_by_role("searchbox").fill("herd")
    expect(page.get_by_role("status")).to_have_text("The index could not be loaded.")
    page.unroute("**/search/t/*.js")
    page.get_by_role("button", name="Try again").click()
    assert len(names(page)) == 10


def test_the_last_query_wins_though_an_earlier_one_answers_later(page: Page, served: str) -> None:
    held: list[Route] = []
    is_held = [True]
    page.route(
        "**/search/d/*.js", lambda route: held.append(route) if is_held[0] else route.continue_()
    )
    page.goto(f"{served}search/index.html")
    page.get_by_role("searchbox").fill("zebra")
    page.wait_for_timeout(400)
    assert held
    is_held[0] = False
    page.get_by_role("searchbox").fill("herd")
    page.wait_for_timeout(300)
    for route in held:
        route.continue_()
    page.wait_for_timeout(600)
    assert all(name.startswith("Many") for name in names(page))


def test_a_lost_address_is_searched_for(page: Page, served: str) -> None:
    page.goto(f"{served}articles/zebra-leaf.html")
    assert page.get_by_role("searchbox").input_value() == "zebra leaf"
    assert "Trie" in names(page)
    assert page.locator(".find").get_attribute("href") == "/sub/search/index.html"


def test_without_javascript_the_page_says_so_and_leads_on(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}index.html")
    page.locator(".find").click()
    assert "needs JavaScript" in page.locator("main").inner_text()
    assert not page.locator(".finder").is_visible()
    assert page.locator(".aside").get_by_role("link", name="Storage").is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_results_come_and_nothing_is_too_wide(
    page: Page, served: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}search/index.html?q=herd")
    names(page)
    page.wait_for_timeout(300)
    shift = page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) => done(
          list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
          .observe({ type: "layout-shift", buffered: true })
          || setTimeout(() => done(0), 300))"""
    )
    assert shift < 0.01
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_scripts_together_are_small(site: Path) -> None:
    sizes = {
        path.name: len(gzip.compress(path.read_bytes(), 9))
        for path in (site / "assets").glob("*.js")
    }
    assert sum(sizes.values()) <= 10_000, sizes
