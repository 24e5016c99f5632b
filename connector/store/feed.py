"""What a store keeps about events: what happened at Zoom, who wants to know, and what became of telling them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from .values import AppKind

Source = Literal["webhook", "poll"]
SinkKind = Literal["https", "callable", "lines"]


@dataclass(frozen=True)
class Event:
    """Something that happened at Zoom, once."""

    id: str
    app: str
    """Client id of the app that Zoom told, or with whose grant it was found."""
    account_id: str
    name: str
    """Zoom's name, such as `recording.completed`; the key of a trigger that only a poll can fire."""
    happened_at: datetime
    received_at: datetime
    happening: str
    """The same for everything that reports the same happening, however it came here."""
    user_id: str
    """The host, or whom it is about, or who did it; empty where Zoom names nobody."""
    source: Source
    body: Mapping[str, Any] = field(repr=False)
    """What Zoom sent; for a poll, `object` as a webhook would have it. Empty once its retention is over."""
    delivery: str = ""
    """Zoom's id of the request that brought it; empty for a poll."""


@dataclass(frozen=True)
class Sink:
    """Where events go."""

    kind: SinkKind
    target: str = field(repr=False)
    """A URL, which may hold a secret; the name of a callable; or whoever listens."""
    secret: str = field(default="", repr=False)
    """Signs what goes to a URL (https://www.standardwebhooks.com/)."""

    @property
    def receiver(self) -> str:
        """What a process must have in it to hand events over; empty where any process can."""
        return "" if self.kind == "https" else f"{self.kind} {self.target}"


@dataclass(frozen=True)
class Subscription:
    """Somebody's wish to be told."""

    id: str
    trigger: str
    connection: str
    filters: Mapping[str, Any]
    sink: Sink
    since: datetime
    ordered: bool = False
    """Nothing is delivered before what was received earlier."""
    reveal: tuple[str, ...] = ()
    """Secret outputs that are not masked."""
    polls: bool = False
    """Zoom is asked regularly: the only way of a trigger without events, the safety net of others."""
    paused: bool = False
    give_up_after: timedelta = timedelta(days=3)
    """How long a delivery is tried before it counts as dead."""


@dataclass(frozen=True)
class Listener:
    """A subscription and whose events it may have."""

    subscription: Subscription
    app: str
    app_kind: AppKind
    account_id: str
    user_id: str


@dataclass(frozen=True)
class Turn:
    """The right to poll for a subscription, until its lease ends."""

    subscription: Subscription
    cursor: Mapping[str, Any] | None
    """What the last poll left; None before the first."""
    fence: int
    failing_since: datetime | None = None
    """When the polls began to fail; None when the last one did not."""


@dataclass(frozen=True)
class Delivery:
    """One event on its way to one subscription."""

    id: str
    """What a receiver keeps to see each once; a replay has a new one."""
    subscription: Subscription
    event: Event
    attempt: int
    """Counts from 1."""
    since: datetime
    """When it was due first."""
    fence: int
    """Which claim this is; a later one makes it void."""


@dataclass(frozen=True)
class Again:
    """Which deliveries of a subscription to repeat; every condition counts."""

    event: str | None = None
    since: datetime | None = None
    """When the event was received, at the earliest."""
    until: datetime | None = None
    """The first moment that is too late."""
    dead: bool = False
    """Only what was given up."""


@dataclass(frozen=True)
class Backlog:
    """How the deliveries of one subscription stand."""

    subscription: str
    waiting: int
    failing: int
    """Of those that wait: tried already, in vain."""
    dead: int
    oldest: datetime | None
    """Since when the oldest one waits."""
    last_delivered_at: datetime | None
    failure: str
    """Code of a failure among those that wait or are dead; empty without one."""
    poll_failure: str = ""
    """Code of the failure of the last poll; empty when it went well."""


@dataclass(frozen=True)
class Webhook:
    """The endpoint of one app, as far as Zoom has used it."""

    app: str
    secrets: tuple[str, ...] = field(repr=False)
    """Secret tokens that Zoom may sign with, newest first."""
    last_event_at: datetime | None = None
    last_challenge_at: datetime | None = None
