"""`listen`: events as lines of JSON, as they happen."""

import threading
from typing import TYPE_CHECKING, Annotated

import typer

from .caller import load, words
from .output import say

if TYPE_CHECKING:
    from ...events.messages import Message

Filters = Annotated[
    list[str] | None, typer.Argument(metavar="[FILTER=VALUE]...", help="Only what fits, such as topic=Kick-off.")
]
From = Annotated[str, typer.Option("--connection", "-c", metavar="NAME", help="The connection whose events to get.")]
Reveal = Annotated[list[str] | None, typer.Option(metavar="OUTPUT", help="Show this secret output; may be repeated.")]
SafetyNet = Annotated[bool, typer.Option("--safety-net", help="Ask Zoom regularly too, in case its message got lost.")]


def listen(
    trigger: Annotated[str, typer.Argument(help="What to wait for, such as meeting_ended.")],
    filters: Filters = None,
    *,
    connection: From,
    count: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="End after so many events; else Ctrl-C ends it.")
    ] = None,
    reveal: Reveal = None,
    safety_net: SafetyNet = False,
) -> None:
    """Print events as lines of JSON, from now on. Zoom brings them to `zoom-connector serve`."""
    from ...events.wishes import Wish
    from .fields import from_arguments

    over = threading.Event()
    printed = 0

    def take(message: "Message") -> None:
        nonlocal printed
        if over.is_set():
            raise EOFError  # the events that were asked for have been printed
        typer.echo(message.as_json(id=message.id))
        printed += 1
        if printed == count:
            over.set()

    with load() as connector:
        known = connector.triggers[trigger].filters if trigger in connector.triggers else {}
        wish = Wish(
            trigger, from_arguments(known, filters or ()), ordered=True, reveal=reveal or (), safety_net=safety_net
        )
        with connector.feed.listen(connector.connection(connection).record, wish, take):
            say(words("Listening for {trigger}. Ctrl-C stops it.", trigger=trigger), err=True)
            over.wait()
