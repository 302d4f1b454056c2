"""What becomes of whole collections of dumps: this repository's own and, where present, real ones?"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import kb, tree

from kb.ingest import scan
from kb.ingest.dumps import dump_paths
from kb.ingest.run import prepare
from kb.ingest.write import write
from kb.project import Project, open_project

REPOSITORY = Path(__file__).parents[2]
OWN = REPOSITORY / "content" / "transmissions"
REAL = REPOSITORY.parent / "shared" / "transmissions"
FOLDERS = [
    pytest.param(folder, id=name)
    for name, folder in (("own", OWN), ("real", REAL))
    if folder.is_dir()
]
EXPECTED = [
    pytest.param(folder, *figures, id=name)
    for name, folder, figures in (("own", OWN, (11, 105, 64)), ("real", REAL, (5, 57, 42)))
    if folder.is_dir()
]
ORDERS: list[Callable[[list[Path]], list[Path]]] = [
    lambda paths: paths,
    lambda paths: paths[::-1],
    lambda paths: paths[1::2] + paths[::2],
]

Occurrence = tuple[str, int]
Pairs = set[frozenset[Occurrence]]


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's own content, built."""
    root = tmp_path_factory.mktemp("own-content")
    shutil.copytree(REPOSITORY / "content", root / "content")
    shutil.copytree(REPOSITORY / "static", root / "static")
    shutil.copy(REPOSITORY / "kb.yaml", root)
    assert kb("build", folder=root).code == 0
    return root


@pytest.fixture(scope="session")
def own_list(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What `kb list --json` says of our own dumps, without the corrections made by hand."""
    root = with_dumps(OWN, tmp_path_factory.mktemp("own-dumps"))
    assert kb("ingest", folder=root).code == 0
    found: list[dict[str, Any]] = json.loads(kb("list", "--json", folder=root).stdout)
    return found


@pytest.fixture(scope="session")
def gold() -> list[dict[str, Any]]:
    """What an editor says of our own dumps."""
    text = (REPOSITORY / "tests" / "own_gold.yaml").read_text("utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)["records"]
    return found


def test_our_own_content_is_built_and_then_left_alone(own: Path) -> None:
    before = tree(own / "site") | tree(own / "content")

    again = kb("build", "--json", folder=own)

    assert again.code == 0
    pages = json.loads(again.stdout)["pages"]
    assert (pages["written"], pages["removed"]) == (0, 0)
    assert tree(own / "site") | tree(own / "content") == before


def test_nothing_is_wrong_with_our_own_content_and_its_site(own: Path) -> None:
    ran = kb("check", "--strict", "--json", folder=own)

    found = json.loads(ran.stdout)
    assert [entry for entry in found["problems"] if entry["severity"] != "note"] == []
    assert ran.code == 0
    assert (found["checked"]["pages"] > 400, found["checked"]["links"] > 10_000) == (True, True)


def test_entries_of_our_own_are_grouped_exactly_as_an_editor_groups_them(
    own_list: list[dict[str, Any]], gold: list[dict[str, Any]]
) -> None:
    expected = pairs(places(article["seen_in"]) for article in gold)

    assert pairs(places(article["sources"]) for article in own_list) == expected
    assert {place for article in own_list for place in places(article["sources"])} == {
        place for article in gold for place in places(article["seen_in"])
    }


def test_articles_of_our_own_are_filed_where_an_editor_accepts_them(
    own_list: list[dict[str, Any]], gold: list[dict[str, Any]]
) -> None:
    topics = {p: article["topic"] for article in own_list for p in places(article["sources"])}
    accepted = [
        topics[places(article["seen_in"])[0]] in {article["topic"], *article.get("topics_ok", [])}
        for article in gold
    ]

    assert sum(accepted) / len(gold) >= 0.95


def places(sources: Iterable[dict[str, Any]]) -> list[Occurrence]:
    return [(source["file"], source["line"]) for source in sources]


def pairs(groups: Iterable[list[Occurrence]]) -> Pairs:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def with_dumps(folder: Path, root: Path) -> Path:
    """A project that holds these dumps and nothing else."""
    shutil.copytree(folder, root / "content" / "transmissions")
    return root


@pytest.mark.parametrize(("folder", "dumps", "entries", "articles"), EXPECTED)
def test_no_line_of_a_dump_is_lost(
    folder: Path, dumps: int, entries: int, articles: int, tmp_path: Path
) -> None:
    root = with_dumps(folder, tmp_path)

    ran = kb("ingest", "--json", folder=root)

    assert ran.code == 0
    outcome = json.loads(ran.stdout)
    assert outcome["transmissions"] == dumps
    assert outcome["lines"]["entry"] == entries
    assert outcome["lines"]["quarantined"] == 0
    assert outcome["articles"]["created"] == articles
    assert sum(outcome["lines"].values()) == sum(map(count_lines, folder.glob("*.txt")))


def count_lines(path: Path) -> int:
    """Lines by any line end, in the encodings that our dumps have."""
    content = path.read_bytes()
    is_wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = content.decode("utf-16" if is_wide else "utf-8", errors="surrogateescape")
    return len(text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_ingest_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    root = with_dumps(folder, tmp_path)
    kb("ingest", folder=root)
    before = tree(root / "content")

    again = kb("ingest", "--json", folder=root)

    assert json.loads(again.stdout)["changes"] == []
    assert tree(root / "content") == before


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("order", ORDERS[1:], ids=["reversed", "odd and even"])
def test_the_order_of_the_dumps_makes_no_difference(
    folder: Path,
    order: Callable[[list[Any]], list[Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    straight, turned = (with_dumps(folder, tmp_path / name) for name in ("straight", "turned"))
    ingest(straight)

    def reordered(project: Project) -> Iterator[Path]:
        return iter(order(list(dump_paths(project))))

    monkeypatch.setattr(scan, "dump_paths", reordered)
    ingest(turned)

    assert tree(turned / "content") == tree(straight / "content")


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("order", ORDERS, ids=["straight", "reversed", "odd and even"])
def test_dumps_that_come_one_by_one_make_the_same_articles(
    folder: Path, order: Callable[[list[Path]], list[Path]], tmp_path: Path
) -> None:
    """So are their ids, but for those of ours whose variants begin otherwise: an id stays."""
    at_once, root = with_dumps(folder, tmp_path / "at once"), tmp_path / "one by one"
    ingest(at_once)
    one_by_one(order(sorted(folder.glob("*.txt"))), root)

    expected, found = sightings(at_once), sightings(root)
    assert sorted(found.values()) == sorted(expected.values())
    assert found == expected or folder == OWN
    before = tree(root / "content")
    ingest(root)
    assert tree(root / "content") == before


def one_by_one(dumps: Iterable[Path], root: Path) -> None:
    """Ingest after the arrival of each dump."""
    (root / "content/transmissions").mkdir(parents=True)
    for path in dumps:
        shutil.copy(path, root / "content/transmissions")
        ingest(root)


def ingest(root: Path) -> None:
    project = open_project(root)
    write(project, prepare(project))


def sightings(root: Path) -> dict[str, list[Occurrence]]:
    """Where each article was seen, by its id."""
    lines = (root / "content/ledger.jsonl").read_text("utf-8").splitlines()
    return {
        line["id"]: [(s["transmission"], s["line"]) for s in line["sightings"]]
        for line in map(json.loads, lines)
    }
