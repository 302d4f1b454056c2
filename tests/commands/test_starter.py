"""Is a new project whole: does it build at once anywhere, and do its ways to publish fit it?"""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from projects import Ran, tree

from kb.project import starter

DEPLOY = starter() / "deploy"


def read(name: str) -> str:
    return (starter() / name).read_text("utf-8")


def test_a_new_project_builds_under_a_path_without_a_problem(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    run("init", "x", folder=tmp_path)

    ran = run("build", "--strict", "--base-url", "https://example.org/sub", folder=tmp_path / "x")

    assert ran.code == 0
    assert "error" not in ran.stderr
    assert "warning" not in ran.stderr
    assert {"index.html", "_headers", "feed.xml"} <= tree(tmp_path / "x/site").keys()


@pytest.mark.parametrize("name", ["github-pages.yml", "cloudflare-pages.yml"])
def test_a_workflow_builds_and_publishes_the_folder_of_the_site(name: str) -> None:
    steps = yaml.safe_load(read(f"deploy/{name}"))["jobs"]["publish"]["steps"]

    assert next(step["run"] for step in steps if "run" in step) == 'pip install "$KB"'
    assert any(str(step.get("run")).startswith("kb build --base-url ") for step in steps)
    assert "site" in str(steps[-2:])


def test_netlify_publishes_the_folder_of_the_site() -> None:
    build = tomllib.loads(read("deploy/netlify.toml"))["build"]

    assert build["publish"] == "site"
    assert "kb build --base-url" in build["command"]


def test_all_hosts_send_the_same_headers() -> None:
    headers = read("static/_headers")
    sent = re.findall(r'add_header (\S+) "?([^";]+?)"?(?: always)?;', read("deploy/nginx.conf"))

    sent.remove(("Cache-Control", "public, max-age=0, must-revalidate"))  # theirs by default
    assert ("Content-Security-Policy", "default-src 'self'") in sent
    assert headers.count("Cache-Control: ") == 1  # a rule adds to the others that match
    assert [f"{name}: {value}" for name, value in sent if f"{name}: {value}" not in headers] == []


def test_the_readme_names_each_file_beside_it() -> None:
    readme = read("deploy/README.md")

    assert [
        p.name for p in DEPLOY.iterdir() if p.name != "README.md" and p.name not in readme
    ] == []
