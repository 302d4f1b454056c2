"""Which canonical tag does a spelling stand for?"""

from functools import lru_cache

from kb.library.spelling import fold_spelling
from kb.library.taxonomy import Taxonomy


@lru_cache(maxsize=8)
def spellings(taxonomy: Taxonomy) -> dict[str, str]:
    """The canonical tag of each folded spelling in the vocabulary."""
    found: dict[str, str] = {}
    for name in taxonomy.tags:
        for spelling in (*name.aliases, name.chinese, name.tag):
            found[fold_spelling(spelling)] = name.tag
    found.pop("", None)
    return found


def canonical(tags: tuple[str, ...], taxonomy: Taxonomy, known: dict[str, str]) -> tuple[str, ...]:
    """Tags in their canonical spelling, each once; `known` has the spelling of unlisted ones.

    An unlisted tag keeps the spelling in which `known` first saw it, and is added to it.
    """
    listed = spellings(taxonomy)
    found = []
    for tag in tags:
        key = fold_spelling(tag)
        found.append(listed.get(key) or known.setdefault(key, tag))
    return tuple(dict.fromkeys(found))
