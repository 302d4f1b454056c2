"""Which topics and tags are there, and which terms speak for each?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kb.languages import TAG, broader
from kb.library.spelling import fold_spelling
from kb.marked_yaml import Mapping, Node, Scalar, Sequence, parse
from kb.problems import KbError, Place, Problem, with_source
from kb.slugs import is_slug

FILE = "topics.yaml"
OTHER = "other"
USUAL = 2
_RESERVED = {"index", "page", "feed"}
_NAME_JOINT = re.compile(r"[、，,/·与和及]|\band\b|\bor\b")
_WEIGHTS = ("1", "2", "3")
_TOPIC_KEYS = ("id", "description", "terms", "children")
"""What is known of a topic beside its names, whose keys are the tags of languages."""
_TAG_KEYS = ("tag", "zh", "aliases")
_EXAMPLE = "a topic is such as `- {id: hdfs, terms: [HDFS: 3]}`, a tag `- {tag: RL, aliases: [rl]}`"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that speaks for a topic with a weight from 1 (weak) to 3 (settles it)."""

    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic; `parents` are the ids from the first level down to the one above it."""

    id: str
    names: tuple[tuple[str, str], ...]
    description: str
    terms: tuple[Term, ...]
    parents: tuple[str, ...]

    def name(self, language: str) -> str:
        """Its title in `language`, else in English or in any other, else its id."""
        names = dict(self.names)
        known = (names.get(tag) for tag in (*broader(language), "en", *names))
        return next(filter(None, known), self.id)


@dataclass(frozen=True, slots=True)
class TagName:
    """A canonical tag, its Chinese name where it has one, and its other spellings."""

    tag: str
    chinese: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """All topics, parents before their children, and the controlled vocabulary of tags.

    Equal only to itself, so that what is derived from it can be kept by it.
    """

    topics: tuple[Topic, ...]
    tags: tuple[TagName, ...]

    @cached_property
    def by_id(self) -> dict[str, Topic]:
        """Topics by their id."""
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def branches(self) -> frozenset[str]:
        """The ids of topics that have topics below them."""
        return frozenset(parent for topic in self.topics for parent in topic.parents)

    @cached_property
    def display_names(self) -> dict[str, str]:
        """The Chinese name of each canonical tag that has one."""
        return {name.tag: name.chinese for name in self.tags if name.chinese}

    def children(self, topic_id: str) -> tuple[Topic, ...]:
        """The topics right below one, or the first level for an empty id."""
        return tuple(t for t in self.topics if (t.parents[-1] if t.parents else "") == topic_id)


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag as it is written: where, and in which value each spelling stands."""

    name: TagName
    place: Place
    spelled: tuple[tuple[str, Scalar], ...]


def completed(own: Taxonomy, shipped: Taxonomy) -> Taxonomy:
    """A project's taxonomy with what it leaves out.

    A topic without terms has those of the shipped topic with its id, else its own names; without
    tags of its own it has the shipped vocabulary.
    """
    topics = tuple(
        topic if topic.terms else replace(topic, terms=_terms_for(topic, shipped))
        for topic in own.topics
    )
    return Taxonomy(topics, own.tags or shipped.tags)


def is_complete(taxonomy: Taxonomy) -> bool:
    """Whether every topic has terms and there are tags."""
    return bool(taxonomy.tags) and all(topic.terms for topic in taxonomy.topics)


def _terms_for(topic: Topic, shipped: Taxonomy) -> tuple[Term, ...]:
    known = shipped.by_id.get(topic.id)
    if known and known.terms:
        return known.terms
    names = (topic.id.replace("-", " "), *(name for _, name in topic.names))
    words = (word.strip() for name in names for word in _NAME_JOINT.split(name))
    return tuple(Term(word, USUAL) for word in dict.fromkeys(words) if len(word) > 1)


