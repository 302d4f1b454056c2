"""Which templates, assets and interface words has a site: the shipped ones or the project's own?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath

import rjsmin
from jinja2 import (
    BaseLoader,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateSyntaxError,
    meta,
)

from kb import disk
from kb.build.compiled import Compiled
from kb.build.words import joined, lacking, parse_words
from kb.config import Config
from kb.counts import counted
from kb.languages import broader
from kb.problems import KbError, Place, Problem, Severity, with_source
from kb.project import Project, shipped_theme

ASSETS = "assets/"
FONTS = "fonts/"
"""Fonts that a build draws with and does not publish."""
FALLBACK_LANGUAGE = "en"
_NOT_FOR_TEMPLATES = ("safe", "forceescape", "random")
"""Filters that let HTML out unescaped, or give another page each time."""


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A file of the theme: its bytes, and the path by which problems name it."""

    content: bytes
    path: str


@dataclass(frozen=True, eq=False)
class Theme:
    """The files of a theme by their path in it: the shipped ones, and the project's own."""

    shipped: Mapping[str, ThemeFile]
    own: Mapping[str, ThemeFile]
    math_font: str = ""
    """The output path of the font of the site's formulas, if they need one."""

    @cached_property
    def files(self) -> dict[str, ThemeFile]:
        """Every file, the project's own in place of a shipped one of the same path."""
        return {**self.shipped, **self.own}

    @cached_property
    def assets(self) -> dict[str, str]:
        """The output path of each asset, with a digest of its content in its name."""
        return {
            name.removeprefix(ASSETS): _fingerprinted(name, file.content)
            for name, file in self.files.items()
            if name.startswith(ASSETS)
        }

    def words(self, config: Config) -> dict[str, str]:
        """The interface words in the site's language. Raises KbError.

        A project's own file names only what it says otherwise than the theme.
        """
        return joined(self._fallback, self._spoken(config))

    def gaps(self, config: Config) -> tuple[Problem, ...]:
        """Words that the site's language lacks, so that they are English."""
        lack = lacking(self._fallback, self._spoken(config))
        if not lack:
            return ()
        words = "word of the interface is", "words of the interface are"
        fact = f"{counted(len(lack), words[0], many=words[1])} English: {', '.join(lack)}"
        place = Place(f"{config.templates}/{_words_file(config.language)}")
        return (Problem("untranslated", fact, place, "add them here", Severity.WARNING),)

    @cached_property
    def _fallback(self) -> dict[str, str]:
        file = self.shipped[_words_file(FALLBACK_LANGUAGE)]
        return parse_words(_decoded(file), file.path, {})

    def _spoken(self, config: Config) -> dict[str, str]:
        """The words of the language, those of a narrower tag over those of a broader one."""
        words: dict[str, str] = {}
        names = [_words_file(tag) for tag in reversed(broader(config.language))]
        found = [files[n] for n in names for files in (self.shipped, self.own) if n in files]
        for file in found:
            words |= parse_words(_decoded(file), file.path, {**self._fallback, **words})
        if not found:
            fact = f'there are no words of the interface in the language "{config.language}"'
            shipped = (PurePosixPath(n).stem for n in self.shipped if n.startswith("words/"))
            hint = (
                f"kb speaks {', '.join(sorted(shipped))}; "
                f"write {config.templates}/{names[-1]} for another"
            )
            raise KbError(Problem("unknown-language", fact, config.place("language"), hint))
        return words

    def digest(self, name: str) -> str:
        """A digest of a file's content."""
        return _digest([self.files[name].content])

    def text(self, name: str) -> str:
        """The source of a template. Raises KbError where it is missing or no UTF-8."""
        file = self.files.get(name)
        if file is None:
            fact = f'the theme has no template "{name}"'
            hint = "mend its name where it is asked for, or write it"
            raise KbError(Problem("missing-template", fact, Place(f"templates/{name}"), hint))
        return _decoded(file)

    def new_environment(self) -> Environment:
        """A Jinja environment that sees these templates only."""
        environment = _environment(
            FunctionLoader(lambda name: (self.text(name), self.files[name].path, None))
        )
        for name in _NOT_FOR_TEMPLATES:
            del environment.filters[name]
        del environment.globals["lipsum"]
        return environment

    def check(self, config: Config) -> None:
        """Raise KbError where a template or the interface words are broken."""
        self.words(config)
        for name in self.files:
            if not name.startswith(ASSETS) and name.endswith((".html", ".xml", ".txt")):
                _references(self.text(name), self.files[name].path)

    def closure(self, name: str) -> str:
        """A digest of a template and of all that it includes, imports or extends."""
        return _digest(self.text(part).encode() for part in sorted(self._parts(name)))

    def _parts(self, name: str) -> set[str]:
        found, waiting = set(), [name]
        while waiting:
            part = waiting.pop()
            if part not in found:
                found.add(part)
                waiting += _references(self.text(part), self.files[part].path)
        return found


def _environment(loader: BaseLoader | None = None) -> Environment:
    return Compiled(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@lru_cache(maxsize=512)
def _references(text: str, path: str) -> tuple[str, ...]:
    """The templates that a template includes, imports or extends."""
    try:
        references = list(meta.find_referenced_templates(_environment().parse(text)))
    except TemplateSyntaxError as error:
        problem = Problem("broken-template", f"{error.message}", Place(path, error.lineno))
        raise KbError(with_source(problem, text)) from None
    if None in references:
        fact = "this template includes another whose name is not fixed"
        raise KbError(Problem("broken-template", fact, Place(path), "write the name as a text"))
    return tuple(reference for reference in references if reference)


def _words_file(language: str) -> str:
    return f"words/{language}.yaml"


def read_theme(project: Project) -> Theme:
    """The shipped theme with the project's templates in place of files of the same path."""
    folder = project.config.templates
    shipped = _files(shipped_theme(), "kb:")
    own = _files(project.root / folder, f"{folder}/")
    return Theme(_compact(shipped, shipped), _compact(own, shipped))


def _compact(
    files: Mapping[str, ThemeFile], shipped: Mapping[str, ThemeFile]
) -> dict[str, ThemeFile]:
    """The files, of kb's own scripts no comments and needless blanks; what a person wrote stays."""

    def packed(name: str, file: ThemeFile) -> ThemeFile:
        is_ours = name in shipped and file.content == shipped[name].content
        if not (is_ours and name.endswith(".js")):
            return file
        return replace(file, content=rjsmin.jsmin(file.content))

    return {name: packed(name, file) for name, file in files.items()}


def _files(folder: Path, prefix: str) -> dict[str, ThemeFile]:
    names = {path.relative_to(folder).as_posix(): path for path in disk.walk(folder)}
    return {name: ThemeFile(disk.read(path), prefix + name) for name, path in names.items()}


def _decoded(file: ThemeFile) -> str:
    try:
        return file.content.decode("utf-8")
    except UnicodeDecodeError:
        fact = "this file of the theme is not UTF-8"
        raise KbError(Problem("not-utf-8", fact, Place(file.path), "save it as UTF-8")) from None


def _fingerprinted(name: str, content: bytes) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{_digest([content])[:10]}{path.suffix}"))


def _digest(contents: Iterable[bytes]) -> str:
    found = blake2b(digest_size=16)
    for content in contents:
        found.update(len(content).to_bytes(8) + content)
    return found.hexdigest()
