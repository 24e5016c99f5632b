"""The time zones that Zoom knows."""

from functools import cache
from zoneinfo import available_timezones


@cache  # finding them opens some hundred files
def known_zones() -> frozenset[str]:
    """Return their names, such as `Europe/Berlin`."""
    return frozenset(available_timezones())
