"""`doctor`: look at everything that a connection needs, in the order in which things break."""

from typing import TYPE_CHECKING, Annotated

import typer

from .explanations import print_explanation
from .output import AsJson, console, print_json, say, table

if TYPE_CHECKING:
    from ...doctor.findings import Diagnosis, Finding

_SIGNS = {"pass": "ok", "warning": "look", "failure": "WRONG", "not_checkable": "-"}


def doctor(
    name: Annotated[
        str | None, typer.Argument(help="Of the connection; without one the app in the settings and all of them.")
    ] = None,
    for_: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="KEY", help="An action or trigger that is to work; may be given several times."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find out what keeps things from working, and who can mend it. Changes nothing."""
    from ...plugin import load

    with load() as connector:
        diagnosis = connector.doctor(name, *(for_ or ()))
    if as_json:
        print_json(diagnosis.as_dict())
    else:
        _print(diagnosis)
    raise typer.Exit(diagnosis.exit_code)


def _print(diagnosis: "Diagnosis") -> None:
    about = ""
    rows: list[Finding] = []
    for finding in diagnosis.findings:
        if finding.about != about and rows:
            _print_rows(about, rows)
            rows = []
        about = finding.about
        rows.append(finding)
    _print_rows(about, rows)
    told = [finding for finding in diagnosis.findings if finding.explanation is not None]
    for finding in told:
        say()
        subject = f", {finding.about}" if finding.about else ""
        say(f"{_SIGNS[finding.status]}: {finding.title}{subject}", style="bold")
        if finding.explanation is not None:
            print_explanation(finding.explanation)
    if not told:
        say("\nNothing is wrong.", style="bold green")
    elif diagnosis.failure is not None and len(told) > 1:
        say(f"\nBegin with: {diagnosis.failure.title}. What comes after it may follow from it.", style="bold")


def _print_rows(about: str, rows: "list[Finding]") -> None:
    lines = ((_SIGNS[finding.status], finding.title, finding.sentence) for finding in rows)
    console().print(table(["", about or "Installation", "Finding"], lines))
