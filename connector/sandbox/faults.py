"""What can go wrong between Zoom and its clients, switched on by a test."""

import html
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import StrEnum

from werkzeug.wrappers import Response

from .answers import Refused, html_answer, json_answer
from .clock import Clock
from .limits import too_many_at_once, too_many_today
from .received import Received
from .tokens import Ended


class FaultKind(StrEnum):
    """What goes wrong."""

    LOST_ANSWER = "lost_answer"
    """The work is done, then the connection is reset."""
    RESET = "reset"
    """The connection is reset, nothing is done."""
    CUT_BODY = "cut_body"
    """The connection is reset after `after_bytes` of the body."""
    SERVER_ERROR = "server_error"
    """`status`, 503 unless told, with a page of HTML as gateways send it."""
    SLOW = "slow"
    """The answer waits until the test releases it, or for `delay` seconds."""
    TOO_MANY_AT_ONCE = "too_many_at_once"
    """429, per second."""
    TOO_MANY_TODAY = "too_many_today"
    """429, per day."""
    REVOKED = "revoked"
    """401 with code 4741."""
    INVALID_TOKEN = "invalid_token"  # noqa: S105 - the name of a fault
    """401 with code 124."""
    WITHDRAWN = "withdrawn"
    """401 with code 4738."""
    HTML = "html"
    """A page with status 200, whose text is `message`."""
    XML = "xml"
    """XML with status 200."""
    MALFORMED = "malformed"
    """JSON that ends too early."""
    REFUSED = "refused"
    """`status` with `code` and `message`; in the token endpoint's shape where there is an `error`."""
    REFUSED_WITH_200 = "refused_with_200"
    """Status 200 around an error with code 200."""


_AFTER_THE_WORK = frozenset({FaultKind.LOST_ANSWER, FaultKind.CUT_BODY, FaultKind.SLOW})


@dataclass(frozen=True)
class Fault:
    """Which requests are hit, and by what."""

    kind: FaultKind | str
    method: str | None = None
    path: str | None = None
    """Template of the operation as in the table of routes, such as `/users/{userId}/meetings` or `/oauth/token`."""
    times: int | None = 1
    """How many requests are hit; None for all of them."""
    when: Callable[[Received], bool] = lambda _request: True
    every_first: Callable[[Received], Hashable] | None = None
    """Hits only the first request with each value that this gives, so that sending it again gets through."""
    after_work: bool = False
    """For a fault that replaces the answer: the work is done nevertheless."""
    after_bytes: int = 0
    status: int = 503
    code: int | None = None
    error: str | None = None
    message: str = ""
    delay: float = 60.0

    def __post_init__(self) -> None:
        FaultKind(self.kind)  # raises ValueError where the fault is written down, not in the server


@dataclass(eq=False)
class Switched:
    """A fault that is switched on."""

    fault: Fault
    hits: int = 0
    reached: threading.Event = field(default_factory=threading.Event)
    """Set when the first request is hit; a slow answer waits from then on."""
    _released: threading.Event = field(default_factory=threading.Event)
    _seen: set[Hashable] = field(default_factory=set)

    @property
    def kind(self) -> FaultKind:
        return FaultKind(self.fault.kind)

    @property
    def before_the_work(self) -> bool:
        return self.kind not in _AFTER_THE_WORK and not self.fault.after_work

    def release(self) -> None:
        """Let slow answers go, now and from now on."""
        self._released.set()

    def wait(self) -> None:
        """Wait as long as the answer is slow."""
        self._released.wait(self.fault.delay)

    def hit(self, request: Received) -> bool:
        """Tell whether this request is hit, and count it."""
        fault = self.fault
        if fault.times is not None and self.hits >= fault.times:
            return False
        if fault.method not in (None, request.method) or fault.path not in (None, request.template):
            return False
        if not fault.when(request):
            return False
        if fault.every_first is not None:
            mark = fault.every_first(request)
            if mark in self._seen:
                return False
            self._seen.add(mark)
        self.hits += 1
        self.reached.set()
        return True


class Faults:
    """The faults that are switched on. The caller of `pick` holds the world's lock."""

    def __init__(self) -> None:
        self._switched: list[Switched] = []

    def add(self, fault: Fault) -> Switched:
        """Switch a fault on."""
        switched = Switched(fault)
        self._switched.append(switched)
        return switched

    def clear(self) -> None:
        """Switch all of them off, and let slow answers go."""
        for switched in self._switched:
            switched.release()
        self._switched.clear()

    def pick(self, request: Received) -> Switched | None:
        """Find the first fault that hits a request."""
        return next((switched for switched in self._switched if switched.hit(request)), None)


def wrong_answer(switched: Switched, label: str, clock: Clock) -> Response | None:
    """Return what is answered instead; None for a fault that leaves the answer as it is."""
    fault = switched.fault
    match switched.kind:
        case FaultKind.SERVER_ERROR:
            return html_answer("<html><body><h1>Service Unavailable</h1></body></html>", fault.status)
        case FaultKind.TOO_MANY_AT_ONCE:
            return too_many_at_once(label, 1, int(clock.now().timestamp()) + 1).answer()
        case FaultKind.TOO_MANY_TODAY:
            return too_many_today(label, 1, clock.now()).answer()
        case FaultKind.REVOKED:
            return Refused(401, *Ended.REVOKED.value[:2]).answer()
        case FaultKind.INVALID_TOKEN:
            return Refused(401, *Ended.REMOVED.value[:2]).answer()
        case FaultKind.WITHDRAWN:
            return Refused(401, *Ended.WITHDRAWN.value[:2]).answer()
        case FaultKind.HTML:
            text = html.escape(fault.message or "Something went wrong.")
            return html_answer(f"<html><head><title>Zoom</title></head><body>{text}</body></html>")
        case FaultKind.XML:
            return Response("<error><message>Something went wrong.</message></error>", content_type="application/xml")
        case FaultKind.MALFORMED:
            return Response('{"id": 97', content_type="application/json;charset=UTF-8")
        case FaultKind.REFUSED:
            return _refusal(fault)
        case FaultKind.REFUSED_WITH_200:
            return Refused(200, 200, "You do not have the right permissions").answer()
        case _:
            return None


def _refusal(fault: Fault) -> Response:
    body = {"code": fault.code, "message": fault.message}
    if fault.error is not None:
        body = {"error": fault.error, "reason": fault.message or None}
    return json_answer({name: value for name, value in body.items() if value is not None}, fault.status)
