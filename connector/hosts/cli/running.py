"""`run`: one action, with its fields from the command line and from a file."""

from typing import Annotated

import typer

from .output import AsJson, print_json


def run(
    action: Annotated[str, typer.Argument(help="What to do, such as create_meeting.")],
    fields: Annotated[
        list[str] | None, typer.Argument(metavar="[FIELD=VALUE]...", help="What to fill in; wins over the file.")
    ] = None,
    *,
    connection: Annotated[str, typer.Option("--connection", "-c", metavar="NAME", help="The connection to use.")],
    input: Annotated[
        str | None, typer.Option(metavar="FILE", help="A JSON file to fill in; - reads it from standard input.")
    ] = None,
    reveal: Annotated[
        list[str] | None, typer.Option(metavar="OUTPUT", help="Show this secret output; may be repeated.")
    ] = None,
    idempotency_key: Annotated[
        str | None, typer.Option(metavar="KEY", help="Run once; the same key again gives the same result.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run an action, such as: run create_meeting -c sales topic='Kick-off' start_time=2030-01-07T10:00:00Z."""
    from .caller import load
    from .fields import from_arguments, from_file
    from .progress import ProgressBar
    from .results import print_outputs

    with load() as connector:
        found = connector.action(action)
        inputs = {**from_file(input), **from_arguments(found.inputs, fields or ())}
        with ProgressBar() as progress:
            outputs = connector.connection(connection).run(
                action, inputs, idempotency_key=idempotency_key, reveal=reveal or (), progress=progress
            )
    if as_json:
        print_json(outputs)
    else:
        print_outputs(found.outputs, outputs)
