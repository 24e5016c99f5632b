"""The operations that the local Zoom knows, one table for each resource.

The tables are the local Zoom's own, so that it does not share the engine's mistakes; a contract test compares them
with Zoom's published list.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from ..route import Route
from . import (
    apps,
    groups,
    meetings,
    past_meetings,
    polls,
    recordings,
    registrants,
    reports,
    settings,
    templates,
    tracking_fields,
    users,
)

ROUTES = (
    *meetings.ROUTES,
    *registrants.ROUTES,
    *polls.ROUTES,
    *past_meetings.ROUTES,
    *reports.ROUTES,
    *templates.ROUTES,
    *recordings.ROUTES,
    *tracking_fields.ROUTES,
    *users.ROUTES,
    *settings.ROUTES,
    *groups.ROUTES,
    *apps.ROUTES,
)


def match(method: str, path: str, routes: Iterable[Route] = ROUTES) -> tuple[Route, dict[str, str]] | None:
    """Find the operation of an encoded path below `/v2`, and the values in its place holders.

    Where several fit, it is the one with the fewest place holders: `/users/email` is no user. A value that begins with
    `/` or contains `//` is only understood if it was encoded twice, as at Zoom.
    """
    segments = [unquote(segment) for segment in path.strip("/").split("/")]
    fitting = []
    for route in routes:
        if route.method == method and len(route.template) == len(segments):
            values = _values(route.template, segments)
            if values is not None:
                fitting.append((route, values))
    return min(fitting, key=lambda found: len(found[1]), default=None)


def _values(template: Sequence[str], segments: Sequence[str]) -> dict[str, str] | None:
    values = {}
    for expected, segment in zip(template, segments, strict=True):
        if not expected.startswith("{"):
            if expected != segment:
                return None
        elif not segment or segment.startswith("/") or "//" in segment:
            return None
        else:
            values[expected[1:-1]] = unquote(segment)
    return values
