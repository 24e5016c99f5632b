"""A failure as a person sees it, and the one place where failures of the connector become one."""

from typing import TYPE_CHECKING

from ...errors import ManifestError, ZoomConnectorError
from ...words import filled
from ..told import what_zoom_said, who
from .caller import catalogue, words
from .output import console, print_json, printable, say

if TYPE_CHECKING:
    from ...explain import Explanation


def show_failure(failure: ZoomConnectorError, *, as_json: bool) -> int:
    """Tell what went wrong and what to do, and return the exit code.

    People read it on standard error; with `as_json` the explanation is standard output's only content.
    """
    from ...explain import explain

    try:
        explanation = explain(failure, catalogue().errors)
    except ManifestError as broken:  # the error catalogue itself cannot be read, so there are no sentences
        say(f"{failure}\n{broken}", err=True)
        return 1
    if as_json:
        print_json(explanation.as_dict())
    else:
        print_explanation(explanation, err=True)
    return explanation.exit_code


def print_explanation(explanation: "Explanation", *, err: bool = False) -> None:
    """Print title, reason, who can act, the steps and what Zoom said."""
    from rich.padding import Padding
    from rich.table import Table

    out = console(err=err)
    out.print(printable(explanation.title), style="bold red" if err else "bold")
    out.print(printable(explanation.detail))
    if explanation.steps:
        out.print("\n" + words("Who can mend it: {who}", who=who(explanation, catalogue().words)))
        steps = Table.grid(padding=(0, 1))
        for number, step in enumerate(explanation.steps, start=1):
            steps.add_row(f"{number}.", printable(step))
        out.print(Padding(steps, (0, 0, 0, 2)))
    if explanation.retry_at is not None:
        out.print("\n" + words("Try again after {moment}", moment=explanation.retry_at.isoformat()))
    if explanation.candidates:
        out.print("\n" + words("It may be one of these:"))
        candidates = Table.grid(padding=(0, 2))
        for code in explanation.candidates:
            candidates.add_row(code, printable(filled(catalogue().errors[code]["title"], {})))
        out.print(Padding(candidates, (0, 0, 0, 2)))
        out.print(words("Read about one with: zoom-connector explain {code}", code=explanation.candidates[0]))
    facts = what_zoom_said(explanation, catalogue().words)
    if facts:
        out.print(f"\n{printable(facts)}", style="dim")
