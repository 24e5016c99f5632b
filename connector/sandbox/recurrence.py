"""Expand a recurrence into the starts of its occurrences."""

import calendar
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

LONGEST_SERIES = 60
"""Zoom's limit of `end_times`; a series without an end is shown as far as this."""


def starts(recurrence: Mapping[str, Any], first: datetime, zone: str) -> list[datetime]:
    """List the starts in UTC; the time of day stays the same in the zone, also across a change of summer time."""
    local = first.astimezone(ZoneInfo(zone))
    until = datetime.fromisoformat(recurrence["end_date_time"]) if recurrence.get("end_date_time") else None
    most = recurrence.get("end_times", 1 if until is None else LONGEST_SERIES) or LONGEST_SERIES
    found: list[datetime] = []
    for day in _days(recurrence, local.date()):
        start = datetime.combine(day, local.time(), ZoneInfo(zone)).astimezone(UTC)
        if len(found) == most or (until is not None and start > until):
            break
        found.append(start)
    return found


def _days(recurrence: Mapping[str, Any], first: date) -> Iterator[date]:
    interval = recurrence.get("repeat_interval", 1)
    if recurrence["type"] == 1:
        for number in range(LONGEST_SERIES + 1):
            yield first + timedelta(days=number * interval)
    elif recurrence["type"] == 2:
        yield from _weekly(recurrence, first, interval)
    else:
        yield from _monthly(recurrence, first, interval)


def _weekly(recurrence: Mapping[str, Any], first: date, interval: int) -> Iterator[date]:
    # Zoom counts 1 = Sunday; a week begins on Sunday.
    days = sorted(int(day) for day in recurrence.get("weekly_days", str(_zoom_weekday(first))).split(","))
    sunday = first - timedelta(days=_zoom_weekday(first) - 1)
    for week in range(LONGEST_SERIES + 1):
        for day in days:
            candidate = sunday + timedelta(weeks=week * interval, days=day - 1)
            if candidate >= first:
                yield candidate


def _monthly(recurrence: Mapping[str, Any], first: date, interval: int) -> Iterator[date]:
    # A month without the day has no occurrence, so that more months are looked at than occurrences are wanted.
    for number in range(2 * LONGEST_SERIES):
        month = first.month - 1 + number * interval
        candidate = _day_of_month(recurrence, first.year + month // 12, month % 12 + 1, first.day)
        if candidate is not None and candidate >= first:
            yield candidate


def _day_of_month(recurrence: Mapping[str, Any], year: int, month: int, fallback: int) -> date | None:
    length = calendar.monthrange(year, month)[1]
    if "monthly_week" not in recurrence:
        day = recurrence.get("monthly_day", fallback)
        return date(year, month, day) if day <= length else None
    fitting = [
        date(year, month, day)
        for day in range(1, length + 1)
        if _zoom_weekday(date(year, month, day)) == recurrence.get("monthly_week_day", 1)
    ]
    week = recurrence["monthly_week"]
    return fitting[-1 if week == -1 else week - 1]


def _zoom_weekday(day: date) -> int:
    return day.isoweekday() % 7 + 1
