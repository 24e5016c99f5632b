"""Calls of a handler, against a foreign server."""

import contextlib
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from zoom_connector.calls import Call, Effect, Listing, Scopes
from zoom_connector.errors import (
    ManifestError,
    MissingScopes,
    OutcomeUnknown,
    RateLimited,
    ReconnectRequired,
    ZoomAnswer,
    ZoomConnectorError,
    ZoomError,
    ZoomUnavailable,
)
from zoom_connector.zoom.access import Token
from zoom_connector.zoom.client import ZoomClient

from .foreign import LOST, START, Clients, Grant, MovableClock, Reply, Seen, Server, reply


def a_call(method: str, path: str, effect: Effect, **more: Any) -> Call:
    return Call(method, path, effect, Scopes(), "light", **more)


READ = a_call("GET", "/meetings/{meeting_id}", "read")
CREATE = a_call("POST", "/users/{user_id}/meetings", "create")
UPDATE = a_call("PATCH", "/meetings/{meeting_id}", "update")
SWITCH = a_call("POST", "/meetings/{meeting_id}/switch", "update")
DELETE = a_call("DELETE", "/meetings/{meeting_id}", "delete")
LIST = a_call("GET", "/users/{user_id}/meetings", "read", listing=Listing("meetings", ("id",), 2))

ID = {"meeting_id": "1"}
DOWN = Reply(503)
PER_SECOND = reply({"code": 429, "message": "You have reached the maximum per-second rate limit."}, 429)


class SignedInAgain(Grant):
    """A grant that somebody signs in to anew whenever Zoom calls it over."""

    def ended(self, refused: Token, error: ReconnectRequired) -> Token:
        return self.renew(refused)


def run(zoom: ZoomClient, call: Call) -> Any:
    return zoom.call(f"{call.method} {call.path}", ID if "{meeting_id}" in call.path else {})


def test_a_call_asks_for_json_with_the_grants_token(client: Clients, server: Server) -> None:
    server.script(reply({"id": 1}))

    answer = client(READ).call("/meetings/{meeting_id}", {"meeting_id": "/a=="})

    assert answer == {"id": 1}
    assert server.seen == [Seen("GET", "/v2/meetings/%252Fa%253D%253D")]
    headers = server.seen[0].headers
    assert (headers["Authorization"], headers["Accept"]) == ("Bearer token-1", "application/json")


def test_a_body_arrives_as_it_was_given(client: Clients, server: Server) -> None:
    client(UPDATE).call("/meetings/{meeting_id}", {**ID, "topic": "Früh", "duration": 0, "live": False})

    assert server.seen == [Seen("PATCH", "/v2/meetings/1", (), {"topic": "Früh", "duration": 0, "live": False})]


def test_a_bare_array_comes_as_items(client: Clients, server: Server) -> None:
    server.script(reply([{"id": 1}]))

    assert run(client(READ), READ) == {"items": [{"id": 1}]}


def test_an_answer_that_is_no_object_cannot_be_read(client: Clients, server: Server) -> None:
    server.script(reply("fine"))

    with pytest.raises(ZoomError, match="answer_unreadable"):
        run(client(READ), READ)


@pytest.mark.parametrize("name", ["/users/{user_id}", "/users/{user_id}/meetings", "PUT /users/{user_id}/meetings"])
def test_a_call_that_is_not_declared_or_ambiguous_is_refused(client: Clients, server: Server, name: str) -> None:
    with pytest.raises(ManifestError, match="call_not_declared"):
        client(LIST, CREATE).call(name)

    assert server.seen == []


def test_rows_come_page_by_page(client: Clients, server: Server) -> None:
    server.script(
        reply({"meetings": [{"id": 1}, {"id": 2}], "next_page_token": "t"}), reply({"meetings": [{"id": 2}, {"id": 3}]})
    )

    rows = list(client(LIST).list("/users/{user_id}/meetings"))

    assert rows == [{"id": 1}, {"id": 2}, {"id": 3}]
    assert [seen.query for seen in server.seen] == [
        (("page_size", "2"),),
        (("page_size", "2"), ("next_page_token", "t")),
    ]


