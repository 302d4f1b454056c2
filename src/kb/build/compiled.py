"""How does a template become Python that does little besides joining texts?"""

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment
from markupsafe import escape as marked

_JINJAS = " escape,"
_OURS = f"from {__name__} import escape; from jinja2.runtime import"


class Compiled(Environment):
    """An environment whose templates escape by the function below, and share one set of globals.

    Jinja makes an object of each text that it escapes, and joins two mappings for each template
    that is included: a third of the time of a page.
    """

    def _generate(self, *given: Any, **named: Any) -> str:
        made = super()._generate(*given, **named)
        return made.replace(_JINJAS, "", 1).replace("from jinja2.runtime import", _OURS, 1)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of every template; none has any of its own."""
        return {**self.globals, **d} if d else self.globals


def escape(value: object) -> str:
    """What a template shows: a text that holds no sign of HTML is shown as it stands."""
    if type(value) is not str:
        return marked(value)
    if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
        return marked(value)
    return value
