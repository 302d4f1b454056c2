"""What does another host say of one page of it?

HEAD first, and GET where that is not answered well; no body is read, no cookie kept.
"""

import ipaddress
import socket
import ssl
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from kb import __version__

PATIENCE = 15.0
"""Seconds to wait for a word of a host."""
AGENT = f"kb/{__version__} (checks the links of a site, each once a day)"
_GONE = {404, 410}
_RESERVED = (".example", ".test", ".invalid", ".localhost", ".local", ".internal")
"""Names that no public host has: RFC 2606, RFC 6761, RFC 6762, and ICANN's of July 2024."""
_SAMPLES = {"example.com", "example.net", "example.org", "localhost"}
_SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said: a status of HTTP, 0 for none, and the words for it."""

    status: int
    words: str

    @property
    def is_fine(self) -> bool:
        """Whether the page is there."""
        return 200 <= self.status < 300

    @property
    def is_dead(self) -> bool:
        """Whether it surely is not, or its host cannot be reached at all."""
        return self.status in _GONE or self.status < 0

    @property
    def is_lasting(self) -> bool:
        """Whether it is worth remembering."""
        return self.is_fine or self.status in _GONE


UNREACHED = -1
"""The status of a host that is not there."""


def ask(url: str, *, private: bool = False) -> Answer:
    """What the host of `url` says of it; one of a private network only if `private`."""
    try:
        plain = _ascii(url)
    except (ValueError, UnicodeError):
        return Answer(UNREACHED, "this is no address")
    opener = _opener(private=private)
    answer = _asked(opener, plain, "HEAD")
    is_final = answer.is_fine or answer.status in {429, UNREACHED}
    return answer if is_final else _asked(opener, plain, "GET")


def is_private(url: str) -> bool:
    """Whether an address is of this machine or network, or of an example in a text."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        samples = host in _SAMPLES or host.endswith(tuple(f".{name}" for name in _SAMPLES))
        return samples or host.endswith(_RESERVED) or "." not in host


def _asked(opener: OpenerDirector, url: str, method: str) -> Answer:
    request = Request(url, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})  # noqa: S310 - http and https alone have a handler
    try:
        with opener.open(request, timeout=PATIENCE) as response:
            return Answer(int(response.status), str(response.reason))
    except HTTPError as error:
        error.close()
        return Answer(error.code, f"{error.code} {error.reason}")
    except (OSError, HTTPException, ValueError) as error:
        return _failure(error)


def _failure(error: Exception) -> Answer:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return Answer(0, f"no answer in {PATIENCE:.0f} seconds")
    is_gone = isinstance(cause, socket.gaierror | ConnectionRefusedError | ssl.SSLError)
    return Answer(UNREACHED if is_gone else 0, " ".join(str(cause).split()) or type(cause).__name__)


class _Redirects(HTTPRedirectHandler):
    """Follows no host into a private network."""

    def __init__(self, *, private: bool) -> None:
        self._private = private

    def redirect_request(  # noqa: PLR0913, PLR0917 - urllib's
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request that follows, None for none."""
        is_public = self._private or not is_private(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl) if is_public else None


def _opener(*, private: bool) -> OpenerDirector:
    """What opens http and https, and nothing else."""
    opener = OpenerDirector()
    for part in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        _Redirects(private=private),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(part)
    return opener


def _ascii(url: str) -> str:
    """An address as it goes over the wire: RFC 3987, 3.1. Raises ValueError, UnicodeError."""
    parts = urlsplit(urldefrag(url).url)
    host = (parts.hostname or "").encode("idna").decode()
    port = f":{parts.port}" if parts.port else ""
    host = f"[{host}]" if ":" in host else host
    return urlunsplit(
        (parts.scheme, host + port, quote(parts.path, _SAFE), quote(parts.query, _SAFE), "")
    )
