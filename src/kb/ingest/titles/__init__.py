"""What is an untitled excerpt about, in the words an editor would put above it?"""

from kb.ingest.titles.naming import Name, name
from kb.ingest.titles.routes import ROUTES
from kb.ingest.titles.sections import SECTION_WORDS, is_section_word
from kb.ingest.titles.text import Lexicon

__all__ = ["ROUTES", "SECTION_WORDS", "Lexicon", "Name", "is_section_word", "name"]
