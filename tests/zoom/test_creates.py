"""Creates whose answers get lost: made once, or said to be unknown."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from zoom_connector.calls import Call, Listing, Scopes
from zoom_connector.errors import OutcomeUnknown, ZoomError, ZoomUnavailable
from zoom_connector.types import Outputs
from zoom_connector.zoom.client import ZoomClient
from zoom_connector.zoom.creates import Row

from .foreign import LOST, START, Clients, MemoryClaims, MovableClock, Reply, Seen, Server, reply

CREATE = Call("POST", "/users/{user_id}/meetings", "create", Scopes(), "medium")
LIST = Call("GET", "/users/{user_id}/meetings", "read", Scopes(), "medium", listing=Listing("meetings", ("id",), 300))
READ = Call("GET", "/meetings/{meeting_id}", "read", Scopes(), "light")


class Meetings:
    """Zoom's meetings; a plan says what becomes of each create: `made`, `made, answer lost`, `lost`, `5xx`."""

    def __init__(self, server: Server, *plan: str) -> None:
        self.made: list[dict[str, Any]] = []
        self.sent = 0
        self.listing: Callable[[], Reply] = lambda: reply({"meetings": self.made})
        self._plan = iter(plan)
        self._server = server
        self._lock = threading.Lock()
        server.answer = self._answer

    def add(self, topic: str, created: datetime) -> None:
        created_at = created.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.made.append({"id": 100 + len(self.made), "topic": topic, "created_at": created_at})

    def _answer(self, seen: Seen) -> Reply:
        with self._lock:
            if seen.method == "POST":
                return self._create(seen)
            if seen.path.endswith("/meetings"):
                return self.listing()
            found = next((row for row in self.made if seen.path == f"/v2/meetings/{row['id']}"), None)
            return reply({**found, "join_url": "https://example.com/j"}) if found else Reply(503)

    def _create(self, seen: Seen) -> Reply:
        self.sent += 1
        fate = next(self._plan, "made")
        if fate.startswith("made"):
            self.add(seen.json["topic"], self._server.clock.now() + self._server.ahead)
        answer = reply({**self.made[-1], "join_url": "https://example.com/j"}, 201) if self.made else LOST
        return {"made": answer, "made, answer lost": LOST, "lost": LOST, "5xx": Reply(503)}[fate]


def create(client: Clients, topic: str = "Kick-off", fetch: Callable[[Row], Outputs] | None = None) -> Outputs:
    zoom = client(CREATE, LIST, READ)

    def candidates() -> Iterator[Outputs]:
        return (row for row in zoom.list("GET /users/{user_id}/meetings") if row["topic"] == topic)

    def read(row: Row) -> Outputs:
        return zoom.call("/meetings/{meeting_id}", {"meeting_id": row["id"]})

    return zoom.create(
        "POST /users/{user_id}/meetings",
        {"topic": topic},
        mark=["me", topic],
        candidates=candidates,
        fetch=fetch or read,
    )


def test_a_create_that_is_answered_is_sent_once_and_looked_for_never(client: Clients, server: Server) -> None:
    zoom = Meetings(server)

    made = create(client)

    assert (made["id"], zoom.sent, len(server.seen)) == (100, 1, 1)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=3), timedelta(hours=-3)])
def test_a_create_whose_answer_was_lost_is_found_whatever_zooms_clock_says(
    client: Clients, server: Server, ahead: timedelta
) -> None:
    zoom = Meetings(server, "made, answer lost")
    server.ahead = ahead

    made = create(client)

    assert (made["id"], made["join_url"], zoom.sent) == (100, "https://example.com/j", 1)


def test_a_create_that_was_found_counts_as_done(client: Clients, server: Server) -> None:
    server.script(LOST, reply({"meetings": [{"id": 1, "created_at": "2030-01-07T09:00:00Z"}]}))
    zoom = client(CREATE, LIST)

    zoom.create(
        "POST /users/{user_id}/meetings",
        {},
        mark=["x"],
        candidates=lambda: zoom.list("GET /users/{user_id}/meetings"),
        fetch=dict,
    )

    assert zoom.changed


@pytest.mark.parametrize("fate", ["lost", "5xx"])
def test_a_create_that_never_arrived_is_sent_again(client: Clients, server: Server, fate: str) -> None:
    zoom = Meetings(server, fate, "made")

    made = create(client)

    assert (made["id"], zoom.sent, len(zoom.made)) == (100, 2, 1)


def test_a_create_that_shows_up_late_is_not_made_twice(client: Clients, server: Server, clock: MovableClock) -> None:
    zoom = Meetings(server, "lost")
    looks = 0

    def late() -> Reply:
        nonlocal looks
        looks += 1
        if looks == 3:
            zoom.add("Kick-off", START)
        return reply({"meetings": zoom.made})

    zoom.listing = late

    assert (create(client)["id"], zoom.sent) == (100, 1)


