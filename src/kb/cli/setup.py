"""Which commands help a person to set kb up?"""

import click
from click.shell_completion import get_completion_class

from kb.cli.session import PROBLEMS, Group, Session


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(session: Session, *, as_json: bool) -> None:
    """Print each setting, its value, and where that was set.

    \b
    kb config show
    """
    from kb.commands.config import show as run

    run(session.project(), session.console, as_json=as_json)


@click.command()
@click.pass_obj
def schema(session: Session) -> None:
    """Print the JSON Schema of kb.yaml, by which an editor completes and checks it.

    \b
    kb config schema > kb.schema.json
    """
    from kb.commands.config import print_schema as run

    run(session.console)


@click.group(cls=Group, commands=(show, schema))
def config() -> None:
    """See the settings in effect, and all that there are.

    \b
    kb config show
    kb config schema > kb.schema.json
    """


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def doctor(session: Session, *, as_json: bool) -> None:
    """Look for what may be in the way: packages, settings, permissions, the size of the site.

    Exit with 1 where something will be. The size is compared with what well-known hosts take.

    \b
    kb doctor
    kb doctor --json
    """
    from kb.commands.doctor import doctor as run

    if not run(session.folder, session.console, as_json=as_json):
        raise click.exceptions.Exit(PROBLEMS)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a script with which SHELL completes kb's commands, options, topics and articles.

    \b
    kb completion bash > ~/.local/share/bash-completion/completions/kb
    kb completion zsh > "${fpath[1]}/_kb"
    kb completion fish > ~/.config/fish/completions/kb.fish
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    script = found(ctx.find_root().command, {}, "kb", "_KB_COMPLETE").source()
    ctx.ensure_object(Session).console.data(script)
