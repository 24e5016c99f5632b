"""Lists longer than a page, and date ranges wider than Zoom answers at once.

https://developers.zoom.us/docs/api/pagination/
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ..calls import Listing
from ..errors import Fault, InvalidInputs, ZoomError
from ..types import Outputs
from .request import Request

Fetch = Callable[[Request], Outputs]

_ZOOM_BEGAN = date(2011, 4, 21).toordinal()
"""The day the company was founded."""
_FARTHEST = 3650
"""Days from now."""


def rows(listing: Listing, request: Request, fetch: Fetch, *, today: date) -> Iterator[Outputs]:
    """Give every row once, page by page; date windows come newest first, and within one the order is Zoom's.

    A page token lives for 15 minutes. When it has expired, its window is read again from the start and the rows
    already given are left out.

    Args:
        listing: how the rows are found; `listing.key` names what makes one unique.
        request: the first page's, without page size and token.
        fetch: sends one request.
        today: the present date in UTC.

    Raises:
        InvalidInputs: `from` or `to` is no date, or `from` is the later one.
    """
    given: set[tuple[str, ...]] = set()
    for window in windows(request, listing.days, today):
        for row in _window(listing, window, fetch):
            key = tuple(str(row.get(name)) for name in listing.key)
            if key and key in given:
                continue
            given.add(key)
            yield row


def windows(request: Request, days: int | None, today: date) -> list[Request]:
    """Split a request's `from` and `to` into windows of at most `days` days, both ends included, newest first.

    Without both ends the request stays as it is, and Zoom's own default holds. Without `to` it ends today, or after
    one window when `from` is not yet reached; without `from` it is the one window that ends with `to`. Zoom is not
    asked about the time before there was Zoom, nor about that in ten years: a slip in a year would be thousands of
    calls.
    """
    query = dict(request.query)
    if days is None or not query.keys() & {"from", "to"}:
        return [request]
    first, last, now = _day(query, "from"), _day(query, "to"), today.toordinal()
    if last is None:
        last = first + days - 1 if first and first > now else now
    if first is None:
        first = last - days + 1
    if first > last:
        raise InvalidInputs("inputs_invalid", [Fault("/to", "end_before_start")])
    last = min(last, max(now, first) + _FARTHEST)
    first = max(first, min(_ZOOM_BEGAN, last - days + 1))
    found = []
    for end in range(last, first - 1, -days):
        dates = {"from": _written(max(first, end - days + 1)), "to": _written(end)}
        found.append(replace(request, query=tuple({**query, **dates}.items())))
    return found


def _window(listing: Listing, request: Request, fetch: Fetch) -> Iterator[Outputs]:
    given: Counter[str] = Counter()
    while True:
        # Rows may be alike without being the same, so as many of each are left out as were given.
        left_out = given.copy()
        before = given.total()
        try:
            for row in _pages(listing, request, fetch):
                text = json.dumps(row, sort_keys=True)
                if left_out[text] > 0:
                    left_out[text] -= 1
                    continue
                given[text] += 1
                yield row
            return
        except ZoomError as error:
            # A token that expires again before anything new came would expire for ever.
            if given.total() == before or not _is_expired(error):
                raise


def _pages(listing: Listing, request: Request, fetch: Fetch) -> Iterator[Outputs]:
    size = () if listing.page_size is None else (("page_size", str(listing.page_size)),)
    seen: set[str] = set()
    page = replace(request, query=(*request.query, *size))
    while True:
        answer = fetch(page)
        yield from _items(listing, answer)
        token = answer.get("next_page_token")
        if listing.page_size is None or not isinstance(token, str) or not token or token in seen:
            return
        seen.add(token)
        page = replace(page, query=(*request.query, *size, ("next_page_token", token)))


def _items(listing: Listing, answer: Outputs) -> list[Outputs]:
    items = answer.get(listing.items)
    return [row for row in items if isinstance(row, dict)] if isinstance(items, list) else []


def _is_expired(error: ZoomError) -> bool:
    zoom = error.zoom
    return zoom is not None and zoom.status == 400 and "next page token" in zoom.message.lower()


def _day(query: Mapping[str, str], name: str) -> int | None:
    if name not in query:
        return None
    try:
        return date.fromisoformat(query[name]).toordinal()
    except ValueError as error:
        raise InvalidInputs("inputs_invalid", [Fault(f"/{name}", "format", "date")]) from error


def _written(day: int) -> str:
    return date.fromordinal(min(max(day, 1), date.max.toordinal())).isoformat()
