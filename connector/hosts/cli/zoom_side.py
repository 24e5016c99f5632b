"""What has to be done at Zoom so that events come: as far as it was not done through Zoom's API, step by step."""

from typing import TYPE_CHECKING, Any

from ...app_manifest import reachable
from .explanations import print_explanation
from .output import say, show_line

if TYPE_CHECKING:
    from ...connection import Connection
    from ...events.arranging import Arrangement
    from ...trigger import Trigger

_ADDRESS = "https://YOUR-DOMAIN/webhooks/zoom/"
_APP_PAGE = "At marketplace.zoom.us, under Manage, open the app; under Features, Access"


def arranged(connection: "Connection", arrangement: "Arrangement", trigger: "Trigger") -> None:
    """Say how Zoom is brought to send what fires a trigger, and what is left to be done."""
    events = ", ".join(arrangement.events)
    if arrangement.way == "asks":
        say("Zoom does not send this; it is asked regularly while this runs: zoom-connector serve")
    elif arrangement.way in ("there", "made"):
        since = "from now on" if arrangement.way == "made" else "already"
        say(f"Zoom sends {events} {since}, as long as this runs: zoom-connector serve")
    else:
        _by_hand(connection, arrangement, trigger)


def as_facts(arrangement: "Arrangement") -> dict[str, Any]:
    """Return how Zoom is brought to send it, as JSON."""
    return {
        "way": arrangement.way,
        "app": arrangement.app,
        "address": arrangement.address or None,
        "events": list(arrangement.events),
        "whole_account": arrangement.whole_account,
        "secret_known": arrangement.secret_known,
        "failure": arrangement.failure.code if arrangement.failure else None,
    }


def _by_hand(connection: "Connection", arrangement: "Arrangement", trigger: "Trigger") -> None:
    if arrangement.failure is not None:
        say("Zoom did not let the app subscribe to events by itself:\n", style="bold")
        print_explanation(connection.connector.explain(arrangement.failure))
    say("\nFor Zoom to send the events, in this order; skip what is there already:\n", style="bold")
    steps = [
        *_address(arrangement),
        *_secret(connection, arrangement),
        ("Let it run, so that it can answer Zoom's check:", ["zoom-connector serve"]),
        *_form(arrangement, trigger),
        *_sign_in(connection, arrangement),
    ]
    for number, (sentence, lines) in enumerate(steps, start=1):
        say(f"{number}. {sentence}")
        for line in lines:
            show_line(line)


_Steps = list[tuple[str, list[str]]]


def _address(arrangement: "Arrangement") -> _Steps:
    if arrangement.address and reachable(arrangement.address):
        return []
    why = f"Zoom cannot reach {arrangement.address}; it" if arrangement.address else "Zoom"
    return [
        (
            f"{why} needs an https address with a domain name that leads to zoom-connector serve. Say which:",
            ["export ZOOM_CONNECTOR_PUBLIC_URL=https://YOUR-DOMAIN"],
        )
    ]


def _secret(connection: "Connection", arrangement: "Arrangement") -> _Steps:
    if arrangement.secret_known:
        return []
    where = f"{_APP_PAGE} there is a Secret Token, which Zoom signs events with. "
    if arrangement.app == connection.connector.settings.client_id:
        return [(f"{where}Put it into the settings of the server:", ["ZOOM_CONNECTOR_WEBHOOK_SECRET"])]
    return [(f"{where}Enter it here, where it is asked for:", [f"zoom-connector webhook-secret {arrangement.app}"])]


def _form(arrangement: "Arrangement", trigger: "Trigger") -> _Steps:
    address = arrangement.address if reachable(arrangement.address) else f"{_ADDRESS}{arrangement.app}"
    if trigger.events and not arrangement.events:
        return [
            (
                "Zoom sends this of itself, for published apps. On the app's page the deauthorization endpoint is:",
                [address],
            )
        ]
    receivers = "all users in the account" if arrangement.whole_account else "only users who added the app"
    wanted = [_event(event, trigger.zoom_label) for event in arrangement.events] or ["whatever is to fire it"]
    return [
        (
            f"{_APP_PAGE} switch on Event Subscriptions and add one for:",
            [*(f"Event: {each}" for each in wanted), f"Receivers: {receivers}"],
        ),
        (
            "Enter the Event notification endpoint URL, click Validate where there is such a button, then Save:",
            [address],
        ),
    ]


def _event(event: str, label: str) -> str:
    return f"{label} ({event})" if label else event


def _sign_in(connection: "Connection", arrangement: "Arrangement") -> _Steps:
    from ...store.values import AppKind

    if connection.record.grant.app.kind is AppKind.SERVER:
        return [("On the app's page look under Activation: after a change it may have to be activated again.", [])]
    own = arrangement.app == connection.connector.settings.client_id
    command = f"zoom-connector connect {connection.name}"
    return [
        (
            "Then sign in again. Zoom may send nothing for a sign-in that is older than the subscription:",
            [command if own else f"{command} --client-id {arrangement.app}"],
        )
    ]
