"""Which templates, assets and interface words has a site: the shipped ones or the project's own?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import PurePosixPath

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateSyntaxError, meta

from kb import disk
from kb.config import Config
from kb.marked_yaml import Mapping as YamlMapping
from kb.marked_yaml import Scalar, parse
from kb.problems import KbError, Place, Problem, with_source
from kb.project import Project, shipped_theme

ASSETS = "assets/"
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A file of the theme: its bytes, and the path by which problems name it."""

    content: bytes
    path: str


@dataclass(frozen=True, eq=False)
class Theme:
    """The files of a theme by their path in it, the project's own before the shipped ones."""

    files: Mapping[str, ThemeFile]

    @cached_property
    def assets(self) -> dict[str, str]:
        """The output path of each asset, with a digest of its content in its name."""
        return {
            name.removeprefix(ASSETS): _fingerprinted(name, file.content)
            for name, file in self.files.items()
            if name.startswith(ASSETS)
        }

    def words(self, config: Config) -> dict[str, str]:
        """The interface words in the site's language. Raises KbError."""
        words: dict[str, str] = {}
        for language in (FALLBACK_LANGUAGE, config.language):
            if file := self.files.get(f"words/{language}.yaml"):
                words |= _words(file)
        return words

    def text(self, name: str) -> str:
        """The source of a template. Raises KbError where it is missing or no UTF-8."""
        file = self.files.get(name)
        if file is None:
            fact = f'the theme has no template "{name}"'
            raise KbError(Problem("missing-template", fact, Place(f"templates/{name}")))
        try:
            return file.content.decode("utf-8")
        except UnicodeDecodeError:
            fact = "this template is not UTF-8"
            raise KbError(Problem("not-utf-8", fact, Place(file.path))) from None

    @cached_property
    def environment(self) -> Environment:
        """A Jinja environment that sees these templates only."""
        environment = Environment(
            loader=FunctionLoader(lambda name: (self.text(name), self.files[name].path, None)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
        return environment

    def check(self, config: Config) -> None:
        """Raise KbError where a template or the interface words are broken."""
        self.words(config)
        for name in self.files:
            if not name.startswith(ASSETS) and name.endswith((".html", ".xml", ".txt")):
                _references(self, name)

    def closure(self, name: str) -> str:
        """A digest of a template and of all that it includes, imports or extends."""
        return _digest(self.text(part).encode() for part in sorted(self._parts(name)))

    def _parts(self, name: str) -> set[str]:
        found, waiting = set(), [name]
        while waiting:
            part = waiting.pop()
            if part not in found:
                found.add(part)
                waiting += _references(self, part)
        return found


@lru_cache(maxsize=512)
def _references(theme: Theme, name: str) -> tuple[str, ...]:
    """The templates that a template includes, imports or extends."""
    text, path = theme.text(name), theme.files[name].path
    try:
        references = list(meta.find_referenced_templates(theme.environment.parse(text)))
    except TemplateSyntaxError as error:
        problem = Problem("broken-template", f"{error.message}", Place(path, error.lineno))
        raise KbError(with_source(problem, text)) from None
    if None in references:
        fact = "this template includes another whose name is not fixed"
        raise KbError(Problem("broken-template", fact, Place(path), "write the name as a text"))
    return tuple(reference for reference in references if reference)


def read_theme(project: Project) -> Theme:
    """The shipped theme with the project's templates in place of files of the same path."""
    own = project.root / project.config.templates
    files = {
        path.relative_to(folder).as_posix(): ThemeFile(
            disk.read(path), project.name(path) if folder == own else f"kb:{path.name}"
        )
        for folder in (shipped_theme(), own)
        for path in disk.walk(folder)
    }
    return Theme(files)


def _words(file: ThemeFile) -> dict[str, str]:
    root = parse(file.content.decode("utf-8", errors="replace"), file.path)
    entries = root.entries if isinstance(root, YamlMapping) else {}
    return {key: node.text for key, node in entries.items() if isinstance(node, Scalar)}


def _fingerprinted(name: str, content: bytes) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{_digest([content])[:10]}{path.suffix}"))


def _digest(contents: Iterable[bytes]) -> str:
    found = blake2b(digest_size=16)
    for content in contents:
        found.update(len(content).to_bytes(8) + content)
    return found.hexdigest()
