"""`doctor`: look at everything that a connection needs, in the order in which things break."""

from typing import TYPE_CHECKING, Annotated

import typer

from .caller import load, words
from .explanations import print_explanation
from .output import AsJson, console, print_json, say, table

if TYPE_CHECKING:
    from ...doctor.findings import Diagnosis, Finding


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
        say(f"{_sign(finding)}: {finding.title}{subject}", style="bold")
        if finding.explanation is not None:
            print_explanation(finding.explanation)
    if not told:
        say("\n" + words("Nothing is wrong."), style="bold green")
    elif diagnosis.failure is not None and len(told) > 1:
        begin = words("Begin with: {check}. What comes after it may follow from it.", check=diagnosis.failure.title)
        say(f"\n{begin}", style="bold")


def _print_rows(about: str, rows: "list[Finding]") -> None:
    lines = ((_sign(finding), finding.title, finding.sentence) for finding in rows)
    console().print(table(["", about or words("Installation"), words("Finding")], lines))


def _sign(finding: "Finding") -> str:
    signs = {"pass": words("ok"), "warning": words("look"), "failure": words("WRONG"), "not_checkable": "-"}
    return signs[finding.status]
