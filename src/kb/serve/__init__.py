"""How does a person see the site while they write?"""

from kb.serve.outcome import Outcome
from kb.serve.server import serve

__all__ = ["Outcome", "serve"]
