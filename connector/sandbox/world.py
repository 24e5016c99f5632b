"""Everything that the local Zoom knows, behind one lock."""

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from .app_logs import LoggedCall
from .clock import Clock
from .faults import Faults
from .limits import Limits
from .meetings import Meetings
from .paging import Paging
from .people import People
from .received import Received
from .recordings import Recordings
from .subscriptions import Subscriptions
from .tokens import Tokens
from .webhooks import Webhooks

Plan = Literal["free", "pro", "business"]


@dataclass
class Behaviour:
    """Where Zoom does not always do the same thing; a test switches these."""

    classic_write_reads: bool = True
    """Whether `meeting:write` serves reading; Zoom calls it "view and manage" and lists it for writing only."""
    scope_error: tuple[int, int] = (400, 4711)
    """HTTP status and code of a missing scope; (400, 104) and (401, 4700) were seen as well."""
    scope_parameter_refused: bool = False
    """Whether the consent page refuses a `scope` parameter, as it did for years."""
    oauth_downloads_refused: bool = False
    """Whether downloads answer 401 to an OAuth token and insist on a `download_access_token`."""
    samples_only: bool = False
    """Whether every operation is answered with an example, also those that are played otherwise."""


@dataclass
class World:
    """The state. Whoever reads or changes it holds `lock`."""

    clock: Clock
    plan: Plan
    behaviour: Behaviour
    limits: Limits
    tokens: Tokens
    meetings: Meetings
    recordings: Recordings
    paging: Paging
    webhooks: Webhooks
    people: People = field(default_factory=People)
    faults: Faults = field(default_factory=Faults)
    requests: list[Received] = field(default_factory=list)
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    calls: list[LoggedCall] = field(default_factory=list)
    origin: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)


def new_world(
    clock: Clock, *, plan: Plan, limits: bool, refresh_grace: timedelta, behaviour: Behaviour, senders: int
) -> World:
    """Make a world with nobody in it."""
    return World(
        clock,
        plan,
        behaviour,
        Limits(clock, plan, limits),
        Tokens(clock, refresh_grace),
        Meetings(clock),
        Recordings(clock),
        Paging(clock),
        Webhooks(clock, senders),
    )
