"""What reports the same happening has the same key, and what reports another has another."""

from datetime import timedelta
from typing import Any

import pytest
from events.signed import CLIENT, ended
from store.world import START

from zoom_connector.catalogue import Catalogue
from zoom_connector.events.happening import Happenings
from zoom_connector.events.reading import read
from zoom_connector.store.feed import Event


def test_a_poll_and_a_webhook_agree_on_what_the_trigger_declares(catalogue: Catalogue) -> None:
    webhook = ended("uuid-1")
    poll = {"event": "meeting.ended", "event_ts": 5, "payload": {"object": {"uuid": "uuid-1", "duration": 45}}}

    key = Happenings(catalogue).key

    assert key(webhook) == key(poll)
    assert key(webhook) != key(ended("uuid-2"))


def test_two_events_about_the_same_thing_are_two_happenings(catalogue: Catalogue) -> None:
    key = Happenings(catalogue).key

    assert key(ended()) != key({**ended(), "event": "meeting.started"})


def test_without_the_declared_outputs_the_whole_event_tells(catalogue: Catalogue) -> None:
    key = Happenings(catalogue).key
    first = {"event": "meeting.ended", "event_ts": 1, "payload": {"object": {"topic": "Kick-off"}}}

    assert key(first) == key(dict(first))
    assert key(first) != key({**first, "event_ts": 2})
    assert key(first) != key({**first, "payload": {"object": {"topic": "Retrospective"}}})


def test_links_and_tokens_make_no_other_happening(catalogue: Catalogue) -> None:
    key = Happenings(catalogue).key

    def shared(link: str, token: str) -> dict[str, Any]:
        files = [{"id": "file-1", "download_url": f"rec/{link}", "play": f"https://{link}.example.com"}]
        inner = {"object": {"files": files, "access_token": token}}
        return {"event": "meeting.shared", "event_ts": 1, "payload": inner, "download_token": token}

    assert key(shared("a", "b")) == key(shared("c", "d"))


def test_a_recording_is_told_again_when_other_files_have_come_but_not_in_another_order() -> None:
    key = Happenings(Catalogue()).key

    def completed(*files: str | None, token: str = "") -> dict[str, Any]:
        rows = [{"id": file, "download_url": f"https://example.com/{file}/{token}"} for file in files]
        thing = {"uuid": "uuid-1", "recording_files": rows}
        return {"event": "recording.completed", "event_ts": 1, "payload": {"object": thing}, "download_token": token}

    same = {key(completed("a", "b")), key(completed("b", None, "a", token="other"))}
    others = {key(completed("a")), key(completed("a", "b", "c")), key(completed("c"))}

    assert (len(same), len(others), same & others) == (1, 3, set())


def test_what_only_a_poll_finds_goes_by_the_key_of_its_trigger(catalogue: Catalogue) -> None:
    key = Happenings(catalogue).key

    def soon(ts: int) -> dict[str, Any]:
        return {"event": "starting_soon", "event_ts": ts, "payload": {"object": {"uuid": "uuid-1"}}}

    assert key(soon(1)) == key(soon(2))


@pytest.mark.parametrize(
    ("name", "payload", "whose"),
    [
        ("meeting.ended", {"object": {"host_id": "host-1", "id": 7}}, "host-1"),
        ("meeting.summary_completed", {"object": {"meeting_host_id": "host-1"}}, "host-1"),
        ("user.updated", {"object": {"id": "user-1"}}, "user-1"),
        ("app_deauthorized", {"user_id": "user-1"}, "user-1"),
        ("meeting.chat_message_sent", {"object": {"id": 97763643886}}, ""),
        ("group.created", {"object": {"id": "group-1"}}, ""),
        ("meeting.updated", {"operator_id": "user-1", "object": {"id": 7}}, "user-1"),
        ("meeting.updated", {"operator_id": "user-1", "object": {"host_id": "host-1", "id": 7}}, "host-1"),
        ("user.updated", {"operator_id": "user-1", "object": {"id": "user-2"}}, "user-2"),
    ],
)
def test_an_event_is_its_hosts_or_its_subjects_or_else_whose_who_did_it(
    catalogue: Catalogue, name: str, payload: dict[str, Any], whose: str
) -> None:
    assert seen(catalogue, {"event": name, "payload": payload}).user_id == whose


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ({"event_ts": 1893492000000}, 1893492000),
        ({"event_ts": "1893492000000"}, 1893492000),
        ({"payload": {"event_ts": 1893492000000}}, 1893492000),
        ({"payload": {"event_ts": "2030-01-01 10:00:00", "deauthorization_time": "2030-01-01T10:00:00Z"}}, 1893492000),
        ({"payload": {"deauthorization_time": "2030-01-01T10:00:00"}}, None),
        ({"event_ts": 10**30}, None),
        ({}, None),
    ],
)
def test_when_it_happened_is_read_however_zoom_writes_it(
    catalogue: Catalogue, body: dict[str, Any], seconds: int | None
) -> None:
    expected = START if seconds is None else START + timedelta(seconds=seconds - START.timestamp())

    assert seen(catalogue, {"event": "app_deauthorized", **body}).happened_at == expected


def seen(catalogue: Catalogue, body: dict[str, Any]) -> Event:
    happenings = Happenings(catalogue)
    return read(body, app=CLIENT, received_at=START, source="webhook", delivery="", happenings=happenings)
