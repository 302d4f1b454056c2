"""Do the pages of other hosts to which a site links still answer?"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from urllib.parse import urldefrag, urlsplit

import msgspec

from kb import disk
from kb.check.address import Target, Where
from kb.check.asking import Answer, ask, is_private
from kb.check.crawl import Progress
from kb.check.evidence import Evidence
from kb.check.sources import Finder
from kb.problems import Problem, Severity
from kb.project import Project

FILE = "external.json"
DAY = 24 * 60 * 60
"""Seconds for which an answer is remembered."""
HOSTS = 8
"""Hosts that are asked at once; each is asked for one page at a time."""
PAUSE = 0.2
"""Seconds between two questions to one host."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What other hosts said: problems, and how many pages they were asked for or had been."""

    problems: tuple[Problem, ...] = ()
    asked: int = 0
    remembered: int = 0


class _Known(msgspec.Struct, frozen=True):
    """An answer, and when it was given, in seconds since 1970."""

    answer: Answer
    when: float


def external_links(evidence: Evidence, now: float, progress: Progress) -> Answers:
    """Ask for each page once, but for those asked within a DAY before `now` (s since 1970).

    Hosts of private networks and of examples are left out, as are links for editing a page.
    """
    targets = _targets(evidence)
    known = _remembered(evidence.project, now)
    fresh = [url for url in targets if url not in known]
    answers = {url: known[url].answer for url in targets if url in known}
    private = evidence.project.config.check.private_hosts
    for url, answer in _asked(fresh, private=private):
        answers[url] = answer
        progress(len(answers), len(targets))
    new = {url: _Known(answers[url], now) for url in fresh if answers[url].is_lasting}
    _keep(evidence.project, {**known, **new})
    problems = tuple(_problems(evidence, targets, answers))
    return Answers(problems, len(fresh), len(targets) - len(fresh))


def _targets(evidence: Evidence) -> dict[str, list[int]]:
    """The numbers of what is named of other hosts, by its address without an anchor."""
    config = evidence.project.config
    edit = config.source_url.partition("{path}")[0]
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_, target) in enumerate(evidence.crawl.named):
        is_link = target.where is Where.ELSEWHERE and not (edit and target.path.startswith(edit))
        if is_link and (config.check.private_hosts or not is_private(target.path)):
            found[urldefrag(target.path).url].append(number)
    return {url: found[url] for url in sorted(found)}


def _asked(urls: Iterable[str], *, private: bool) -> Iterator[tuple[str, Answer]]:
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[urlsplit(url).netloc].append(url)
    with ThreadPoolExecutor(HOSTS) as pool:
        tasks = [pool.submit(partial(_in_turn, private=private), group) for group in hosts.values()]
        for task in as_completed(tasks):
            yield from task.result()


def _in_turn(urls: Iterable[str], *, private: bool) -> list[tuple[str, Answer]]:
    answers: list[tuple[str, Answer]] = []
    for url in urls:
        if answers:
            time.sleep(PAUSE)
        answers.append((url, ask(url, private=private)))
    return answers


def _problems(
    evidence: Evidence, targets: Mapping[str, list[int]], answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    finder = Finder(evidence)
    bad = {url: numbers for url, numbers in targets.items() if not answers[url].is_fine}
    pages = evidence.crawl.naming({number for numbers in bad.values() for number in numbers})
    for url, numbers in bad.items():
        for number in numbers:
            yield from _of(finder, evidence.crawl.named[number][1], pages[number], answers[url])


def _of(finder: Finder, target: Target, pages: list[str], answer: Answer) -> Iterator[Problem]:
    code, severity = "unsure-external-link", Severity.NOTE
    fact, hint = f"{target.path} was not shown: {answer.words}", "look at it yourself"
    if answer.is_dead:
        code, severity = "dead-external-link", Severity.WARNING
        fact, hint = f"{target.path} is not there: {answer.words}", "link to where it is now"
    for spot in finder.spots(target, pages):
        yield Problem(code, fact, spot.place, hint, severity, spot.source, spot.width)


def _remembered(project: Project, now: float) -> dict[str, _Known]:
    content = disk.read_if_there(project.cache / FILE) or b"{}"
    try:
        known = msgspec.json.decode(content, type=dict[str, _Known])
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return {}
    return {url: found for url, found in known.items() if 0 <= now - found.when < DAY}


def _keep(project: Project, known: Mapping[str, _Known]) -> None:
    disk.write(project.cache / FILE, msgspec.json.encode(known), project.cache)