def load(text: str, path: str) -> Taxonomy:
    """The taxonomy in the text of a topics.yaml. Raises KbError with all problems."""
    try:
        root = parse(text, path)
        entries = _entries(root, ("version", "topics", "tags"), "the file") if root else {}
        topics = tuple(_topics(entries.get("topics"), ()))
        tags = tuple(_tags(entries.get("tags")))
        _refuse_repeats(entries.get("topics"))
        _refuse_contradictions(tags)
    except KbError as error:
        raise KbError(with_source(problem, text) for problem in error.problems) from None
    if not topics:
        hint = "without the file kb uses the topics that come with it"
        raise KbError(Problem("invalid-topic", "no topic is listed here", Place(path, 1), hint))
    known = topics if any(t.id == OTHER for t in topics) else (*topics, _other())
    return Taxonomy(known, tuple(tag.name for tag in tags))


def _other() -> Topic:
    return Topic(OTHER, (("zh", "其他"), ("en", "Other")), "", (), ())


def _topics(node: Node | None, parents: tuple[str, ...]) -> Iterator[Topic]:
    for item in _items(node, "children" if parents else "topics"):
        spoken = _languages(item)
        entries = _entries(item, (*_TOPIC_KEYS, *spoken), "a topic")
        topic_id = _text(entries.get("id"), item, "id")
        if not is_slug(topic_id) or topic_id in _RESERVED:
            fact = f"{topic_id!r} cannot be the id of a topic"
            hint = "use lower-case letters, digits and hyphens; index, page and feed are taken"
            raise KbError(Problem("invalid-topic", fact, entries["id"].place, hint))
        names = ((lang, _text(entries[lang], item, lang)) for lang in spoken)
        description = _text(entries["description"], item, "") if "description" in entries else ""
        terms = tuple(_terms(entries.get("terms")))
        yield Topic(topic_id, tuple(names), description, terms, parents)
        yield from _topics(entries.get("children"), (*parents, topic_id))


def _languages(topic: Node) -> tuple[str, ...]:
    """The languages in which a topic has a name, Chinese and English first."""
    keys = topic.entries if isinstance(topic, Mapping) else {}
    tags = [key for key in keys if key != "id" and TAG.fullmatch(key)]
    return tuple(sorted(tags, key=lambda tag: (tag != "zh", tag != "en", tag)))


def _terms(node: Node | None) -> Iterator[Term]:
    """A list of terms, or a text of terms for each weight."""
    if not isinstance(node, Mapping):
        yield from map(_term, _items(node, "terms"))
        return
    for weight, listed in node.entries.items():
        if weight not in _WEIGHTS:
            fact = f"the weight of terms must be 1, 2 or 3, not {weight!r}"
            hint = "write the terms that name the topic under 3, those that hint at it under 1"
            raise KbError(Problem("invalid-topic", fact, node.keys[weight], hint))
        text = _text(listed, listed, f"the terms of weight {weight}")
        yield from (Term(word, int(weight)) for word in _words(text))


def _words(text: str) -> Iterator[str]:
    """What stands between the commas of a text."""
    return filter(None, map(str.strip, text.split(",")))


def _term(node: Node) -> Term:
    if isinstance(node, Mapping) and len(node.entries) == 1:
        [(text, weight)] = node.entries.items()
        if isinstance(weight, Scalar) and weight.text in _WEIGHTS:
            return Term(text, int(weight.text))
        fact = f"the weight of {text!r} must be 1, 2 or 3"
        hint = "3 for a term that names the topic, 1 for one that hints at it"
        raise KbError(Problem("invalid-topic", fact, weight.place, hint))
    return Term(_text(node, node, "a term"), USUAL)


def _tags(node: Node | None) -> Iterator[_Tag]:
    """A list of tags, or for each tag a text: its Chinese name, a semicolon, other spellings."""
    if not isinstance(node, Mapping):
        yield from map(_tag, _items(node, "tags"))
        return
    for tag, listed in node.entries.items():
        if not isinstance(listed, Scalar):
            fact = f"what follows the tag {tag!r} must be a text, such as `强化学习; RL`"
            raise KbError(Problem("invalid-topic", fact, node.keys[tag]))
        chinese, _, others = ("" if listed.is_null else listed.text).partition(";")
        name = TagName(tag.strip(), chinese.strip(), tuple(_words(others)))
        key = Scalar(tag, plain=True, place=node.keys[tag])
        spelled = ((name.tag, key), *((word, listed) for word in (name.chinese, *name.aliases)))
        yield _Tag(name, key.place, spelled)


