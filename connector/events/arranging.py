"""Zoom's side of a trigger: Zoom is told to send its events here, by its API or else by whoever made the app.

https://developers.zoom.us/docs/api/webhooks/#configure-webhooks-via-zoom-api
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ..app_manifest import ALWAYS_SENT
from ..errors import ZoomConnectorError
from ..store.values import AppKind, Connection
from ..trigger import Trigger
from ..types import Inputs
from ..zoom.client import ZoomClient

_PATH = "/marketplace/app/event_subscription"
_PAGE = 30
"""Zoom's usual page; an app has 20 event subscriptions at most."""

Way = Literal["asks", "there", "made", "by_hand"]
"""`asks`: Zoom is asked regularly and need not be told; `there`: Zoom sends the events already; `made`: it does so from
now on; `by_hand`: somebody has to enter it in the settings of the app."""


@dataclass(frozen=True)
class Arrangement:
    """How Zoom is brought to send what fires a trigger."""

    way: Way
    app: str
    """Client id."""
    address: str
    """Where Zoom sends events; empty where nothing says how Zoom reaches this connector."""
    events: tuple[str, ...]
    """What Zoom has to be told of; none for a trigger that fires for whatever is chosen, or of itself."""
    whole_account: bool
    """Whether the events of everybody in the account are wanted, not only those of who added the app."""
    secret_known: bool
    """Whether the connector knows what Zoom signs with; before it does it refuses everything, checks included."""
    failure: ZoomConnectorError | None = None
    """Why it could not be done without anybody's help, where it was tried."""


def arrange(
    trigger: Trigger,
    filters: Inputs,
    connection: Connection,
    *,
    address: str,
    reached: bool,
    secret_known: bool,
    own_zoom: Callable[[], ZoomClient | None],
) -> Arrangement:
    """Have Zoom send what fires a trigger, as far as that can be done from here; nothing is made twice.

    Args:
        trigger: what is to fire.
        filters: what it is narrowed down by.
        connection: for whose events.
        address: where Zoom sends events; empty where nobody has said so.
        reached: whether Zoom can send anything there.
        secret_known: whether the connector can answer Zoom's check of the address.
        own_zoom: gives Zoom as the app itself may use it; None where Zoom lets the app make no event subscriptions.
    """
    app, events = connection.grant.app, _events(trigger, filters)
    whole_account = app.kind is not AppKind.USER

    def outcome(way: Way, failure: ZoomConnectorError | None = None) -> Arrangement:
        return Arrangement(way, app.client_id, address, events, whole_account, secret_known, failure)

    if not trigger.events and not trigger.any_event:
        return outcome("asks")
    if not events or not secret_known or not reached:
        return outcome("by_hand")
    try:
        zoom = own_zoom()
        if zoom is None:
            return outcome("by_hand")
        if _there(zoom, connection, events, address, whole_account=whole_account):
            return outcome("there")
        zoom.send("POST", _PATH, body=_wanted(trigger, connection, events, address, whole_account=whole_account))
    except ZoomConnectorError as failure:
        return outcome("by_hand", failure)
    return outcome("made")


def _events(trigger: Trigger, filters: Inputs) -> tuple[str, ...]:
    """Name what Zoom has to send: for a trigger that fires for every event, those that its filters name."""
    fields = trigger.filters.get("properties", {})
    named = [event for name, wanted in filters.items() if fields[name].get("on") == ["event"] for event in wanted]
    return tuple(event for event in (*trigger.events, *named) if event not in ALWAYS_SENT)


def _there(
    zoom: ZoomClient, connection: Connection, events: tuple[str, ...], address: str, *, whole_account: bool
) -> bool:
    person = connection.grant.person
    listed = zoom.send(
        "GET",
        _PATH,
        {
            "page_size": _PAGE,
            "user_id": person.user_id,
            "account_id": person.account_id,
            "subscription_scope": "account" if whole_account else "user",
        },
    )
    return any(
        row.get("event_webhook_url") == address and set(events) <= set(row.get("events", ()))
        for row in listed.get("event_subscriptions", ())
    )


def _wanted(
    trigger: Trigger, connection: Connection, events: tuple[str, ...], address: str, *, whole_account: bool
) -> dict[str, Any]:
    person = connection.grant.person
    return {
        "event_subscription_name": f"{trigger.title} ({connection.name})",
        "events": list(events),
        "event_webhook_url": address,
        "subscription_scope": "account" if whole_account else "user",
        "account_id": person.account_id,
        **({} if whole_account else {"user_ids": [person.user_id]}),
    }
