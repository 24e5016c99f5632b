"""`api-keys`: who may call the web service."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from .caller import load, words
from .output import AsJson, console, print_json, say, show_line, table

if TYPE_CHECKING:
    from ...api_keys import ApiKeys
    from ...plugin import Connector

Name = Annotated[str, typer.Argument(help="Who has the key, such as n8n.")]


def create(name: Name, as_json: AsJson = False) -> None:
    """Make a key for a caller of the web service, and show it this once."""
    with load() as connector:
        key = _keys(connector).create(name)
    if as_json:
        print_json({"name": name, "key": key})
        return
    say(words("The key of {name}. It is shown only now:", name=name), style="bold green")
    show_line(key)
    say(words("From now on nobody is served without a key. Callers send it in a header:"))
    show_line("Authorization: Bearer KEY")


def list_keys(as_json: AsJson = False) -> None:
    """List the keys that were made, by name; none of them can be shown again."""
    with load() as connector:
        found = _keys(connector).all()
    if as_json:
        print_json([{"name": key.name, "since": key.since.isoformat()} for key in found])
    elif found:
        rows = [(key.name, f"{key.since.astimezone():%Y-%m-%d %H:%M}") for key in found]
        console().print(table([words("Key"), words("Made")], rows))
    else:
        say(words("No key was made yet. Make one with: zoom-connector api-keys create NAME"))


def revoke(name: Name, as_json: AsJson = False) -> None:
    """Let a key count no more, from the next request on."""
    with load() as connector:
        _keys(connector).revoke(name)
    if as_json:
        print_json({"name": name})
    else:
        say(words("The key of {name} counts no more.", name=name))


def _keys(connector: "Connector") -> "ApiKeys":
    from ...api_keys import ApiKeys

    return ApiKeys(connector.engine.store.api_keys, connector.settings.api_key)


COMMANDS: dict[str, Callable[..., None]] = {"create": create, "list": list_keys, "revoke": revoke}
