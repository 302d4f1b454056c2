"""Which commands has kb, and what does each take?"""

import inspect
from collections.abc import Iterator

import click

from kb.cli import cli
from reference.speech import Speech, code, table

_RAW = "\b\n"
"""What begins a paragraph whose lines click does not join: of examples."""


def commands(speech: Speech) -> str:
    """Every command with its usage, its options and its examples."""
    return "\n".join(_sections(speech, cli, click.Context(cli, info_name="kb")))


def _sections(speech: Speech, command: click.Command, ctx: click.Context) -> Iterator[str]:
    yield _section(speech, command, ctx)
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            inner = command.commands[name]
            if not inner.hidden:
                yield from _sections(speech, inner, click.Context(inner, ctx, name))


def _section(speech: Speech, command: click.Command, ctx: click.Context) -> str:
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    words = [speech.tell(text) for text in paragraphs if not text.startswith(_RAW)]
    examples = [text.removeprefix(_RAW) for text in paragraphs if text.startswith(_RAW)]
    usage = " ".join((ctx.command_path, *command.collect_usage_pieces(ctx)))
    parts = [f"## {ctx.command_path}", *words, f"```text\n{usage}\n```"]
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    if options:
        head = map(speech.tell, ("option", "meaning"))
        parts.append(table(head, (_row(speech, option, ctx) for option in options)).rstrip())
    parts += [f"```sh\n{text}\n```" for text in examples]
    return "\n\n".join(parts) + "\n"


def _row(speech: Speech, option: click.Option, ctx: click.Context) -> tuple[str, str]:
    record = option.get_help_record(ctx)
    told = speech.tell(option.help or "")
    more = option.get_help_extra(ctx)
    if "default" in more:
        told += f" ({speech.tell('default')}: {code(more['default'])})"
    return code(record[0] if record else option.name or ""), told