def test_a_create_that_never_arrives_is_reported_as_not_made(client: Clients, server: Server) -> None:
    zoom = Meetings(server, *["5xx"] * 9)

    with pytest.raises(ZoomUnavailable, match="zoom_unavailable"):
        create(client)

    assert (zoom.sent, zoom.made) == (3, [])


def test_a_refused_create_is_not_looked_for(client: Clients, server: Server) -> None:
    server.answer = lambda seen: reply({"code": 300, "message": "Validation Failed."}, 400)

    with pytest.raises(ZoomError, match="zoom_refused"):
        create(client)

    assert len(server.seen) == 1


def test_an_older_meeting_alike_is_not_taken_for_the_one_made(client: Clients, server: Server) -> None:
    zoom = Meetings(server, "lost", "made")
    zoom.add("Kick-off", START - timedelta(seconds=10))

    assert (create(client)["id"], zoom.sent) == (101, 2)


def test_a_meeting_of_another_request_is_not_taken_for_the_one_made(
    client: Clients, server: Server, claims: MemoryClaims
) -> None:
    zoom = Meetings(server, "made", "lost", "made")

    made = [create(client)["id"], create(client)["id"]]

    assert (made, zoom.sent) == ([100, 101], 3)


def test_two_candidates_leave_the_outcome_open(client: Clients, server: Server) -> None:
    zoom = Meetings(server, "made, answer lost")
    zoom.add("Kick-off", START)

    with pytest.raises(OutcomeUnknown) as caught:
        create(client)

    assert (caught.value.params["candidates"], zoom.sent) == (2, 1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply({"code": 4711, "message": "Invalid access token, does not contain scopes:[a]."}, 400), "scope_missing"),
        (Reply(503), "zoom_unavailable"),
        (LOST, "zoom_unreachable"),
        (reply({"meetings": [{"id": 1, "topic": "Kick-off"}]}), "created_at"),
    ],
)
def test_a_listing_that_proves_nothing_leaves_the_outcome_open(
    client: Clients, server: Server, answer: Reply, reason: str
) -> None:
    zoom = Meetings(server, "lost")
    zoom.listing = lambda: answer

    with pytest.raises(OutcomeUnknown) as caught:
        create(client)

    assert (caught.value.params["reason"], zoom.sent) == (reason, 1)


def test_a_listing_that_took_too_long_leaves_the_outcome_open(
    client: Clients, server: Server, clock: MovableClock
) -> None:
    zoom = Meetings(server, "made, answer lost")

    def slow() -> Reply:
        clock.sleep(241)
        return reply({"meetings": zoom.made})

    zoom.listing = slow

    with pytest.raises(OutcomeUnknown) as caught:
        create(client)

    assert caught.value.params["reason"] == "too_slow"


def test_a_meeting_that_was_found_but_cannot_be_read_is_not_reported_as_failed(client: Clients, server: Server) -> None:
    def unreadable(row: Row) -> Outputs:
        raise ZoomUnavailable("zoom_unavailable")

    Meetings(server, "made, answer lost")

    with pytest.raises(OutcomeUnknown) as caught:
        create(client, fetch=unreadable)

    assert caught.value.params["made"] == "100"


def test_identical_creates_in_parallel_make_one_meeting_each(client: Clients, server: Server) -> None:
    zoom = Meetings(server, *["made, answer lost", "lost", "made"] * 4)

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: create(client)["id"], range(12)))

    assert sorted(made) == [row["id"] for row in zoom.made]
    assert len(made) == 12


def test_different_creates_do_not_wait_for_each_other(client: Clients, server: Server) -> None:
    zoom = Meetings(server)
    together = threading.Barrier(2, timeout=5)
    plain = server.answer

    def answer(seen: Seen) -> Reply:
        together.wait()
        return plain(seen)

    server.answer = answer

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda topic: create(client, topic), ["Kick-off", "Retro"]))

    assert {row["topic"] for row in zoom.made} == {"Kick-off", "Retro"}


def test_an_interrupted_create_gives_its_turn_back(client: Clients, server: Server) -> None:
    Meetings(server)
    zoom: ZoomClient = client(CREATE)

    def interrupted() -> Iterator[Row]:
        raise KeyboardInterrupt

    server.script(LOST, *[reply({"id": 1}, 201)] * 2)

    with pytest.raises(KeyboardInterrupt):
        zoom.create("/users/{user_id}/meetings", {}, mark=["x"], candidates=interrupted, fetch=dict)

    again = zoom.create("/users/{user_id}/meetings", {}, mark=["x"], candidates=interrupted, fetch=dict)
    assert again == {"id": 1}
