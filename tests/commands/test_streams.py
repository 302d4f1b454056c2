"""Does kb say what it has to say whatever stands at the other end, and stop when it is told to?"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import SMALL, Ran, built, put

Run = Callable[..., Ran]
KB = (sys.executable, "-m", "kb")
KEPT = {key: os.environ[key] for key in ("PATH", "PYTHONPATH") if key in os.environ}
BROKEN = {"content/articles/坏.md": "---\ntitle: 坏\ntopic: 扩散\n---\n"}
SAYING = (
    ("list",),
    ("list", "--review"),
    ("build",),
    ("check",),
    ("explain", "blocks"),
    ("explain", "hdfs"),
    ("config", "show"),
    ("topics", "suggest"),
    ("doctor",),
    ("-h",),
)
MACHINE = (
    ("list", "--json"),
    ("check", "--json"),
    ("config", "show", "--json"),
    ("config", "schema"),
    ("export", "-"),
)


@pytest.fixture
def root(project: Callable[..., Path]) -> Path:
    """The small project with a Chinese title, built, and a record that is wrong."""
    root = project({**SMALL, "kb.yaml": "title: 笔记💡\nauthor: 作者\n"})
    built(root)
    put(root, BROKEN)
    return root


def shell(root: Path, line: str, **environment: str) -> Ran:
    """Run a line of sh in which `kb` is kb."""
    done = subprocess.run(
        ["sh", "-c", f'kb() {{ "{sys.executable}" -m kb "$@"; }}; {line}'],
        cwd=root,
        env={**KEPT, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("coding", "command"),
    [*(("ascii", command) for command in SAYING), ("gbk", ("list",)), ("cp1252", ("list",))],
    ids=str,
)
def test_what_a_terminal_cannot_show_does_not_stop_a_command(
    root: Path, coding: str, command: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [*KB, *command],
        cwd=root,
        env={**KEPT, "PYTHONIOENCODING": coding},
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode in {0, 1}
    assert b"Traceback" not in done.stderr
    done.stdout.decode(coding)


def test_a_sign_that_an_encoding_lacks_is_shown_by_its_number(root: Path) -> None:
    ran = shell(root, "kb config show", PYTHONIOENCODING="ascii")

    assert "\\u7b14\\u8bb0\\U0001f4a1" in ran.stdout


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("command", MACHINE, ids=" ".join)
def test_programs_get_utf_8_whatever_the_terminal_speaks(
    run: Run, command: tuple[str, ...]
) -> None:
    text = run(*command).stdout

    assert run(*command, PYTHONIOENCODING="ascii").stdout == text
    assert not text.isascii() or "$schema" in text
    for part in text.splitlines() if command[0] == "export" else [text]:
        assert json.loads(part)


@pytest.mark.parametrize("command", ["list", "list --json", "export -", "config schema"])
def test_a_reader_that_leaves_early_is_no_fault(root: Path, command: str) -> None:
    ran = shell(root, f"kb {command} | true")

    assert "Traceback" not in ran.stderr
    assert "BrokenPipe" not in ran.stderr


@pytest.mark.parametrize("command", ["list", "list --json", "export -"])
def test_a_full_disk_behind_stdout_is_told_and_ends_with_1(root: Path, command: str) -> None:
    ran = shell(root, f"kb {command} > /dev/full")

    assert ran.code == 1
    assert "No space left on device" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("line", ["list >&-", "list --json >&-", "check >&-", "build 2>&-"])
def test_a_closed_stream_stops_no_command(root: Path, line: str) -> None:
    (root / "content/articles/坏.md").unlink()

    ran = shell(root, f"kb {line}")

    assert (ran.code, ran.stdout, "Traceback" in ran.stderr) == (0, "", False)


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    "environment",
    [
        {"NO_COLOR": "1"},
        {"TERM": "dumb"},
        {"COLUMNS": "20"},
        {"TERM": "xterm-256color"},
    ],
    ids=str,
)
def test_a_pipe_gets_no_colour_and_whole_lines(run: Run, environment: dict[str, str]) -> None:
    for command in (("list",), ("check",), ("config", "show")):
        ran = run(*command, **environment)
        assert "\x1b" not in ran.stdout + ran.stderr
        assert ran.stdout == run(*command).stdout


@pytest.mark.parametrize("columns", [20, 200])
def test_a_terminal_gets_problems_in_whole_lines(root: Path, columns: int) -> None:
    """Who copies a place from a narrow terminal gets the place."""
    ran = shell(root, "kb --color=always build", COLUMNS=str(columns), NO_COLOR="")

    assert "content/articles/坏.md:3:8: " in ran.stderr


@pytest.mark.parametrize("wait", [0.7, 1.3])
@pytest.mark.parametrize("command", ["ingest", "build --clean", "check", "export out"])
def test_ctrl_c_ends_a_long_command_with_130_and_no_word(
    project: Callable[..., Path], command: str, wait: float
) -> None:
    """Where a machine is so fast that the command has ended, it has ended well."""
    many = {
        f"content/articles/a{n}.md": f"---\ntitle: A{n}\n---\n\n" + f"Text of ${n}$. " * 400
        for n in range(300)
    }
    root = project({**SMALL, **many})
    running = subprocess.Popen(
        [*KB, *command.split(), "--jobs=2"] if command != "export out" else [*KB, *command.split()],
        cwd=root,
        env=KEPT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    time.sleep(wait)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)

    assert running.returncode in {130, 0, 1}
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said
