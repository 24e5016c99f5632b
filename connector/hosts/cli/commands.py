"""Every command by name, and how each of them ends.

Exit codes: 0 done, 1 failed, 2 wrong usage or input, 3 a person must act, 4 try again later, 130 stopped by Ctrl-C.
"""

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ...errors import ZoomConnectorError
from . import (
    actions,
    api_keys,
    approvals,
    connecting,
    connections,
    demo,
    docs,
    doctor,
    exporting,
    feed,
    forgetting,
    keys,
    listening,
    listings,
    local,
    mcp,
    privacy,
    running,
    scopes,
    serving,
    showing,
    subscribing,
    support,
    webhook_secret,
)
from .caller import words
from .explanations import show_failure
from .help_texts import translate
from .output import say


class Command(TyperCommand):
    """A command whose failures end as sentences and an exit code, not as tracebacks."""

    def get_help_option(self, ctx: Any) -> Any:
        return _in_words(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        return _usage(super().get_usage(ctx))

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ZoomConnectorError as failure:
            raise typer.Exit(show_failure(failure, as_json=bool(ctx.params.get("as_json")))) from failure
        except KeyboardInterrupt as stop:
            say(_stopped(self.name or ""), err=True)
            raise typer.Exit(130) from stop


def _in_words(help_option: Any) -> Any:
    help_option.help = words("Show this message and exit.")
    return help_option


def _usage(line: str) -> str:
    return line.replace("Usage:", words("Usage:"), 1)


def _stopped(name: str) -> str:
    return {
        "connect": words("Stopped. Nothing was connected; run the command again whenever you like."),
        "keys": words("Stopped. What is left still needs the older key; run the command again whenever you like."),
        "listen": words("Stopped. Events are no longer kept for this."),
        "run": words(
            "Stopped. A download goes on where it was when you run it again; look at Zoom before you repeat a change."
        ),
        "serve": words("Stopped. What was taken in is safe, and is delivered when the server runs again."),
        "sandbox": words("Stopped. What was made in the local Zoom is gone."),
    }.get(name, words("Stopped."))


class Commands(TyperGroup):
    """The commands, with their help in the caller's language."""

    def get_help_option(self, ctx: Any) -> Any:
        return _in_words(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        return _usage(super().get_usage(ctx))

    def main(self, *args: Any, **options: Any) -> Any:
        translate(self)
        return super().main(*args, **options)


# A traceback with local variables would print tokens.
app = typer.Typer(
    cls=Commands,
    help="Connect to Zoom and run its actions.",
    epilog="Start with: zoom-connector demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


_PACKAGE = "zoom-connector"


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        say(f"{_PACKAGE} {version(_PACKAGE)}")
        raise typer.Exit


@app.callback()
def _start(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


_COMMANDS: dict[str, dict[str, Callable[..., None]]] = {
    "Look around": {
        "actions": actions.actions,
        "triggers": listings.triggers,
        "describe": listings.describe,
        "explain": listings.explain,
        "support-bundle": support.support_bundle,
    },
    "The app at Zoom": {
        "scopes": scopes.scopes,
        "privacy": privacy.privacy,
        "app-manifest": scopes.app_manifest,
        "docs": docs.docs,
        "webhook-secret": webhook_secret.webhook_secret,
    },
    "Connections": {
        "connect": connecting.connect,
        "connections": connections.connections,
        "show": showing.show,
        "test": connections.try_out,
        "doctor": doctor.doctor,
        "rename": connections.rename,
        "disconnect": connections.disconnect,
        "forget": forgetting.forget,
    },
    "Work": {"run": running.run, "serve": serving.serve, "mcp": mcp.mcp},
    "Events": {
        "subscribe": subscribing.subscribe,
        "subscriptions": feed.subscriptions,
        "listen": listening.listen,
        "events": feed.events,
        "replay": feed.replay,
    },
    "Other platforms": {"export": exporting.export},
    "The database": {"keys": keys.keys, "copy-store": keys.copy_store},
    "Try out and develop": {"demo": demo.demo, "sandbox": local.sandbox, "validate": local.validate},
}
for _panel, _members in _COMMANDS.items():
    for _name, _command in _members.items():
        app.command(_name, cls=Command, rich_help_panel=_panel)(_command)

_approvals = typer.Typer(
    cls=Commands, help="Decide who may use which app, as an admin of the Zoom account.", no_args_is_help=True
)
for _name, _command in approvals.COMMANDS.items():
    _approvals.command(_name, cls=Command)(_command)
app.add_typer(_approvals, name="approvals", rich_help_panel="The app at Zoom")

_api_keys = typer.Typer(
    cls=Commands, help="Make keys for callers of the web service, and revoke them.", no_args_is_help=True
)
for _name, _command in api_keys.COMMANDS.items():
    _api_keys.command(_name, cls=Command)(_command)
app.add_typer(_api_keys, name="api-keys", rich_help_panel="Work")