def _tag(node: Node) -> _Tag:
    entries = _entries(node, _TAG_KEYS, "a tag")
    aliases = _items(entries.get("aliases"), "aliases")
    chinese = _text(entries["zh"], node, "zh") if "zh" in entries else ""
    tag = _text(entries.get("tag"), node, "tag")
    name = TagName(tag, chinese, tuple(_text(item, item, "alias") for item in aliases))
    nodes = (entries["tag"], entries.get("zh"), *aliases)
    spelled = ((found.text, found) for found in nodes if isinstance(found, Scalar))
    return _Tag(name, node.place, tuple(spelled))


def tag_places(text: str, path: str) -> dict[str, Place]:
    """Where each tag of a topics.yaml that can be loaded stands."""
    root = parse(text, path)
    entries = _entries(root, ("version", "topics", "tags"), "the file") if root else {}
    return {tag.name.tag: tag.place for tag in _tags(entries.get("tags"))}


def _refuse_repeats(node: Node | None) -> None:
    seen: dict[str, Place] = {}
    for found in _ids(node):
        first = seen.setdefault(found.text, found.place)
        if first != found.place:
            fact = f'the topic in line {first.line} is called "{found.text}" already'
            hint = "give one of them another id"
            raise KbError(Problem("duplicate-topic", fact, found.place, hint))


def _ids(node: Node | None) -> Iterator[Scalar]:
    """The ids of topics as they are written, in order."""
    for item in node.items if isinstance(node, Sequence) else ():
        entries = item.entries if isinstance(item, Mapping) else {}
        if isinstance(found := entries.get("id"), Scalar):
            yield replace(found, text=" ".join(found.text.split()))
        yield from _ids(entries.get("children"))


def _refuse_contradictions(tags: Iterable[_Tag]) -> None:
    owners: dict[str, Place] = {}
    problems = []
    for tag in tags:
        for spelling, node in tag.spelled:
            key = fold_spelling(spelling)
            owner = owners.setdefault(key, tag.place) if key else tag.place
            if owner != tag.place:
                fact = f'"{spelling}" speaks for the tag in line {owner.line} already'
                hint = "one spelling stands for one tag: take it away from one of them"
                problems.append(Problem("duplicate-tag", fact, _place(spelling, node), hint))
    if problems:
        raise KbError(problems)


def _place(spelling: str, node: Scalar) -> Place:
    shift = max(0, node.text.find(spelling)) if node.plain else 0
    return replace(node.place, column=node.place.column + shift)


def _entries(node: Node, known: tuple[str, ...], owner: str) -> dict[str, Node]:
    if not isinstance(node, Mapping):
        fact = f"{owner} must be `key: value` lines"
        raise KbError(Problem("invalid-topic", fact, node.place, _EXAMPLE))
    for key, place in node.keys.items():
        if key not in known:
            hint = f"known here: {', '.join(known)}"
            raise KbError(Problem("invalid-topic", f'{owner} has no "{key}"', place, hint))
    return node.entries


def _items(node: Node | None, name: str) -> tuple[Node, ...]:
    if node is None or (isinstance(node, Scalar) and node.is_null):
        return ()
    if not isinstance(node, Sequence):
        fact = f"{name} must be a list, each entry of it on a line after `- `"
        raise KbError(Problem("invalid-topic", fact, node.place, _EXAMPLE))
    return node.items


def _text(node: Node | None, owner: Node, name: str) -> str:
    if not isinstance(node, Scalar) or not node.text.strip():
        place = node.place if node else owner.place
        fact = f"{name} is missing here" if node is None else f"{name} must be a text"
        raise KbError(Problem("invalid-topic", fact, place, _EXAMPLE))
    return " ".join(node.text.split())
