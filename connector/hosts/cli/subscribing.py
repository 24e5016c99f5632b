"""`subscribe`: have events brought to an address on the web."""

from datetime import datetime
from typing import Annotated

import typer

from .. import facts
from . import zoom_side
from .caller import load, words
from .feed import moment
from .listening import Filters, From, Reveal, SafetyNet
from .output import AsJson, print_json, say, show_line


def subscribe(
    trigger: Annotated[str, typer.Argument(help="What to be told of, such as meeting_ended.")],
    filters: Filters = None,
    *,
    connection: From,
    to: Annotated[str, typer.Option(metavar="URL", help="The https address that gets the events.")],
    ordered: Annotated[
        bool, typer.Option("--ordered", help="Bring nothing before what happened earlier has arrived.")
    ] = False,
    reveal: Reveal = None,
    safety_net: SafetyNet = False,
    since: Annotated[
        datetime | None, typer.Option(parser=moment, metavar="TIME", help="Where asking Zoom begins; else now.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Have events sent to an address, signed, again and again until they arrive."""
    from .fields import from_arguments

    with load() as connector:
        known = connector.triggers[trigger].filters if trigger in connector.triggers else {}
        chosen = connector.connection(connection)
        made = chosen.subscribe(
            trigger,
            from_arguments(known, filters or ()),
            to=to,
            ordered=ordered,
            reveal=reveal or (),
            safety_net=safety_net,
            since=since,
        )
        # Zoom may take half a minute, so what is shown only once is shown first.
        if not as_json:
            say(words("Subscribed: {id}", id=made.id), style="bold green")
            say(words("The receiver checks signatures with this secret (Standard Webhooks). It is shown only now:"))
            show_line(made.sink.secret)
        arrangement = chosen.arrange_events(trigger, made.filters)
        if as_json:
            print_json(facts.subscribed(made, arrangement))
        else:
            zoom_side.arranged(chosen, arrangement, connector.triggers[trigger])
