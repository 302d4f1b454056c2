import functools
import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
REAL = REPOSITORY.parent / "shared" / "transmissions"


def kb(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "kb", "-C", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's own content, built anew."""
    folder = tmp_path_factory.mktemp("own")
    for name in ("content", "templates", "static"):
        if (REPOSITORY / name).exists():
            shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "kb.yaml", folder)
    kb(folder, "build")
    return folder / "site"


@pytest.fixture(scope="session")
def pretty_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same content with addresses that name folders, at a base_url with a path."""
    folder = tmp_path_factory.mktemp("pretty")
    for name in ("content", "static"):
        shutil.copytree(REPOSITORY / name, folder / name)
    (folder / "kb.yaml").write_text("urls: pretty\nbase_url: https://kb.test/sub/path\n", "utf-8")
    kb(folder, "build")
    return folder / "site"


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real dumps, built without any configuration."""
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(REAL, folder / "content" / "transmissions")
    kb(folder, "build")
    return folder / "site"


@pytest.fixture(scope="session")
def own_address(own_site: Path) -> Iterator[str]:
    """An address at which a plain web server shows the site below a sub-path."""
    root = own_site.parent / "served"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "path").symlink_to(own_site)
    serve = functools.partial(_Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/sub/path/"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass
