"""Around Zoom's consent page: what it may show, and the letter to the admin when it lets somebody not through."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from ...errors import SettingsError, SignInFailed
from .explanations import print_explanation
from .output import print_json, printable, say, show_line

if TYPE_CHECKING:
    from ...approval_request import ApprovalRequest
    from ...explain import Explanation
    from ...plugin import Connector

_NOT_APPROVED = ("approval_needed", "not_authorized_for_app")
_HEADLINE = re.compile(r"you cannot authorize (?!the app\b)([^\n.]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """What is known for a letter before anybody leaves for Zoom."""

    connector: "Connector"
    connection: str
    app_name: str
    keys: tuple[str, ...]
    """Actions and triggers to give reasons for."""

    def write(self, inputs: Mapping[str, Any], redirect_uri: str, app_name: str = "") -> "ApprovalRequest":
        """Write it.

        Args:
            inputs: what the form about the app was filled in with; the app in the settings where it names none.
            redirect_uri: as the app at Zoom has it.
            app_name: where the person did not give it.

        Raises:
            SettingsError: `app_not_configured`.
            InvalidInputs: `unknown_action`.
        """
        from ...approval_request import Applicant, approval_request

        connector = self.connector
        client_id = inputs.get("client_id") or connector.settings.client_id
        if not client_id:
            raise SettingsError("app_not_configured", settings=["ZOOM_CONNECTOR_CLIENT_ID"])
        user = next((each.user for each in connector.connections() if each.name == self.connection), "")
        return approval_request(
            connector.catalogue,
            Applicant(client_id, redirect_uri, inputs.get("usage", "user"), self.app_name or app_name, user),
            zoom_url=connector.settings.zoom_url,
            uses=[connector.triggers.get(key) or connector.action(key) for key in dict.fromkeys(self.keys)],
        )


def say_pages(connector: "Connector", name: str) -> None:
    """Say what Zoom may show: when an admin has to act first, no error ever comes back from there."""
    pages = connector.catalogue.approvals["pages"]
    say(f"3. {pages['title']}", err=True)
    for state in pages["states"]:
        labels = ", ".join(f'"{label}"' for label in state["labels"])
        say(f"   - {labels}: {state['meaning']}", err=True)
    say(f"   {pages['then']}", err=True)
    show_line(f'zoom-connector connect {name} --refused "You cannot authorize ..."', err=True)
    say(err=True)


@contextmanager
def answer_timeout(letter: Letter, inputs: Mapping[str, Any], redirect_uri: str, *, as_json: bool) -> Iterator[None]:
    """When nobody comes back from Zoom in time, explain it and add the letter, in case an admin has to act."""
    try:
        yield
    except SignInFailed as failure:
        if failure.code != "sign_in_timeout":
            raise
        explanation = letter.connector.explain(failure)
        _hand_out(explanation, letter.write(inputs, redirect_uri), as_json=as_json)
        raise typer.Exit(explanation.exit_code) from failure


def answer_report(
    letter: Letter, report: str, inputs: Mapping[str, Any], redirect_uri: str, *, as_json: bool
) -> NoReturn:
    """Answer somebody who says what Zoom's page said: with the letter, where an approval is what is missing."""
    explanation = letter.connector.explain(report)
    written = None
    if explanation.code in _NOT_APPROVED:
        found = _HEADLINE.search(report)
        written = letter.write(inputs, redirect_uri, found[1].strip() if found else "")
    _hand_out(explanation, written, as_json=as_json)
    raise typer.Exit(explanation.exit_code)


def _hand_out(explanation: "Explanation", letter: "ApprovalRequest | None", *, as_json: bool) -> None:
    if as_json:
        print_json({**explanation.as_dict(), "approval_request": letter and letter.as_dict()})
        return
    print_explanation(explanation, err=True)
    if letter is not None:
        say(f"\n{letter.introduction}\n", err=True, style="bold")
        typer.echo(printable(f"{letter.subject}\n\n{letter.text}"))
