"""A poll gets through many users in several turns, and one user keeps nothing back from the others."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from events.polled import SINCE, at, when

from contract.handling import CATALOGUE, Foreign, foreign
from zoom_connector import (
    Found,
    Host,
    MissingScopes,
    Page,
    RateLimited,
    Round,
    ZoomClient,
    ZoomError,
    ZoomUnavailable,
    poll_hosts,
)
from zoom_connector.poll import hosts_of

THREE = [Host(name, name, f"{name}@example.com") for name in ("al", "bo", "cy")]
Look = Callable[[ZoomClient, Host, Round], Iterator[Found]]


@pytest.fixture
def zoom() -> Iterator[Foreign]:
    with foreign() as zoom:
        yield zoom


def one_each(zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    if not asked.knows(host.id):
        yield Found({"of": host.id}, zoom.now)


def but(name: str, happens: Callable[[ZoomClient], None]) -> Look:
    """Return a look at which something happens when it is that host's turn, after the first find."""

    def look(zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
        yield from one_each(zoom, host, asked)
        if host.id == name:
            happens(zoom)

    return look


def fail(error: Exception) -> Callable[[ZoomClient], None]:
    def raise_it(_: ZoomClient) -> None:
        raise error

    return raise_it


def turn(zoom: Foreign, cursor: Any, look: Look, hosts: list[Host] = THREE) -> Page:
    overlap = when(minutes=5) - when()
    return poll_hosts(zoom.client(()), cursor, hosts, look, overlap=overlap)


def names(page: Page) -> list[str]:
    return [found.object["of"] for found in page.items]


def test_everybody_is_looked_at_in_one_turn_when_there_is_time(zoom: Foreign) -> None:
    page = turn(zoom, SINCE, one_each, THREE[::-1])

    assert (names(page), page.again_at) == (["al", "bo", "cy"], None)
    assert names(turn(zoom, page.cursor, one_each)) == []


def test_a_turn_that_takes_long_lets_others_go_first_and_goes_on_where_it_was(zoom: Foreign) -> None:
    slow = but("bo", lambda client: client.wait(120))

    first = turn(zoom, SINCE, slow)
    zoom.clock.sleep(60)
    second = turn(zoom, first.cursor, slow)
    third = turn(zoom, second.cursor, one_each)

    assert [names(page) for page in (first, second, third)] == [["al", "bo"], ["cy"], []]
    assert (first.again_at, second.again_at) == (when(minutes=2), None)
    # The round began at the start, so what happened during it is within the next one.
    assert second.cursor["since"] == first.cursor["since"]


def test_a_host_who_joins_while_a_round_goes_on_confuses_nothing(zoom: Foreign) -> None:
    first = turn(zoom, SINCE, but("bo", lambda client: client.wait(120)))

    second = turn(zoom, first.cursor, one_each, [THREE[0], THREE[2]])

    assert names(second) == ["cy"]


@pytest.mark.parametrize(
    ("error", "again_at"),
    [
        (RateLimited("rate_limited", retry_at=when(minutes=9)), when(minutes=9)),
        (RateLimited("rate_limited"), when(minutes=1)),
        (ZoomUnavailable("no_answer"), when(minutes=1)),
    ],
)
def test_what_was_found_before_zoom_stopped_answering_counts(zoom: Foreign, error: ZoomError, again_at: object) -> None:
    first = turn(zoom, SINCE, but("bo", fail(error)))
    second = turn(zoom, first.cursor, one_each)

    assert [names(page) for page in (first, second)] == [["al"], ["bo", "cy"]]
    assert first.again_at == again_at


def test_a_poll_that_cannot_look_at_anybody_fails(zoom: Foreign) -> None:
    with pytest.raises(ZoomUnavailable):
        turn(zoom, SINCE, but("al", fail(ZoomUnavailable("no_answer"))))


def test_somebody_whom_zoom_does_not_show_is_left_out(zoom: Foreign) -> None:
    refused = but("bo", fail(ZoomError("zoom_refused")))

    assert names(turn(zoom, SINCE, refused)) == ["al", "cy"]
    with pytest.raises(ZoomError):
        turn(zoom, SINCE, refused, [THREE[1]])


def test_a_missing_scope_is_not_taken_for_a_user_who_is_not_shown(zoom: Foreign) -> None:
    with pytest.raises(MissingScopes):
        turn(zoom, SINCE, but("bo", fail(MissingScopes("scope_missing"))))


def test_the_earliest_moment_to_ask_again_is_kept_over_the_turns_of_a_round(zoom: Foreign) -> None:
    def look(client: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
        asked.again(when(minutes={"al": 30, "bo": 20, "cy": 40}[host.id]))
        client.wait(60)
        return iter(())

    first = turn(zoom, SINCE, look)
    second = turn(zoom, first.cursor, look)

    assert (first.again_at, second.again_at) == (when(minutes=2), when(minutes=20))


def test_a_round_looks_back_before_the_last_one_but_not_before_the_beginning() -> None:
    overlap = when(minutes=5) - when()
    later = Round({"since": at(hours=1), "begin": at(minutes=58), "known": {}}, when(hours=2), overlap)
    first = Round({"since": at(hours=1)}, when(hours=2), overlap)

    moments = [when(minutes=minutes) for minutes in (54, 57, 58, 60)]
    assert [[asked.covers(moment) for moment in moments] for asked in (later, first)] == [
        [False, False, True, True],
        [False, False, False, True],
    ]
    assert (later.since, later.first, first.first) == (when(minutes=55), False, True)


def test_the_grant_says_whose_things_are_looked_at(zoom: Foreign) -> None:
    me, sam = {"id": "user-jo", "email": "jo@example.com", "pmi": 5550100555}, {"id": "user-sam"}
    zoom.answer({"GET /users/me": me, "GET /users/sam%40example.com": sam, "GET /users": {"users": [me, sam]}})
    client = zoom.client(CATALOGUE.triggers["meeting_ended"].calls)

    own = [hosts_of(client, filters) for filters in ({}, {"host": "sam@example.com"})]
    zoom.hold("meeting:read:admin")
    of_account = [hosts_of(client, filters) for filters in ({}, {"host": "sam@example.com"})]

    jo, other = Host("me", "user-jo", "jo@example.com", "5550100555"), Host("user-sam", "user-sam", "")
    assert own == [[jo], [jo]]
    assert of_account == [[Host("user-jo", jo.id, jo.email, jo.pmi), other], [other]]
