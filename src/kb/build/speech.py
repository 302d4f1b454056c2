"""How does a language say a number of things, a date, or the name of a language?"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from gettext import c2py

from kb.languages import broader

FORMS = ("zero", "one", "two", "few", "many")
"""The plural forms that a word may have; `many` is the one that each has."""
MONTHS = 12


def rule(text: str) -> Callable[[int], int]:
    """The number of the plural form for a count, by a condition on `n` as gettext writes it.

    https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html . Raises ValueError.
    """
    found: Callable[[int], int] = c2py(text)
    return found


class Speech:
    """What a catalogue of interface words says of grammar."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._forms = words["plural_forms"].split()
        self._rule = rule(words["plural_rule"])
        self._months = words["month_names"].split(", ")
        self._alone = words.get("month_names_alone", words["month_names"]).split(", ")
        self.date = lru_cache(maxsize=4096)(self._date)

    def counted(self, key: str, n: int) -> str:
        """A number of things, by the word of the key with `_one`, `_many` or another form."""
        number = self._rule(n)
        form = self._forms[number] if number < len(self._forms) else "many"
        word = self._words.get(f"{key}_{form}") or self._words[f"{key}_many"]
        return word.format(n=self.number(n))

    def number(self, n: int) -> str:
        """A whole number with marks between the thousands."""
        return f"{n:,}".replace(",", self._words["thousands"])

    def _date(self, date: str) -> str:
        """A day (2026-03-04), or a month (2026-03)."""
        year, month, day = (*date.split("-"), "")[:3]
        return self._said("date" if day else "date_month", year, month, day)

    def day(self, date: str) -> str:
        """A day without its year, for a list of a year or a month."""
        return self._said("date_day", *date.split("-"))

    def language(self, tag: str) -> str:
        """The name of a language, or its tag."""
        names = (self._words.get(f"lang_{name}") for name in broader(tag))
        return next(filter(None, names), tag)

    def _said(self, key: str, year: str, month: str, day: str) -> str:
        names = self._months if day else self._alone
        return self._words[key].format(
            y=year, m=int(month), d=int(day or 0), mm=month, dd=day, month=names[int(month) - 1]
        )
