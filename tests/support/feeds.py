"""What is wrong with a feed, by RFC 4287 and by JSON Feed 1.1?"""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_URI = re.compile(r"(https?://[^\s<>\"{}|\\^`]+|urn:uuid:[0-9a-f-]{36})")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ONCE = ("id", "title", "updated")
_AT_MOST_ONCE = ("published", "summary", "content", "subtitle", "generator", "rights", "icon")
_IN_FEED = {*_ONCE, "subtitle", "generator", "author", "link", "entry", "category", "icon"}
_IN_ENTRY = {*_ONCE, "published", "summary", "content", "author", "link", "category"}
_FEED_KEYS = {"version", "title", "description", "home_page_url", "feed_url", "authors", "language",
              "items"}  # fmt: skip
_ITEM_KEYS = {"id", "url", "title", "content_text", "image", "date_published", "date_modified",
              "language", "tags"}  # fmt: skip


def atom_faults(content: bytes) -> list[str]:
    """What RFC 4287 forbids of a feed."""
    feed = ET.fromstring(content)
    if feed.tag != f"{ATOM}feed":
        return [f"the root is {feed.tag}"]
    entries = feed.findall(f"{ATOM}entry")
    faults = [*_node_faults(feed, _IN_FEED)]
    if feed.find(f"{ATOM}author") is None:
        faults += ["4.1.1: no author" for e in entries if e.find(f"{ATOM}author") is None]
    faults += [f"xml:lang {n.get(f'{XML}lang')}" for n in (feed, *entries)
               if not _LANGUAGE.fullmatch(n.get(f"{XML}lang", ""))]  # fmt: skip
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    faults += [f"4.1.1: {name} comes twice" for name in set(ids) if ids.count(name) > 1]
    for entry in entries:
        faults += _node_faults(entry, _IN_ENTRY)
        rels = [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")]
        if "alternate" not in rels and entry.find(f"{ATOM}content") is None:
            faults.append("4.1.2: neither an alternate link nor content")
    latest = max((entry.findtext(f"{ATOM}updated", "") for entry in entries), default="")
    if feed.findtext(f"{ATOM}updated", "") < latest:
        faults.append("the feed is older than an entry")
    return faults


def _node_faults(node: ET.Element, known: set[str]) -> Iterator[str]:
    names = [child.tag.removeprefix(ATOM) for child in node]
    yield from (f"unknown: {name}" for name in set(names) - known)
    yield from (
        f"{name} stands {names.count(name)} times" for name in _ONCE if names.count(name) != 1
    )
    yield from (f"{name} comes twice" for name in _AT_MOST_ONCE if names.count(name) > 1)
    for name in ("updated", "published"):
        yield from (f"3.3: {t.text}" for t in node.findall(f"{ATOM}{name}")
                    if not _TIME.fullmatch(t.text or ""))  # fmt: skip
    if not _URI.fullmatch(node.findtext(f"{ATOM}id", "")):
        yield f"4.2.6: id {node.findtext(f'{ATOM}id')}"
    if not (node.findtext(f"{ATOM}title") or "").strip():
        yield "no title"
    links = [(link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
             for link in node.findall(f"{ATOM}link")]  # fmt: skip
    yield from (f"4.1.1: two links {link}" for link in set(links) if links.count(link) > 1)
    yield from (f"4.2.7: {link.get('href')}" for link in node.findall(f"{ATOM}link")
                if not _ADDRESS.fullmatch(link.get("href", "")))  # fmt: skip
    yield from ("4.2.2: no term" for c in node.findall(f"{ATOM}category") if not c.get("term"))


def json_faults(content: bytes) -> list[str]:
    """What JSON Feed 1.1 forbids of a feed."""
    feed: dict[str, Any] = json.loads(content)
    faults = [f"unknown: {key}" for key in feed.keys() - _FEED_KEYS]
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        faults.append(f"version {feed.get('version')}")
    faults += [f"no {key}" for key in ("title", "items") if key not in feed]
    faults += [f"{key}: {feed[key]}" for key in ("home_page_url", "feed_url")
               if key in feed and not _ADDRESS.fullmatch(feed[key])]  # fmt: skip
    faults += ["an author without a name" for a in feed.get("authors", ()) if not a.get("name")]
    ids = [item.get("id") for item in feed["items"]]
    faults += [f"{name} comes twice" for name in set(ids) if ids.count(name) > 1]
    for item in feed["items"]:
        faults += _item_faults(item)
    return faults


def _item_faults(item: dict[str, Any]) -> Iterator[str]:
    yield from (f"unknown: {key}" for key in item.keys() - _ITEM_KEYS)
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield "no id"
    if not isinstance(item.get("content_text"), str):
        yield "no content"
    yield from (f"{key}: {item[key]}" for key in ("url", "image")
                if key in item and not _ADDRESS.fullmatch(item[key]))  # fmt: skip
    yield from (f"{key}: {item[key]}" for key in ("date_published", "date_modified")
                if key in item and not _TIME.fullmatch(item[key]))  # fmt: skip
    if not _LANGUAGE.fullmatch(item.get("language", "")):
        yield f"language {item.get('language')}"
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", ())):
        yield "a tag that is no text"
