"""Which problems can kb tell of, how much does each matter, and what does it mean?"""

from kb.codes import CODES
from reference.speech import Speech, code, table


def codes(speech: Speech) -> str:
    """Every code, the most serious first, and then by its name."""
    head = map(speech.tell, ("code", "severity", "meaning"))
    ranks = list(dict.fromkeys(type(CODES[0].severity)))
    ordered = sorted(CODES, key=lambda known: (ranks.index(known.severity), known.code))
    rows = ((code(k.code), speech.tell(k.severity), speech.tell(k.meaning)) for k in ordered)
    return table(head, rows)