def test_a_call_that_is_no_list_gives_no_rows(client: Clients) -> None:
    with pytest.raises(ManifestError, match="call_not_declared"):
        client(READ).list("/meetings/{meeting_id}", ID)


@pytest.mark.parametrize("call", [READ, UPDATE, DELETE], ids=lambda call: call.effect)
@pytest.mark.parametrize("fault", [LOST, DOWN, Reply(200, b'{"id": 1}', cut=4)], ids=["lost", "5xx", "cut"])
def test_what_may_be_repeated_is_sent_again_after_a_fault(
    client: Clients, server: Server, clock: MovableClock, call: Call, fault: Reply
) -> None:
    server.script(fault, fault, reply({"id": 1}))

    assert run(client(call), call) == {"id": 1}
    assert [0.5 <= slept / 2**n <= 1 for n, slept in enumerate(clock.slept)] == [True, True]


@pytest.mark.parametrize(("fault", "code"), [(LOST, "zoom_unreachable"), (DOWN, "zoom_unavailable")])
def test_faults_without_end_are_reported(client: Clients, server: Server, fault: Reply, code: str) -> None:
    server.answer = lambda seen: fault

    with pytest.raises(ZoomUnavailable, match=code) as caught:
        run(client(READ), READ)

    assert (len(server.seen), caught.value.params["connection"]) == (4, "sales")


@pytest.mark.parametrize("call", [CREATE, SWITCH], ids=["create", "update by POST"])
@pytest.mark.parametrize(
    "fault",
    [LOST, DOWN, Reply(201, b'{"id": 1}', cut=4), Reply(200, b"<html>", {"Content-Type": "text/html"})],
    ids=["lost", "5xx", "cut", "html"],
)
def test_what_may_have_been_done_is_never_sent_again(client: Clients, server: Server, call: Call, fault: Reply) -> None:
    server.answer = lambda seen: fault

    with pytest.raises(OutcomeUnknown):
        run(client(call), call)

    assert len(server.seen) == 1


def test_a_create_that_zoom_refused_is_refused(client: Clients, server: Server) -> None:
    server.script(reply({"code": 300, "message": "Validation Failed."}, 400))

    with pytest.raises(ZoomError) as caught:
        run(client(CREATE), CREATE)

    assert (type(caught.value), caught.value.code) == (ZoomError, "zoom_refused")


def test_a_create_is_tried_again_when_nobody_could_have_got_it(
    client: Clients, server: Server, clock: MovableClock
) -> None:
    client.grant.api_url = f"http://{server.host}"
    zoom = client(CREATE)
    server.shutdown()
    server.server_close()

    with pytest.raises(ZoomUnavailable, match="zoom_unreachable"):
        run(zoom, CREATE)

    assert len(clock.slept) == 3


def test_a_slow_answer_to_a_create_leaves_its_outcome_open(client: Clients, server: Server) -> None:
    release = threading.Event()

    def slowly(seen: Seen) -> Reply:
        release.wait(5)
        return reply({})

    server.answer = slowly
    zoom = client(CREATE, timeout=(1, 0.05))

    with pytest.raises(OutcomeUnknown):
        run(zoom, CREATE)

    release.set()


def test_a_delete_whose_answer_was_lost_is_done_when_the_thing_is_gone(client: Clients, server: Server) -> None:
    server.script(LOST, reply({"code": 3001, "message": "Meeting does not exist: 1."}, 404))

    assert run(client(DELETE), DELETE) == {}


def test_a_delete_of_something_that_was_never_there_fails(client: Clients, server: Server) -> None:
    server.script(reply({"code": 3001, "message": "Meeting does not exist: 1."}, 404))

    with pytest.raises(ZoomError, match="zoom_refused"):
        run(client(DELETE), DELETE)


@pytest.mark.parametrize("call", [READ, CREATE], ids=lambda call: call.effect)
def test_a_refused_token_is_renewed_once_and_the_call_goes_on(client: Clients, server: Server, call: Call) -> None:
    server.script(reply({"code": 124, "message": "Invalid access token."}, 401), reply({"id": 1}))

    assert run(client(call), call) == {"id": 1}
    assert [seen.headers["Authorization"] for seen in server.seen] == ["Bearer token-1", "Bearer token-2"]
    assert client.grant.rejected == ["token-1"]


