"""What a handler gets as `zoom`: the calls its manifest declares, and nothing else."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from ..calls import Call, Effect, Scopes
from ..clock import Clock
from ..errors import ManifestError, ZoomAnswer, ZoomError
from ..types import Inputs, Outputs
from . import downloads, paging
from .access import Access
from .creates import Claims, Create, Row
from .downloads import Downloaded
from .limits import Limits
from .progress import Progress, silent
from .request import Request, build, matches, query_of, raw_path
from .sending import Sender
from .transport import Timeout


class ZoomClient:
    """Zoom for one run of one action: made for the run, used by one thread.

    Args:
        access: the grant to call with.
        calls: what the manifest declares; with `any_operation`, the facts of all of Zoom's operations.
        session: from `new_session`; may be shared.
        limits: may be shared.
        hosts: where the token may go (see `trusted`).
        claims: must be shared by everything that creates.
        progress: told about long work.
        any_operation: allow `send`.
    """

    def __init__(
        self,
        access: Access,
        calls: Sequence[Call],
        *,
        session: requests.Session,
        clock: Clock,
        limits: Limits,
        hosts: Collection[str],
        claims: Claims,
        progress: Progress = silent,
        any_operation: bool = False,
        timeout: Timeout = (5, 30),
    ) -> None:
        self.progress = progress
        self._access = access
        self._calls = calls
        self._clock = clock
        self._claims = claims
        self._any_operation = any_operation
        self._sender = Sender(access, session, clock, limits, hosts, timeout)

    @property
    def now(self) -> datetime:
        """The present moment in UTC."""
        return self._clock.now().astimezone(UTC)

    @property
    def user(self) -> str:
        """Who an absent `user_id` means."""
        return self._access.user

    @property
    def changed(self) -> bool:
        """Whether Zoom has carried out a call of this run that changes something."""
        return self._sender.changed

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
        space = f"{self._access.account} {name}"
        create = Create(
            mark=hashlib.sha256(json.dumps([space, *mark]).encode()).hexdigest(),
            space=space,
            send=lambda: self.call(name, inputs),
            candidates=candidates,
            fetch=fetch,
            skew=lambda: self._sender.skew,
            key=key,
        )
        made = create.run(self._claims, self._clock)
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
        call = next(known, None) or Call(method, encoded, _EFFECTS[method], Scopes(), "medium")
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
        raise ZoomError("answer_unreadable", zoom=ZoomAnswer(status=200), connection=self._access.connection)


_EFFECTS: Mapping[str, Effect] = {
    "GET": "read",
    "POST": "create",
    "PUT": "update",
    "PATCH": "update",
    "DELETE": "delete",
}
