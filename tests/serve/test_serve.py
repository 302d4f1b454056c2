"""Does a save reach an open page, and does the server live through all of it?"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from kb.problems import KbError, Place, Problem
from kb.serve import Outcome, serve
from kb.serve.ports import listen

# Fixtures come from conftest.py, whose classes pytest does not let us name.
Running = Any
Stream = Any
Save = Callable[[Path, str], None]

BROKEN = Problem("bad-yaml", "the front matter is not closed", Place("content/a.md", 1, 1))
CHILD = """
import sys
from pathlib import Path
from kb.serve import Outcome, serve
site = Path(sys.argv[1])
serve(site, (site / "none",), lambda: Outcome(changed=False), host="127.0.0.1",
      port=0, announce=lambda line: print(line, flush=True))
print("ended", flush=True)
"""


def test_a_save_reaches_an_open_page_within_a_second(
    preview: Running, stream: Stream, save: Save
) -> None:
    preview.builder.outcome = Outcome(changed=True)
    begin = time.monotonic()
    save(preview.content / "a.md", "new")
    state = stream.state()
    assert time.monotonic() - begin < 1
    assert state["page"].endswith(".1")
    assert f'data-page="{state["page"]}"' in preview.get("/").body.decode()


def test_a_change_of_styles_has_a_name_of_its_own(
    preview: Running, stream: Stream, save: Save
) -> None:
    preview.builder.outcome = Outcome(changed=True)
    save(preview.content / "a.css", "new")
    state = stream.state()
    assert (state["page"][-2:], state["style"][-2:]) == (".0", ".1")


def test_a_problem_comes_and_goes(preview: Running, stream: Stream, save: Save) -> None:
    preview.builder.outcome = Outcome(changed=False, problems=(BROKEN,))
    save(preview.content / "a.md", "broken")
    (problem,) = stream.state()["problems"]
    assert problem["place"] == "content/a.md:1:1"
    preview.builder.outcome = Outcome(changed=False)
    save(preview.content / "a.md", "mended")
    assert stream.state()["problems"] == []


def test_a_problem_that_stops_the_build_is_shown(
    preview: Running, stream: Stream, save: Save
) -> None:
    preview.builder.outcome = KbError(BROKEN)
    save(preview.content / "a.md", "broken")
    assert stream.state()["problems"][0]["code"] == "bad-yaml"
    assert preview.said == []


@pytest.mark.parametrize("fault", [ValueError("no\nway"), SystemExit("no\nway")])
def test_a_fault_in_the_rebuild_is_told_and_survived(
    preview: Running, stream: Stream, save: Save, fault: BaseException
) -> None:
    preview.builder.outcome = fault
    save(preview.content / "a.md", "new")
    problem = stream.state()["problems"][0]
    assert problem["code"] == "rebuild-failed"
    assert problem["message"] == f"the rebuild ended in {type(fault).__name__}: no way"
    assert preview.said[0].startswith("rebuild-failed: the rebuild ended in ")
    preview.builder.outcome = Outcome(changed=True)
    save(preview.content / "a.md", "newer")
    assert stream.state()["page"].endswith(".1")


def test_changes_during_a_rebuild_make_one_more(
    preview: Running, stream: Stream, save: Save
) -> None:
    builder = preview.builder
    builder.outcome = Outcome(changed=True)
    builder.started.clear()
    builder.may_end.clear()
    save(preview.content / "a.md", "new")
    assert builder.started.wait(5)
    for number in range(10):
        save(preview.content / f"{number}.md", "new")
    time.sleep(0.3)
    assert builder.runs == 2
    builder.may_end.set()
    assert stream.state()["page"].endswith(".1")
    assert stream.state()["page"].endswith(".2")
    time.sleep(0.5)
    assert builder.runs == 3


def test_a_page_that_comes_late_is_told_what_is_wrong_now(
    preview: Running, stream: Stream, save: Save
) -> None:
    preview.builder.outcome = Outcome(changed=True, problems=(BROKEN,))
    save(preview.content / "a.md", "broken")
    first = stream.state()
    with closing(HTTPConnection("127.0.0.1", preview.port, timeout=5)) as connection:
        connection.request("GET", "/__kb/events", headers={"Host": "localhost"})
        with connection.getresponse() as answer:
            lines = [answer.readline() for _ in range(2)]
    assert lines[0] == b"retry: 500\n"
    assert first["page"].encode() in lines[1]


@pytest.fixture
def slow_builder(builder: Any) -> Any:
    """A rebuild that waits for the test."""
    builder.may_end.clear()
    return builder


def test_who_comes_before_the_first_build_is_let_in_by_itself(
    slow_builder: Any,
    preview: Running,
) -> None:
    (preview.site / "404.html").unlink()
    early = preview.get("/none").body
    assert b"<h1>The first build is running</h1>" in early
    assert b'data-page="none.0"' in early
    with closing(HTTPConnection("127.0.0.1", preview.port, timeout=5)) as connection:
        connection.request("GET", "/__kb/events")
        with connection.getresponse() as answer:
            assert answer.readline() == b": here\n"
            slow_builder.may_end.set()
            lines = [answer.readline() for _ in range(3)]
    assert b'"page": "none.0"' not in lines[2]
    assert b"<h1>Not found</h1>" in preview.get("/none").body


def test_a_busy_port_ends_before_anything_is_built(site: Path) -> None:
    with closing(listen("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(KbError, match="busy-port"):
            serve(site, (), pytest.fail, host="127.0.0.1", port=port, announce=pytest.fail)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT cannot be sent to one process there")
def test_ctrl_c_ends_it_clean_even_with_a_page_open(site: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", CHILD, str(site)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        greeting = child.stdout.readline()
        assert greeting.startswith("serving at http://127.0.0.1:")
        port = int(greeting.split("/")[2].split(":")[1])
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/__kb/events")
            with connection.getresponse() as answer:
                answer.readline()
                begin = time.monotonic()
                child.send_signal(signal.SIGINT)
                said, complaints = child.communicate(timeout=10)
    assert (said, complaints, child.returncode) == ("ended\n", "", 0)
    assert time.monotonic() - begin < 3
