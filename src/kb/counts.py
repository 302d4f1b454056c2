"""How does English say a number of things?"""


def counted(number: int, thing: str, *, many: str = "") -> str:
    """A number with marks between the thousands, and the thing, as many as it is.

    >>> counted(1, "record"), counted(2000, "entry", many="entries")
    ('1 record', '2,000 entries')
    """
    return f"{number:,} {thing if number == 1 else many or f'{thing}s'}"
