"""Which events an app wants to have sent where."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from .answers import Refused
from .deliveries import Endpoint
from .people import App, User
from .rule import LIST, OBJECT, TEXT, Rule, refused

SCOPES = ("user", "account", "master_account", "team")
_RULES = {
    "account_id": TEXT,
    "custom_header": OBJECT,
    "event_subscription_name": TEXT,
    "events": LIST,
    "subscription_scope": TEXT,
    "user_ids": Rule(list, most=10),
}


@dataclass(eq=False)
class EventSubscription:
    """Events, and the address that they go to."""

    id: str
    app: App
    name: str
    url: str
    events: list[str]
    scope: str
    header: int
    """How Zoom signs in at that address, as a number."""
    users: list[User] = field(default_factory=list)
    endpoint: Endpoint | None = None
    """Where events really go; None for an address elsewhere, because the local Zoom sends nothing off this machine."""

    @property
    def receivers(self) -> frozenset[str] | None:
        """Ids of the users whose events are sent; None for everybody's."""
        return frozenset(user.id for user in self.users) if self.scope == "user" else None

    @property
    def is_here(self) -> bool:
        """Whether the address is on this machine."""
        return _is_here(self.url)


class Subscriptions:
    """The event subscriptions of every app. The caller holds the world's lock."""

    def __init__(self) -> None:
        self._all: dict[str, EventSubscription] = {}

    def add(self, app: App, body: Mapping[str, Any], users: list[User]) -> EventSubscription:
        """Keep a subscription.

        Raises:
            Refused: something is missing or wrong.
        """
        if wrong := list(refused(body, _RULES)):
            raise Refused(400, 1500, f"Invalid parameter: {wrong[0]}.")
        if not body.get("events"):
            raise Refused(400, 1500, "The events list is empty.")
        if not body.get("event_webhook_url"):
            raise Refused(400, 1500, "The event webhook url is empty.")
        url = str(body["event_webhook_url"])
        if not url.startswith("https://") and not _is_here(url):
            raise Refused(404, 1701, f"The event webhook url validate failed: {body['event_webhook_url']}.")
        if body.get("subscription_scope") not in SCOPES:
            raise Refused(400, 1500, "The subscription scope is invalid.")
        made = EventSubscription(
            secrets.token_urlsafe(16),
            app,
            body.get("event_subscription_name", ""),
            body["event_webhook_url"],
            list(body["events"]),
            body["subscription_scope"],
            body.get("custom_header", {}).get("custom_header_type", 0),
            users,
        )
        self._all[made.id] = made
        return made

    def find(self, app: App, subscription_id: str) -> EventSubscription:
        """Find a subscription of an app.

        Raises:
            Refused: there is none.
        """
        found = self._all.get(subscription_id)
        if found is None or found.app is not app:
            raise Refused(404, 1601, f"App event subscription is invalid: {subscription_id}")
        return found

    def remove(self, app: App, subscription_id: str) -> None:
        """Delete a subscription.

        Raises:
            Refused: there is none.
        """
        del self._all[self.find(app, subscription_id).id]

    def of(self, app: App) -> list[EventSubscription]:
        """List the subscriptions of an app."""
        return [subscription for subscription in self._all.values() if subscription.app is app]


def _is_here(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost")