def test_a_token_refused_again_ends_the_grant(client: Clients, server: Server) -> None:
    server.answer = lambda seen: reply(
        {"code": 124, "message": "Invalid access token."}, 401, **{"x-zm-trackingid": "t"}
    )

    with pytest.raises(ReconnectRequired) as caught:
        run(client(READ), READ)

    assert (caught.value.code, caught.value.params) == ("grant_dead", {"connection": "sales"})
    assert caught.value.zoom == ZoomAnswer(401, 124, "Invalid access token.", "t")
    assert client.grant.rejected == ["token-1"]


def test_a_withdrawn_approval_is_told_at_once(client: Clients, server: Server) -> None:
    server.script(reply({"code": 4738, "message": "The token is disabled by admin."}, 401))

    with pytest.raises(ReconnectRequired, match="approval_withdrawn"):
        run(client(READ), READ)

    assert client.grant.rejected == []


@pytest.mark.parametrize("call", [READ, CREATE], ids=lambda call: call.effect)
def test_a_call_goes_on_with_the_token_of_a_sign_in_in_the_meantime(
    client: Clients, server: Server, call: Call
) -> None:
    client.grant = SignedInAgain(server.url)
    server.script(reply({"code": 4741, "message": "The token has been revoked."}, 401), reply({"id": 1}))

    assert run(client(call), call) == {"id": 1}
    assert [seen.headers["Authorization"] for seen in server.seen] == ["Bearer token-1", "Bearer token-2"]


def test_a_grant_whose_newer_token_is_refused_too_is_over(client: Clients, server: Server) -> None:
    client.grant = SignedInAgain(server.url)
    server.answer = lambda seen: reply({"code": 4741, "message": "The token has been revoked."}, 401)

    with pytest.raises(ReconnectRequired, match="grant_replaced"):
        run(client(READ), READ)

    assert len(server.seen) == 2


def test_missing_scopes_name_the_connection(client: Clients, server: Server) -> None:
    server.script(reply({"code": 4711, "message": "Invalid access token, does not contain scopes:[a, b]."}, 400))

    with pytest.raises(MissingScopes) as caught:
        run(client(READ), READ)

    assert caught.value.params == {"scopes": ["a", "b"], "connection": "sales"}


def test_of_the_scopes_that_zoom_names_only_those_are_left_that_the_app_could_have(
    client: Clients, grant: Grant, server: Server
) -> None:
    grant.scopes = frozenset({"user:read:user"})
    named = "Invalid access token, does not contain scopes:[meeting:read:meeting, meeting:read:meeting:admin]."
    server.script(reply({"code": 4711, "message": named}, 400))

    with pytest.raises(MissingScopes) as caught:
        run(client(READ), READ)

    assert caught.value.params == {"scopes": ["meeting:read:meeting"], "connection": "sales"}


@pytest.mark.parametrize("call", [READ, CREATE], ids=lambda call: call.effect)
def test_a_call_that_came_too_fast_waits_and_goes_on(
    client: Clients, server: Server, clock: MovableClock, call: Call
) -> None:
    reset = str(int((START + timedelta(seconds=4)).timestamp()))
    server.script(
        reply({}, 429, **{"X-RateLimit-Type": "QPS", "X-RateLimit-Reset": reset}), PER_SECOND, reply({"id": 1})
    )

    assert run(client(call), call) == {"id": 1}
    assert timedelta(seconds=5) <= clock.now() - START <= timedelta(seconds=6)


def test_a_limit_without_end_is_reported(client: Clients, server: Server) -> None:
    server.answer = lambda seen: PER_SECOND

    with pytest.raises(RateLimited, match="rate_limited"):
        run(client(READ), READ)

    assert len(server.seen) == 9


def test_a_used_up_day_is_reported_at_once(client: Clients, server: Server, clock: MovableClock) -> None:
    text = "You have reached the maximum daily rate limit for this API."
    server.script(reply({"code": 429, "message": text}, 429, **{"Retry-After": "2030-01-08T00:00:00Z"}))

    with pytest.raises(RateLimited) as caught:
        run(client(READ), READ)

    assert (caught.value.code, caught.value.retry_at) == ("daily_limit", START.replace(hour=0) + timedelta(days=1))
    assert clock.slept == []


