"""Does a request come from a page of ours, by a name of ours?"""

import re

_OURS = ("localhost", "127.0.0.1", "[::1]")
_EVERYWHERE = ("0.0.0.0", "[::]")  # noqa: S104 - compared with, never bound
_AUTHORITY = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


def in_url(host: str) -> str:
    """The host as a URL writes it: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def is_our_host(header: str, asked: str, reached: str) -> bool:
    """Whether a `Host` header names this server.

    A page of another site whose name has been pointed at this machine (DNS rebinding) still sends
    its own name, which is how it is told apart. `asked` is the host that the person asked for,
    `reached` the address at which the connection came in; it counts only where they asked to
    listen at every address.
    """
    authority = _AUTHORITY.fullmatch(header)
    if authority is None:
        return False
    name = authority["name"].lower()
    asked = in_url(asked).lower()
    return name in (*_OURS, asked) or (asked in _EVERYWHERE and name == in_url(reached).lower())


def is_our_origin(origin: str | None, host: str) -> bool:
    """Whether a request with this `Origin` header was made by a page that `host` served.

    Browsers leave the header out of a same-origin GET, so none is fine.
    """
    return origin is None or origin.lower() in (f"http://{host}".lower(), f"https://{host}".lower())
