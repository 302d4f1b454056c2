"""What may stand in kb.yaml, told in the form in which editors check it as one types?"""

from dataclasses import fields

from kb.codes import CODES
from kb.config import FILE as CONFIG
from kb.config import OFF, Cards, Config, Markdown
from kb.languages import TAG
from kb.problems import Severity

FILE = "kb.schema.json"
"""Where a project keeps it for editors; the first line of kb.yaml leads there."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Shape = dict[str, object]

_TEXT: Shape = {"type": "string"}
_COUNT: Shape = {"type": "integer", "minimum": 1, "maximum": 999_999}
_FOLDER: Shape = {"type": "string", "minLength": 1, "pattern": r"^(?!/)(?!(.*/)?\.\.(/|$))"}
_TEXTS: Shape = {"type": "array", "items": _TEXT}
_GROUPS: Shape = {"type": "array", "items": {"type": "array", "items": _TEXT, "minItems": 2}}
_LEVEL: Shape = {"enum": [OFF, *reversed(Severity)]}

_SETTINGS: tuple[tuple[str, str, Shape], ...] = (
    ("title", "The name of the site.", _TEXT),
    ("description", "One sentence about the site, for its first page and for previews.", _TEXT),
    ("author", "Who writes it; feeds name them.", _TEXT),
    (
        "language",
        "The language of the interface: zh, en, or one that templates/words/ has words for.",
        {"type": "string", "pattern": f"^{TAG.pattern}$", "examples": ["zh", "en"]},
    ),
    (
        "base_url",
        "Where the site will stand. Feeds, sitemap and previews need it; links inside do not.",
        {"type": "string", "pattern": "^(https?://.+)?$", "examples": ["https://example.org/kb"]},
    ),
    (
        "urls",
        "`files` makes articles/lora.html, `pretty` articles/lora/.",
        {"enum": ["files", "pretty"]},
    ),
    (
        "source_url",
        'An address for "edit this page"; {path} stands for the path of the file.',
        {"type": "string", "pattern": r"^(https?://.*\{path\}.*)?$"},
    ),
    ("content", "The folder of dumps, articles, pages and topics.", _FOLDER),
    ("templates", "The folder of templates that replace those of the theme.", _FOLDER),
    ("static", "The folder of files that are copied as they are.", _FOLDER),
    ("output", "The folder of the site.", _FOLDER),
    ("page_size", "Articles on a page of a listing.", _COUNT),
    ("feed_size", "Articles in a feed.", _COUNT),
    ("min_tag_articles", "Articles that a tag needs for a page of its own.", _COUNT),
    ("headers", "Lines of dumps to leave out beside the usual ones.", _TEXTS),
    (
        "merge",
        "Ids of articles that are one, the first taking the others in, and of those that are not.",
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {"always": _GROUPS, "never": _GROUPS},
        },
    ),
    (
        "markdown",
        "What the Markdown of your own articles may hold.",
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {"html": {"enum": ["off", "sanitized"], "default": Markdown().html}},
        },
    ),
    (
        "cards",
        "Which have a picture to share, if there is a font such as templates/fonts/card.otf.",
        {"enum": [*Cards]},
    ),
    (
        "check",
        "How much each problem matters, by its code, and whether `--external` asks private hosts.",
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "severity": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {c.code: {"description": c.meaning, **_LEVEL} for c in CODES},
                },
                "private_hosts": {"type": "boolean", "default": False},
            },
        },
    ),
)
"""Each setting: its name, what it is for, and what it may be."""


def descriptions() -> dict[str, str]:
    """What each setting is for, by its name, in the order of need."""
    return {name: says for name, says, _ in _SETTINGS}


def schema() -> dict[str, object]:
    """The JSON Schema, draft 2020-12, of kb.yaml."""
    return {
        "$schema": DIALECT,
        "title": CONFIG,
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {name: _property(name, says, shape) for name, says, shape in _SETTINGS},
    }


def _property(name: str, says: str, shape: Shape) -> dict[str, object]:
    defaults = {setting.name: setting.default for setting in fields(Config)}
    default = defaults[name]
    plain = default if isinstance(default, str | int) else None
    return {"description": says, **shape, **({} if plain is None else {"default": plain})}
