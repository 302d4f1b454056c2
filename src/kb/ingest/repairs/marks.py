"""Which characters stand in a text under repair for what is no prose?

Noncharacters of Unicode: they are removed from every text before a repair sets one.
"""

MATH = "\ufdd0"
"""Stands for an inline formula."""
FORMULA = "\ufdd1"
"""Stands for a display formula."""
LINK = "\ufdd3"
"""Stands for a URL."""
LOST = "\ufdd5"
"""Stands for a placeholder within a line: `[Math]`."""
LOST_BLOCK = "\ufdd6"
"""Stands for a placeholder that had lines of its own: `[公式]`, `[代码]`."""
STAND_INS = f"{MATH}{FORMULA}{LINK}{LOST}{LOST_BLOCK}"

MARK = "\ufdd2"
"""Stands before a Markdown mark that a repair set at the start of a line."""
SPACED = "\ufdd4"
"""Stands before a space that is there because one stood before the bracket, too."""

HAN = "\u3400-\u9fff\uf900-\ufaff"
"""Chinese characters, for use in a character class."""
SENTENCE_END = r"[。！？][”’」』）]*"
CONTINUES = "的地得是和与及或也都被会就还等之所则并而且"
"""What begins no sentence, so a space before it is mere spacing."""
