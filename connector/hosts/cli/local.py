"""Commands that ask nothing of Zoom: a local Zoom to try things on, and a check of manifests."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .caller import catalogue, words
from .emitting import emit
from .output import AsJson, console, print_json, refuse, say, show_line, table

_INSTALL = "pip install 'zoom-connector[sandbox]'"


class Task(StrEnum):
    """What else the local Zoom can do."""

    EMIT = "emit"


def sandbox(
    task: Annotated[Task | None, typer.Argument(help="Send one example of an event, instead of running.")] = None,
    event: Annotated[str | None, typer.Argument(metavar="[EVENT]", help="By Zoom's name: meeting.ended.")] = None,
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8977,
    to: Annotated[
        str | None, typer.Option(metavar="URL", help="Where events are sent: what happens here, or the example.")
    ] = None,
    secret: Annotated[
        str | None, typer.Option(metavar="TOKEN", help="Signs what is sent; else that of your settings is used.")
    ] = None,
    account: Annotated[str | None, typer.Option(metavar="ID", help="Whose account the example is about.")] = None,
    user: Annotated[str | None, typer.Option(metavar="ID", help="Whom the example is about.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run a local Zoom until Ctrl-C, to try everything without an account; or `emit` an event."""
    try:
        from ...sandbox import Sandbox, seed
    except ModuleNotFoundError as error:
        if error.name != "werkzeug":
            raise
        refuse(words("The local Zoom needs one more package; install it with: {command}", command=_INSTALL))
    if task is not None:
        if event is None:
            refuse(words("Write which event: zoom-connector sandbox emit meeting.ended"))
        emit(event, to=to, secret=secret, account=account, user=user, as_json=as_json)
        return
    try:
        zoom = Sandbox(port)
    except OSError:
        refuse(words("Port {port} cannot be used here; name another one with --port.", port=port))
    if to is not None:
        zoom.webhook(to, secret=secret, challenged=False)
    say(words("A local Zoom runs at {address}", address=zoom.url), style="bold green")
    say(words("Point the connector at it, in another terminal:") + "\n")
    for name, value in {
        "ZOOM_URL": zoom.url,
        "API_URL": zoom.url,
        "CLIENT_ID": seed.CLIENT_ID,
        "CLIENT_SECRET": seed.CLIENT_SECRET,
        "WEBHOOK_SECRET": seed.WEBHOOK_SECRET,
        "DATABASE_URL": "sqlite:///sandbox.db",
    }.items():
        show_line(f"export ZOOM_CONNECTOR_{name}={value}")
    show_line("zoom-connector connect demo")
    say("\n" + words("Who lives here; choose one on its consent page:"))
    people = [
        (seed.HOST, words("licensed, with two recorded meetings")),
        (seed.COLLEAGUE, words("licensed")),
        (seed.BASIC, words("without a licence")),
        (seed.ADMIN, words("admin of the account")),
    ]
    console().print(table([words("E-mail"), words("Who")], people))
    say(words("Ctrl-C stops it."))
    zoom.serve_forever()


def validate(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder of manifests; the connector's own when left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check manifests and report every fault with its place."""
    from ...validate import validate as faults_of

    if folder is not None and not folder.is_dir():
        refuse(words("{folder} is not a folder.", folder=folder))
    findings = faults_of(folder or Path(str(catalogue().folder)))
    if as_json:
        print_json([{"file": str(each.file), "pointer": each.pointer, "message": each.message} for each in findings])
    elif findings:
        for each in findings:
            say(f"{each.file} {each.pointer or '/'}: {each.message}")
        count = words("{count} faults", count=len(findings)) if len(findings) > 1 else words("1 fault")
        say(f"\n{count}", style="bold red")
    else:
        say(words("Every manifest is in order."))
    if findings:
        raise typer.Exit(1)
