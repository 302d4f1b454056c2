"""What does an English opening define, announce or speak of?"""

import re
from typing import Final

from kb.ingest.titles.announced import POINTING
from kb.ingest.titles.headings import is_sentence
from kb.ingest.titles.text import Opening

_TOLD: Final = 400
_SENTENCE: Final = re.compile(r"[.!?] (?=[A-Za-z])")
_ENGLISH_SUBJECT: Final = re.compile(
    r"(?:(?:The|An?) (?=[a-z]|[A-Z]))?((?:(?<=The )|(?<=An )|(?<=A )"
    r"|(?=[A-Z]))[A-Za-z][\w/+-]*(?: (?!is\b|are\b|such\b|that\b|which\b)[A-Za-z][\w/+-]*){0,4}?)("
    r"?: \([^()]{2,40}\))? "
    r"(?:is|are|was|were|uses?|shares?|keeps?|lets?|replaces?|makes?|learns?|combines?|provides?"
    r"|allows?|enables?|stores?|introduces?|extends?|"
    r"solves?|aims?|works?|consists?|such as|has|have|can|reduces?|improves?|appl(?:y|ies)|adds?"
    r"|trains?|maps?|treats?|computes?|offers?|supports?|"
    r"runs?|splits?|takes?|helps?|gives?|directly|assigns?|represents?|describes?|measures?"
    r"|removes?|turns?|finds?|avoids?|breaks?|happens?|occurs?|means?|involves?|estimates?"
    r"|predicts?|controls?|limits?|balances?|generates?|encodes?|selects?|writes?|produces?"
    r"|requires?|exploits?|performs?|handles?|defines?|follows?|updates?|chooses?|answers?|asks?"
    r"|plans?|needs?|sends?|reads?|tries|lies|comes?|never|always|only)\b"
)
_TROUBLE: Final = re.compile(
    r" (?:a |an |the |to |be |very |often |too |notoriously |quite |from )*(?:hard|slow|expensive"
    r"|difficult|unstable|suffer|struggle|limited|costly|prohibitive|problem|bottleneck|important"
    r"|many|great|remarkable)"
)
_VAGUE: Final = re.compile(
    r"(?:We|It|They|This|That|These|Those|There|You|One|In|Our|He|She|What|If|When|As|For|With|To"
    r"|However|But|And|Let|At|On|After|Since|Here|Most|Many|Some|Each|Every|All|First|Recent"
    r"|Recently|Example|Figure|Table|Authors?|Readers?|Note)\b"
)
_ENGLISH_IS: Final = re.compile(
    r"(?:The |An? )?([A-Z][\w'+/-]*(?: (?!is |are "
    r"|was )[\w'+/()-]+){0,5}?)(?: \([^()]{2,60}\))?,? (?:(?:is|are|was) (?:an?|the|one)|refers to"
    r"|stands for)\b"
)
_LOOK: Final = re.compile(
    r"(?:[Ii]n )?(?:[Tt]his|[Tt]he) (?:short )?(?:post|note|article|tutorial|chapter|section"
    r"|blog post|blog|paper|guide|page|document|work|lesson)s?,? "
    r"(?:we |I |you |will |'ll |are going to |(?:take|have) an? (?:\w+ )?look at |(?:learn"
    r"|talk) (?:how to |about )|look at |dive into |walk through |"
    r"explains? |introduces? |describes? |covers? |presents? |proposes? |discuss(?:es)? "
    r"|explores? |present |summarizes? |shows? (?:how to )?|implement |review |study )+"
    r"(?:the |an? |how |what )?([^,.:;]{3,70}?)(?= and (?:how|its|why|the|then|compare)|,|\.|:|;"
    r"| which| that| is | are | from scratch| in (?:detail|this|the)| for )"
)
_OURS: Final = re.compile(
    r"(?:[Ww]e|[Tt]his (?:paper|work)) (?:introduces?|presents?|proposes?|study"
    r"|studies|explores?|revisits?) (?:a new \w+ (?:called|named) |an? |the )?"
    r"([^,.:;]{2,50}?)(?=,|\.|:|;| which| that| to | for | by )"
)
_PAPER: Final = re.compile(
    r"(?:implementation of|implements|reproduces?) (?:the )?(?:paper|model from"
    r"|idea of)? ?([A-Z][^.]{6,110}?)(?=\.\s|\. |$| by )"
)


def subject_in_english(opening: Opening) -> str:
    """The subject of the first English sentence that does not only complain."""
    body, end = opening.body, 0
    for at in (0, *(start.end() for start in _SENTENCE.finditer(body, 0, _TOLD))):
        found = _ENGLISH_SUBJECT.match(body, at, _TOLD) if at >= end else None
        if found:
            end = found.end()
            if not _TROUBLE.match(body, end) and not _VAGUE.match(found.group(1)):
                return found.group(1)
    return ""


def defined_english(opening: Opening) -> str:
    """The subject of an English definition at the very start: "X is a …"."""
    found = _ENGLISH_IS.match(opening.body)
    return found.group(1) if found and not is_sentence(found.group(1)) else ""


def looked_at(opening: Opening) -> str:
    """What an English opening announces: "In this post we take a look at X"."""
    plain = opening.plain
    paper = _PAPER.search(plain, 0, 300) if "implement" in plain or "reproduce" in plain else None
    if paper:
        return paper.group(1)
    found = _LOOK.search(plain, 0, _TOLD) if "he " in plain or "his " in plain else None
    return found.group(1) if found and not POINTING.match(found.group(1)) else ""


def proposed(opening: Opening) -> str:
    """What an English abstract says it proposes."""
    plain = opening.plain
    speaks = "We " in plain or "we " in plain or "his " in plain
    found = _OURS.search(plain, 0, _TOLD) if speaks else None
    return found.group(1) if found else ""
