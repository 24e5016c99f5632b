"""What a handler gets as `zoom`: the calls its manifest declares, and nothing else."""

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..calls import EFFECTS, Call, Scopes
from ..errors import ManifestError, ZoomAnswer, ZoomConnectorError, ZoomError
from ..scopes import Standing, standing, usage
from ..types import Inputs, Outputs
from . import applied, downloads, paging
from .creates import Claims, Create, Row
from .crew import Crew
from .downloads import Downloaded
from .progress import Progress, silent
from .request import Request, build, matches, query_of, raw_path
from .sending import Sender

if TYPE_CHECKING:
    from ..explain import Explanation

T = TypeVar("T")
R = TypeVar("R")


class ZoomClient:
    """Zoom for one run of one action: made for the run, used by one thread.

    Args:
        sender: made for the run, with the grant to call with.
        calls: what the manifest declares; with `any_operation`, the facts of all of Zoom's operations.
        claims: must be shared by everything that creates.
        explain: says what a failure means, for rows that report one.
        progress: told about long work.
        any_operation: allow `send`.
    """

    def __init__(
        self,
        sender: Sender,
        calls: Sequence[Call],
        *,
        claims: Claims,
        explain: "Callable[[ZoomConnectorError], Explanation]",
        progress: Progress = silent,
        any_operation: bool = False,
    ) -> None:
        self.explain = explain
        self.progress = progress
        self._sender = sender
        self._calls = calls
        self._claims = claims
        self._any_operation = any_operation

    @property
    def now(self) -> datetime:
        """The present moment in UTC."""
        return self._sender.clock.now().astimezone(UTC)

    @property
    def user(self) -> str:
        """Who an absent `user_id` means."""
        return self._sender.access.user

    @property
    def whole_account(self) -> bool:
        """Whether the grant is for the account, and not for a user's own things only."""
        return usage(self._sender.access.token().scopes) == "admin"

    @property
    def changed(self) -> bool:
        """Whether Zoom has carried out a call of this run that changes something."""
        return self._sender.changed

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._sender.clock.sleep(seconds)

    def each(
        self, items: Iterable[T], work: "Callable[[ZoomClient, T], R]", *, at_once: int, progress: Progress = silent
    ) -> Generator[R, None, None]:
        """Give what `work` makes of each item as it gets done, several at once, each with a client of its own.

        The items are read by this thread, as workers get free, so they may come from `list`. One failure or interrupt
        stops everything; what may fail alone is caught by `work`. `progress` is told by one worker at a time.
        """
        crew = Crew(self._sender.clock, progress, self._sender.look)

        def one(item: T) -> R:
            worker = self._worker(crew)
            try:
                return work(worker, item)
            finally:
                if worker.changed:
                    self._sender.changed = True

        return crew.each(items, one, at_once)

    def call(self, name: str, inputs: Inputs | None = None) -> Outputs:
        """Make a declared call; a bare array answer becomes `{"items": […]}`.

        Args:
            name: the path as the manifest declares it, after its method and a blank where two calls share the path.
            inputs: by the names the manifest uses.

        Raises:
            ManifestError: the manifest declares no such call.
            ZoomConnectorError: whatever `zoom_connector.zoom.answers.decode` raises, or nobody answered.
        """
        call = self._declared(name)
        return self._fetch(call, build(call, inputs or {}, user=self.user))

    def may(self, name: str) -> bool:
        """Say whether the grant's scopes leave room for a declared call."""
        return standing(self._declared(name).scopes, self._sender.access.token().scopes) is not Standing.MISSING

    def not_applied(self, name: str, inputs: Inputs, answer: Outputs) -> list[str]:
        """Name the inputs of a declared call whose values Zoom dropped, by what Zoom has now.

        See `zoom_connector.zoom.applied` for when values count as alike.
        """
        return applied.not_applied(self._declared(name), inputs, answer)

    def list(self, name: str, inputs: Inputs | None = None) -> Iterator[Outputs]:
        """Give the rows of a declared list, a page at a time while they are asked for.

        See `call`, and `zoom_connector.zoom.paging` for order and date ranges.
        """
        call = self._declared(name)
        if call.listing is None:
            raise ManifestError("call_not_declared", call=f"{call.method} {call.path}", missing="list")
        request = build(call, inputs or {}, user=self.user)
        return paging.rows(call.listing, request, lambda page: self._fetch(call, page), today=self.now.date())

    def create(
        self,
        name: str,
        inputs: Inputs,
        *,
        mark: Sequence[str],
        candidates: Callable[[], Iterable[Row]],
        fetch: Callable[[Row], Outputs],
        key: str = "id",
    ) -> Outputs:
        """Make a declared create exactly once, even if its answer gets lost.

        Args:
            name: see `call`.
            inputs: see `call`.
            mark: what the listing tells creates apart by, such as host, topic and start.
            candidates: lists what could be the thing made, by the same `mark`; each row has `key` and `created_at`.
            fetch: reads the thing that a row stands for, as the create would have answered.
            key: the field that identifies it, in the answer and in the rows.

        Raises:
            OutcomeUnknown: it may have been made, and nothing proves what became of it.
        """
        space = f"{self._sender.access.account} {name}"
        create = Create(
            mark=hashlib.sha256(json.dumps([space, *mark]).encode()).hexdigest(),
            space=space,
            send=lambda: self.call(name, inputs),
            candidates=candidates,
            fetch=fetch,
            skew=lambda: self._sender.skew,
            key=key,
        )
        made = create.run(self._claims, self._sender.clock)
        self._sender.changed = True
        return made

    def send(self, method: str, path: str, query: Inputs | None = None, body: Any = None) -> Any:
        """Call any operation by its path below `/v2`, percent-encoded where it needs to be.

        An operation that is not among the facts is taken for what its method says, at a medium price.

        Raises:
            ManifestError: the action may not.
            InvalidInputs: the path is none.
        """
        if not self._any_operation:
            raise ManifestError("call_not_declared", call=f"{method} {path}")
        encoded = raw_path(path)
        known = (call for call in self._calls if matches(call, method, encoded))
        call = next(known, None) or Call(method, encoded, EFFECTS[method], Scopes(), "medium")
        request = Request(method, encoded, query_of(query or {}), body)
        return self._sender.send(request, effect=call.effect, label=call.rate_limit)

    def download(
        self,
        url: str,
        to: Path,
        *,
        size: int | None = None,
        fresh_token: Callable[[], str] | None = None,
        media_types: Sequence[str] = (),
    ) -> Downloaded:
        """Save a file of Zoom under `to`, which exists only once it is complete; a broken-off download is resumed.

        Args:
            url: as Zoom gave it.
            to: the folder must exist; a file of this name is replaced.
            size: in bytes, as Zoom declares it.
            fresh_token: asked for another token when Zoom refuses the grant's.
            media_types: what the file may be, such as `video/mp4` or `video/*`; none: anything but a web page.

        Raises:
            FileFailed: the folder or the disk refuses it.
            ZoomError: `download_refused`, `download_wrong_type`, `download_incomplete`.
            ZoomUnavailable: it broke off too often; the next call goes on from there.
        """
        source = downloads.Source(self._sender, url, fresh_token)
        return downloads.save(source, to, size=size, media_types=media_types, progress=self.progress)

    def text(self, url: str, *, fresh_token: Callable[[], str] | None = None) -> str:
        """Return a small text file of Zoom, such as a transcript.

        Raises:
            ZoomError: as for `download`; `download_too_large` beyond 20 MB.
        """
        return downloads.text(downloads.Source(self._sender, url, fresh_token))

    def _worker(self, crew: Crew) -> "ZoomClient":
        limits = self._sender.limits.by(crew.clock)
        return ZoomClient(
            replace(self._sender, clock=crew.clock, limits=limits, look=crew.look, changed=False),
            self._calls,
            claims=self._claims,
            explain=self.explain,
            progress=crew.progress,
            any_operation=self._any_operation,
        )

    def _declared(self, name: str) -> Call:
        found = [call for call in self._calls if name in (call.path, f"{call.method} {call.path}")]
        if len(found) != 1:
            raise ManifestError("call_not_declared", call=name)
        return found[0]

    def _fetch(self, call: Call, request: Request) -> Outputs:
        answer = self._sender.send(request, effect=call.effect, label=call.rate_limit)
        if isinstance(answer, dict):
            return answer
        if isinstance(answer, Sequence) and not isinstance(answer, str):
            return {"items": answer}
        raise ZoomError("answer_unreadable", zoom=ZoomAnswer(status=200), connection=self._sender.access.connection)
