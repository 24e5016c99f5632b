"""The time zones that a drop-down offers are those that a step may name, with the difference that holds now."""

from datetime import timedelta
from typing import Any

import pytest

from contract.handling import CATALOGUE, Foreign
from zoom_connector.inputs import normalise


def zones(zoom: Foreign) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = zoom.run("list_time_zones", {})["time_zones"]
    return rows


def test_a_row_has_the_name_a_label_and_the_difference_from_utc(zoom: Foreign) -> None:
    rows = {row["id"]: row for row in zones(zoom)}

    assert [rows[name] for name in ("America/Los_Angeles", "UTC", "Asia/Kolkata")] == [
        {"id": "America/Los_Angeles", "title": "(UTC-08:00) America/Los Angeles", "offset": "-08:00"},
        {"id": "UTC", "title": "(UTC+00:00) UTC", "offset": "+00:00"},
        {"id": "Asia/Kolkata", "title": "(UTC+05:30) Asia/Kolkata", "offset": "+05:30"},
    ]


def test_daylight_saving_counts_while_it_lasts(zoom: Foreign) -> None:
    zoom.clock.sleep(timedelta(days=180).total_seconds())

    rows = {row["id"]: row["offset"] for row in zones(zoom)}

    assert (rows["Europe/Amsterdam"], rows["Africa/Cairo"], rows["Pacific/Apia"]) == ("+02:00", "+03:00", "+13:00")


def test_zones_stand_from_west_to_east_and_then_by_city(zoom: Foreign) -> None:
    rows = [(float(row["offset"].replace(":", ".")), row["id"].rpartition("/")[2]) for row in zones(zoom)]

    assert rows == sorted(rows)
    assert len(set(rows)) == len(rows) > 100


def test_every_zone_is_one_that_a_step_may_name(zoom: Foreign) -> None:
    form = CATALOGUE.actions["list_meetings"].inputs

    names = [row["id"] for row in zones(zoom)]

    assert [normalise(form, {"timezone": name}) for name in names] == [{"timezone": name} for name in names]


def test_zoom_is_not_asked(zoom: Foreign) -> None:
    zones(zoom)

    assert zoom.sent == []


def test_a_zone_that_the_system_does_not_know_is_left_out(zoom: Foreign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoom_connector.actions.list_time_zones._NAMES", "Europe/Amsterdam Nowhere/City")

    assert [row["id"] for row in zones(zoom)] == ["Europe/Amsterdam"]