def test_redirects_of_the_api_are_not_followed(client: Clients, server: Server, elsewhere: Server) -> None:
    server.script(Reply(302, headers={"Location": f"{elsewhere.url}/v2"}))

    with pytest.raises(ZoomError, match="answer_unreadable"):
        run(client(READ), READ)

    assert elsewhere.seen == []


def test_a_token_goes_to_no_foreign_host(client: Clients, elsewhere: Server) -> None:
    client.grant.api_url = elsewhere.url

    with pytest.raises(ZoomError) as caught:
        run(client(READ), READ)

    assert (caught.value.code, caught.value.params["host"], elsewhere.seen) == ("host_not_trusted", "127.0.0.1", [])


def test_a_password_in_netrc_takes_no_tokens_place(
    client: Clients, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login jo password example")
    monkeypatch.setenv("NETRC", str(netrc))

    run(client(READ), READ)

    assert server.seen[0].headers["Authorization"] == "Bearer token-1"


def test_cookies_of_one_grant_do_not_reach_another(client: Clients, server: Server) -> None:
    server.answer = lambda seen: reply({}, 200, **{"Set-Cookie": "session=example; Path=/"})

    run(client(READ), READ)
    run(client(READ), READ)

    assert "Cookie" not in server.seen[1].headers


def test_any_operation_is_sent_with_the_facts_known_about_it(client: Clients, server: Server) -> None:
    template = a_call("POST", "/meetings/{meetingId}/switch", "read")
    server.script(DOWN, reply([1]))

    answer = client(template, any_operation=True).send(
        "POST", "/v2/meetings/1/switch", {"a": [1, 2], "b": None}, {"c": 0}
    )

    assert answer == [1]
    assert server.seen == [Seen("POST", "/v2/meetings/1/switch", (("a", "1,2"),), {"c": 0})] * 2


@pytest.mark.parametrize(
    ("method", "kind"),
    [("GET", ZoomUnavailable), ("PUT", ZoomUnavailable), ("DELETE", ZoomUnavailable), ("POST", OutcomeUnknown)],
)
def test_an_unknown_operation_is_taken_for_what_its_method_says(
    client: Clients, server: Server, method: str, kind: type[ZoomConnectorError]
) -> None:
    server.answer = lambda seen: DOWN

    with pytest.raises(ZoomConnectorError) as caught:
        client(any_operation=True).send(method, "/phone/users")

    assert type(caught.value) is kind


def test_only_an_action_for_any_operation_sends_one(client: Clients, server: Server) -> None:
    with pytest.raises(ManifestError, match="call_not_declared"):
        client(READ).send("GET", "/users/me")

    assert server.seen == []


def test_a_client_tells_whose_it_is_and_what_time_it_is(client: Clients) -> None:
    zoom = client()

    assert (zoom.user, zoom.now) == ("me", START)


def test_no_failure_shows_the_token(client: Clients, server: Server) -> None:
    server.answer = lambda seen: reply({"code": 300, "message": f"Odd header {seen.headers['Authorization']}"}, 400)

    with pytest.raises(ZoomError) as caught:
        run(client(READ), READ)

    assert "token-1" not in f"{caught.value} {caught.value!r} {client.grant.token()!r}"


@pytest.mark.parametrize(
    ("call", "answers", "changed"),
    [
        (READ, [reply({})], False),
        (UPDATE, [reply({})], True),
        (DELETE, [LOST, Reply(404)], True),
        (CREATE, [reply({"id": 1}, 201)], True),
        (CREATE, [reply({"code": 300, "message": "Validation Failed."}, 400)], False),
    ],
)
def test_a_run_knows_whether_it_changed_anything(
    client: Clients, server: Server, call: Call, answers: list[Reply], changed: bool
) -> None:
    server.script(*answers)
    zoom = client(call)

    with contextlib.suppress(ZoomError):
        run(zoom, call)

    assert zoom.changed is changed
