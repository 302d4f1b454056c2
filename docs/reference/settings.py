"""What can stand in kb.yaml, and in the front matter of a record?"""

from dataclasses import fields, is_dataclass
from enum import StrEnum

from kb.config import _READERS, Config
from kb.library.fields import READERS
from kb.library.ownership import WRITTEN
from kb.schema import descriptions
from reference.speech import Speech, code, table


def settings(speech: Speech) -> str:
    """Every setting with its type, its default and its meaning."""
    head = map(speech.tell, ("setting", "value", "default", "meaning"))
    plain, told = Config(), descriptions()
    rows = (
        (
            code(key),
            speech.of("kinds", reader.__name__),
            code(_default(getattr(plain, key))),
            speech.tell(told.get(key, f"unknown to kb.schema: {key}")),
        )
        for key, reader in _READERS.items()
    )
    return table(head, rows)


def front_matter(speech: Speech) -> str:
    """Every field of a record, whether kb writes it, and its meaning."""
    head = map(speech.tell, ("field", "value", "kb writes it", "meaning"))
    rows = (
        (
            code(key),
            speech.of("kinds", reader.__name__),
            speech.tell("yes") if key in WRITTEN else "",
            speech.of("fields", key),
        )
        for key, reader in READERS.items()
    )
    return table(head, rows)


def _default(value: object) -> str:
    """A value as YAML writes it, empty where it is empty."""
    if is_dataclass(value):
        held = ((f.name, _default(getattr(value, f.name))) for f in fields(value))
        pairs = ", ".join(f"{name}: {text}" for name, text in held if text)
        return f"{{{pairs}}}" if pairs else ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.value if isinstance(value, StrEnum) else str(value or "")
