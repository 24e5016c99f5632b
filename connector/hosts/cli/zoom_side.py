"""What has to be done at Zoom so that events come: as far as it was not done through Zoom's API, step by step."""

from typing import TYPE_CHECKING

from .caller import words
from .explanations import print_explanation
from .output import say, show_line

if TYPE_CHECKING:
    from ...connection import Connection
    from ...events.arranging import Arrangement
    from ...trigger import Trigger

_ADDRESS = "https://YOUR-DOMAIN/webhooks/zoom/"


def arranged(connection: "Connection", arrangement: "Arrangement", trigger: "Trigger") -> None:
    """Say how Zoom is brought to send what fires a trigger, and what is left to be done."""
    events = arrangement.events
    if arrangement.way == "asks":
        say(words("Zoom does not send this; it is asked regularly while this runs: zoom-connector serve"))
    elif arrangement.way == "made":
        say(words("Zoom sends {events} from now on, as long as this runs: zoom-connector serve", events=events))
    elif arrangement.way == "there":
        say(words("Zoom sends {events} already, as long as this runs: zoom-connector serve", events=events))
    else:
        _by_hand(connection, arrangement, trigger)


def _by_hand(connection: "Connection", arrangement: "Arrangement", trigger: "Trigger") -> None:
    if arrangement.failure is not None:
        say(words("Zoom did not let the app subscribe to events by itself:") + "\n", style="bold")
        print_explanation(connection.connector.explain(arrangement.failure))
    order = words("For Zoom to send the events, in this order; skip what is there already:")
    say(f"\n{order}\n", style="bold")
    steps = [
        *_address(connection, arrangement),
        *_secret(connection, arrangement),
        (words("Let it run, so that it can answer Zoom's check:"), ["zoom-connector serve"]),
        *_form(connection, arrangement, trigger),
        *_sign_in(connection, arrangement),
    ]
    for number, (sentence, lines) in enumerate(steps, start=1):
        say(f"{number}. {sentence}")
        for line in lines:
            show_line(line)


_Steps = list[tuple[str, list[str]]]


def _address(connection: "Connection", arrangement: "Arrangement") -> _Steps:
    if _reached(connection, arrangement):
        return []
    needed = words("Zoom needs an https address with a domain name that leads to zoom-connector serve. Say which:")
    if arrangement.address:
        needed = words(
            "Zoom cannot reach {address}; it needs an https address with a domain name that leads to zoom-connector "
            "serve. Say which:",
            address=arrangement.address,
        )
    return [(needed, ["export ZOOM_CONNECTOR_PUBLIC_URL=https://YOUR-DOMAIN"])]


def _secret(connection: "Connection", arrangement: "Arrangement") -> _Steps:
    if arrangement.secret_known:
        return []
    where = words(
        "At marketplace.zoom.us, under Manage, open the app; under Features, Access there is a Secret Token, which "
        "Zoom signs events with."
    )
    if arrangement.app == connection.connector.settings.client_id:
        put = words("Put it into the settings of the server:")
        return [(f"{where} {put}", ["ZOOM_CONNECTOR_WEBHOOK_SECRET"])]
    enter = words("Enter it here, where it is asked for:")
    return [(f"{where} {enter}", [f"zoom-connector webhook-secret {arrangement.app}"])]


def _form(connection: "Connection", arrangement: "Arrangement", trigger: "Trigger") -> _Steps:
    address = arrangement.address if _reached(connection, arrangement) else f"{_ADDRESS}{arrangement.app}"
    if trigger.events and not arrangement.events:
        return [
            (
                words(
                    "Zoom sends this of itself, for published apps. On the app's page the deauthorization endpoint is:"
                ),
                [address],
            )
        ]
    everybody, some = words("all users in the account"), words("only users who added the app")
    wanted = [_event(event, trigger.zoom_label) for event in arrangement.events] or [words("whatever is to fire it")]
    return [
        (
            words(
                "At marketplace.zoom.us, under Manage, open the app; under Features, Access switch on Event "
                "Subscriptions and add one for:"
            ),
            [
                *(words("Event: {event}", event=each) for each in wanted),
                words("Receivers: {users}", users=everybody if arrangement.whole_account else some),
            ],
        ),
        (
            words("Enter the Event notification endpoint URL, click Validate where there is such a button, then Save:"),
            [address],
        ),
    ]


def _reached(connection: "Connection", arrangement: "Arrangement") -> bool:
    from ...events.endpoints import reached

    return reached(connection.connector.settings, arrangement.address)


def _event(event: str, label: str) -> str:
    return f"{label} ({event})" if label else event


def _sign_in(connection: "Connection", arrangement: "Arrangement") -> _Steps:
    from ...store.values import AppKind

    if connection.record.grant.app.kind is AppKind.SERVER:
        activation = words("On the app's page look under Activation: after a change it may have to be activated again.")
        return [(activation, [])]
    own = arrangement.app == connection.connector.settings.client_id
    command = f"zoom-connector connect {connection.name}"
    return [
        (
            words("Then sign in again. Zoom may send nothing for a sign-in that is older than the subscription:"),
            [command if own else f"{command} --client-id {arrangement.app}"],
        )
    ]
