"""Which parts of red, green and blue has a colour as TeX writes it?"""

import re

_HEX = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_NUMBERS = re.compile(r"\s*([0-9.]+)\s*,\s*([0-9.]+)\s*,\s*([0-9.]+)\s*")


def as_rgb(model: str, name: str) -> str | None:
    """The parts of a colour, each up to 1, with commas; None for a name, which the engine knows.

    >>> as_rgb("HTML", "FF0000"), as_rgb("", "#0f0"), as_rgb("RGB", "0, 51, 255"), as_rgb("", "red")
    ('1,0,0', '0,1,0', '0,0.2,1', None)
    """
    found = _HEX.fullmatch(name.strip()) if model == "HTML" or name.lstrip()[:1] == "#" else None
    if found:
        digits = found[1] if len(found[1]) == 6 else "".join(sign * 2 for sign in found[1])
        return ",".join(_part(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    numbers = _NUMBERS.fullmatch(name) if model in ("rgb", "RGB") else None
    if numbers is None:
        return None
    try:
        parts = [float(number) / (255 if model == "RGB" else 1) for number in numbers.groups()]
    except ValueError:
        return None
    return ",".join(_part(part) for part in parts)


def _part(part: float) -> str:
    return f"{min(max(part, 0.0), 1.0):.3f}".rstrip("0").rstrip(".") or "0"
