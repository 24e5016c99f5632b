"""A failure as a person sees it, and the one place where failures of the connector become one."""

from typing import TYPE_CHECKING

from ...catalogue import Catalogue
from ...errors import ManifestError, ZoomConnectorError
from .output import console, print_json, printable, say

if TYPE_CHECKING:
    from ...explain import Explanation

_WHO = {
    "workflow_author": "you, in what you filled in",
    "connection_owner": "you, or whoever made this connection",
    "other_user": "the other user, by sharing access",
    "zoom_admin": "your Zoom admin",
    "connector_admin": "whoever installed this connector",
    "zoom": "Zoom",
    "nobody": "nobody; it passes by itself",
}


def show_failure(failure: ZoomConnectorError, *, as_json: bool) -> int:
    """Tell what went wrong and what to do, and return the exit code.

    People read it on standard error; with `as_json` the explanation is standard output's only content.
    """
    from ...explain import explain

    try:
        explanation = explain(failure, Catalogue().errors)
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
        out.print(f"\nWho can mend it: {_WHO[explanation.who]}")
        steps = Table.grid(padding=(0, 1))
        for number, step in enumerate(explanation.steps, start=1):
            steps.add_row(f"{number}.", printable(step))
        out.print(Padding(steps, (0, 0, 0, 2)))
    if explanation.retry_at is not None:
        out.print(f"\nTry again after {explanation.retry_at.isoformat()}")
    if explanation.candidates:
        out.print(f"\nIt may be one of these: {', '.join(explanation.candidates)}")
        out.print(f"Read about one with: zoom-connector explain {explanation.candidates[0]}")
    facts = _what_zoom_said(explanation)
    if facts:
        out.print(f"\n{facts}", style="dim")


def _what_zoom_said(explanation: "Explanation") -> str:
    zoom = explanation.zoom
    if zoom is None:
        return ""
    named = {"HTTP": zoom.status, "code": zoom.code, "tracking id": zoom.tracking_id}
    numbers = ", ".join(f"{name} {value}" for name, value in named.items() if value)
    said = f"Zoom said: {printable(zoom.message)}" if zoom.message else "Zoom's answer"
    return f"{said} ({numbers})" if numbers else said
