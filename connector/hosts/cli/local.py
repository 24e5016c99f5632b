"""Commands that ask nothing of Zoom: a local Zoom to try things on, and a check of manifests."""

from pathlib import Path
from typing import Annotated

import typer

from ...catalogue import Catalogue
from .output import AsJson, console, print_json, refuse, say, show_line, table


def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8977,
) -> None:
    """Run a local Zoom until Ctrl-C, to try everything without an account."""
    try:
        from ...sandbox import Sandbox, seed
    except ModuleNotFoundError as error:
        if error.name != "werkzeug":
            raise
        refuse("The local Zoom needs one more package; install it with: pip install 'zoom-connector[sandbox]'")
    try:
        zoom = Sandbox(port)
    except OSError:
        refuse(f"Port {port} cannot be used here; name another one with --port.")
    say(f"A local Zoom runs at {zoom.url}", style="bold green")
    say("Point the connector at it, in another terminal:\n")
    for name, value in {
        "ZOOM_URL": zoom.url,
        "API_URL": zoom.url,
        "CLIENT_ID": seed.CLIENT_ID,
        "CLIENT_SECRET": seed.CLIENT_SECRET,
        "DATABASE_URL": "sqlite:///sandbox.db",
    }.items():
        show_line(f"export ZOOM_CONNECTOR_{name}={value}")
    show_line("zoom-connector connect demo")
    say("\nWho lives here; choose one on its consent page:")
    people = [
        (seed.HOST, "licensed, with two recorded meetings"),
        (seed.COLLEAGUE, "licensed"),
        (seed.BASIC, "without a licence"),
        (seed.ADMIN, "admin of the account"),
    ]
    console().print(table(["E-mail", "Who"], people))
    say("Ctrl-C stops it.")
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
        refuse(f"{folder} is not a folder.")
    findings = faults_of(folder or Path(str(Catalogue().folder)))
    if as_json:
        print_json([{"file": str(each.file), "pointer": each.pointer, "message": each.message} for each in findings])
    elif findings:
        for each in findings:
            say(f"{each.file} {each.pointer or '/'}: {each.message}")
        say(f"\n{len(findings)} faults" if len(findings) > 1 else "\n1 fault", style="bold red")
    else:
        say("Every manifest is in order.")
    if findings:
        raise typer.Exit(1)
