"""How does a formula in TeX become MathML?"""

from kb.markup.math.mathml import NO_NAMES, MathError, Names, is_very_wide, is_wide, mathml
from kb.markup.math.signs import signs

__all__ = ["NO_NAMES", "MathError", "Names", "is_very_wide", "is_wide", "mathml", "signs"]
