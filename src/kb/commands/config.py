"""`kb config`: which settings are in effect, and which are there?"""

import msgspec
from rich.table import Table

from kb.console import Console
from kb.project import Project
from kb.schema import descriptions, schema


def show(project: Project, console: Console, *, as_json: bool) -> None:
    """Print each setting, its value, and where that was set."""
    config = project.config
    places = {key: str(place) for key, place in config.places}
    rows = [(key, getattr(config, key), places.get(key, "")) for key in descriptions()]
    if as_json:
        settings = [{"name": k, "value": msgspec.to_builtins(v), "set": s} for k, v, s in rows]
        console.json({"version": 1, "settings": settings})
        return
    table = Table("setting", "value", "set in", box=None, pad_edge=False)
    for key, value, place in rows:
        table.add_row(key, _shown(value), place or "default")
    console.table(table)


def print_schema(console: Console) -> None:
    """Print the JSON Schema of kb.yaml."""
    console.json(schema())


def _shown(value: object) -> str:
    """A value as one would write it in kb.yaml."""
    built = msgspec.to_builtins(value)
    return str(built) if isinstance(built, str | int) else msgspec.json.encode(built).decode()
