"""What do a name, a sentence and a known term look like in an excerpt?"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from kb.ingest.titles.known import Known, Standing, Weights

CJK: Final = "\u3400-\u9fff"
GLUE: Final = (
    "的是了在和与及或对为从把被将就都也还很更最这那其它他她你我们以于而则但若并且所等到中上下里内让使给用由向"
    "前后时该此每种些能会可要有没不如何什么怎样吗呢吧啊过着地得之即当因又再已"
)
"""Chinese characters that stand between words more often than in one."""
_FOLD: Final = re.compile(r"[\s\-_\u2010-\u2015]+")

# A Latin name: one word with a capital or a digit, and words of the same kind after it.
# It begins with the letter that all begin with, so that a search leaps to it.
_REST: Final = (
    r"(?![-+]\d)(?:(?<=[A-Z])|(?=[A-Za-z0-9.+'-]*[A-Z0-9]))"
    r"[A-Za-z0-9]*(?:[-.+/'][A-Za-z0-9]+)*\+{0,2}"
)
_FOLLOW: Final = rf"(?: (?:[A-Za-z]{_REST}|\d+(?:\.\d+)?(?![\w.])|[a-z]\d[\d.]*))"
NAME: Final = re.compile(rf"[A-Za-z](?<![A-Za-z0-9_.\\/@\[][A-Za-z]){_REST}{_FOLLOW}{{0,4}}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded terms: `names` speak for a subject, `carriers` are too general to name an article.

    `spoken` has for each term the topics that it speaks for, with a weight from 1 to 3 there;
    `tags` has for each spelling the tag that it is one of.
    """

    names: frozenset[str]
    carriers: frozenset[str]
    spoken: frozenset[tuple[str, Weights]] = frozenset()
    tags: Mapping[str, str] = field(default_factory=dict)


class Opening(NamedTuple):
    """An excerpt as the routes see it: the plain window, and its body after peeling.

    `lines` are the parts of the window that the scraper joined by a space. `known` are the terms
    of the taxonomy in the body; `standing` tells for each how its tag stands among the others,
    and `best` has the first of each tag in the order of their ranks. `head` is the heading.
    """

    plain: str
    body: str
    spaced: bool
    numbered: bool
    cut: bool
    lexicon: Lexicon
    lines: tuple[str, ...]
    known: tuple[Known, ...]
    standing: Mapping[str, Standing]
    best: tuple[Known, ...]
    english: bool
    head: str = ""

    def is_carrier(self, name: str) -> bool:
        """Is `name` too general to speak for one article?"""
        key = fold(name)
        return key in self.lexicon.carriers or key in _CARRIERS


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The key of a term: NFKC, lower case, no spaces, hyphens or underscores."""
    return _FOLD.sub("", unicodedata.normalize("NFKC", text).lower())


_SPACED: Final = re.compile(rf" (?:(?<=[{CJK}] )(?=[A-Za-z0-9])|(?<=[A-Za-z0-9] )(?=[{CJK}]))")
_DENSE: Final = re.compile(rf"[{CJK}](?=[A-Za-z])|[A-Za-z](?=[{CJK}])")


def is_spaced(text: str) -> bool:
    """Does the author put a space between Chinese and Latin words, so that it ends no heading?"""
    spaced = len(_SPACED.findall(text))
    return spaced > 2 and spaced > 1.2 * len(_DENSE.findall(text))


_GENERAL: Final = """
transformer transformers attention llm llms gpu gpus cpu java python pytorch tensorflow google
openai meta facebook microsoft nvidia deepmind huggingface github arxiv api sdk ai ml dl nlp cv rl
sota token tokens model models paper figure fig table softmax encoder decoder backbone baseline
loss batch layer step image text prompt mysql json http https sql linux windows jdk jdk1.8 jdk8
jdk1.7 iclr icml neurips nips cvpr iccv eccv acl emnlp aaai i a the in of on for and to with we it
this that an example input output note given key value id ok vs qkv a100 a800 h100 h800 v100
rtx4090 fp16 fp32 fp8 fp64 bf16 int8 int4 gb mb b imagenet coco mnist cifar10 leetcode stanford
mit
"""
_CARRIERS: Final = frozenset(_GENERAL.split())
