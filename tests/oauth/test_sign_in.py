from urllib.parse import parse_qs, urlsplit

import pytest
from oauth.world import REDIRECT, World

from zoom_connector.errors import InvalidInputs, MissingScopes, SignInFailed, ZoomError, ZoomUnavailable
from zoom_connector.sandbox import Fault, Person
from zoom_connector.store import App

COLLEAGUE = "colleague@example.com"


def test_a_sign_in_ends_with_a_connection_of_the_person_who_authorized(world: World) -> None:
    connected = world.connect("sales")

    grant = connected.connection.grant
    assert (connected.connection.name, connected.renewed, connected.missing_scopes) == ("sales", (), ())
    assert (grant.person.email, grant.tokens.scopes) == ("host@example.com", world.zoom.app("sandbox-client").scopes)
    assert world.works("sales")


def test_the_consent_page_is_asked_with_pkce_and_a_state_and_without_scopes(world: World) -> None:
    url = world.sign_ins.begin("sales", world.app, redirect_uri=REDIRECT).url

    query = parse_qs(urlsplit(url).query)
    assert sorted(query) == [
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "redirect_uri",
        "response_type",
        "state",
    ]
    assert (query["code_challenge_method"], query["redirect_uri"]) == (["S256"], [REDIRECT])


def test_every_sign_in_has_a_state_and_a_challenge_of_its_own(world: World) -> None:
    queries = [
        parse_qs(urlsplit(world.sign_ins.begin("sales", world.app, redirect_uri=REDIRECT).url).query) for _ in range(2)
    ]

    assert queries[0]["state"] != queries[1]["state"]
    assert queries[0]["code_challenge"] != queries[1]["code_challenge"]


@pytest.mark.parametrize("pasted", ["{url}", "  {url}\n", "{query}"])
def test_a_pasted_redirect_url_completes_the_sign_in(world: World, pasted: str) -> None:
    url = world.callback("sales")

    world.sign_ins.finish(pasted.format(url=url, query=urlsplit(url).query))

    assert world.works("sales")


def test_the_same_person_under_another_name_renews_the_first_connection(world: World) -> None:
    world.connect("sales")

    connected = world.connect("support")

    assert connected.renewed == ("sales",)
    assert (world.works("sales"), world.works("support")) == (True, True)


def test_scopes_that_did_not_come_back_are_named(world: World) -> None:
    world.zoom.app("sandbox-client").scopes = frozenset({"meeting:write", "user_info:read"})

    assert world.connect("sales").missing_scopes == ("recording:read",)


def test_an_app_that_may_not_read_its_user_is_told_which_scope_is_missing(world: World) -> None:
    world.zoom.app("sandbox-client").scopes = frozenset({"meeting:write", "recording:read"})

    with pytest.raises(MissingScopes) as caught:
        world.connect("sales")

    assert caught.value.code == "scope_missing"
    assert caught.value.params["connection"] == "sales"
    assert world.connections.all() == []


def test_another_person_under_an_existing_name_is_a_question(world: World) -> None:
    world.connect("sales")

    with pytest.raises(InvalidInputs) as caught:
        world.connect("sales", COLLEAGUE)

    expected = {"connection": "sales", "user": "host@example.com", "new_user": COLLEAGUE}
    assert (caught.value.code, caught.value.params) == ("connection_exists", expected)
    assert world.connections.get("sales").grant.person.email == "host@example.com"
    assert world.works("sales")


def test_the_answer_yes_gives_the_name_to_the_other_person(world: World) -> None:
    world.connect("sales")
    url = world.callback("sales", COLLEAGUE)
    with pytest.raises(InvalidInputs):
        world.sign_ins.finish(url)

    connected = world.sign_ins.finish(url, replace=True)

    assert connected.connection.grant.person.email == COLLEAGUE
    assert world.works("sales")
    assert len(world.asked("/oauth/revoke")) == 1


def test_the_answer_no_ends_the_new_grant_only(world: World) -> None:
    world.connect("sales")
    url = world.callback("sales", COLLEAGUE)
    with pytest.raises(InvalidInputs):
        world.sign_ins.finish(url)

    world.sign_ins.abandon(url)

    assert [(one.name, one.grant.person.email) for one in world.connections.all()] == [("sales", "host@example.com")]
    assert world.works("sales")
    assert [request.status for request in world.asked("/oauth/revoke")] == [200]
    with pytest.raises(SignInFailed):
        world.sign_ins.finish(url, replace=True)


def test_the_answer_no_leaves_other_connections_of_the_new_person_alone(world: World) -> None:
    world.connect("sales")
    world.connect("support", COLLEAGUE)
    url = world.callback("sales", COLLEAGUE)
    with pytest.raises(InvalidInputs):
        world.sign_ins.finish(url)

    world.sign_ins.abandon(url)

    assert (world.works("sales"), world.works("support")) == (True, True)


def test_replacing_is_not_a_question_when_the_host_says_so_beforehand(world: World) -> None:
    world.connect("sales")

    connected = world.sign_ins.finish(world.callback("sales", COLLEAGUE), replace=True)

    assert connected.connection.grant.person.email == COLLEAGUE


def refused(world: World, callback_url: str) -> str:
    with pytest.raises(SignInFailed) as caught:
        world.sign_ins.finish(callback_url)
    assert world.connections.all() == []
    return caught.value.code


def test_a_callback_without_state_is_named(world: World) -> None:
    assert refused(world, f"{REDIRECT}?code=abc") == "state_missing"


def test_a_text_that_is_no_redirect_is_named(world: World) -> None:
    assert refused(world, "I signed in, what now?") == "state_missing"


def test_a_state_that_never_was_is_named(world: World) -> None:
    assert refused(world, f"{REDIRECT}?code=abc&state=abc") == "state_unknown"


def test_a_callback_after_ten_minutes_is_named(world: World) -> None:
    url = world.callback("sales")
    world.zoom.clock.move(minutes=10)

    assert refused(world, url) == "state_expired"


def test_a_callback_that_was_used_is_named(world: World) -> None:
    url = world.callback("sales")
    world.sign_ins.finish(url)

    with pytest.raises(SignInFailed) as caught:
        world.sign_ins.finish(url)

    assert (caught.value.code, caught.value.params) == ("state_used", {"connection": "sales"})
    assert world.works("sales")


def test_a_callback_without_a_code_is_named(world: World) -> None:
    state = parse_qs(urlsplit(world.callback("sales")).query)["state"][0]

    assert refused(world, f"{REDIRECT}?state={state}") == "code_missing"


def test_a_code_that_is_too_old_is_named(world: World) -> None:
    url = world.callback("sales")
    world.zoom.clock.move(minutes=6)

    assert refused(world, url) == "code_expired"


def test_a_code_that_zoom_does_not_know_is_named(world: World) -> None:
    state = parse_qs(urlsplit(world.callback("sales")).query)["state"][0]

    assert refused(world, f"{REDIRECT}?code=invented&state={state}") == "code_expired"


def test_a_person_who_declines_is_told_so(world: World) -> None:
    begun = world.sign_ins.begin("sales", world.app, redirect_uri=REDIRECT)

    assert refused(world, Person(world.zoom.url, "host@example.com").decline(begun.url)) == "sign_in_declined"


def test_any_other_error_of_the_callback_is_passed_on_without_control_characters(world: World) -> None:
    state = parse_qs(urlsplit(world.callback("sales")).query)["state"][0]

    with pytest.raises(SignInFailed) as caught:
        world.sign_ins.finish(f"{REDIRECT}?error=server_error&error_description=Try%1B%5B2J+later&state={state}")

    assert caught.value.code == "sign_in_refused"
    assert caught.value.zoom is not None
    assert (caught.value.zoom.error, caught.value.zoom.message) == ("server_error", "Try[2J later")


def test_a_wrong_client_secret_is_named_and_not_stored(world: World) -> None:
    wrong = App("sandbox-client", "not-the-secret")

    with pytest.raises(ZoomError) as caught:
        world.connect("sales", app=wrong)

    assert caught.value.code == "app_credentials_wrong"
    assert world.connect("sales").connection.grant.app == world.app


def test_an_app_of_the_connections_own_signs_in_the_same_way(world: World) -> None:
    own = App("sandbox-granular-client", "sandbox-granular-secret")

    connected = world.connect("sales", app=own)

    assert (connected.connection.grant.app, connected.missing_scopes) == (own, ())
    assert world.works("sales")


@pytest.mark.parametrize("name", ["", "a/b", "-x", "x" * 65, "line\nbreak"])
def test_a_name_that_would_not_fit_into_a_url_is_refused_before_anything_happens(world: World, name: str) -> None:
    with pytest.raises(InvalidInputs) as caught:
        world.sign_ins.begin(name, world.app, redirect_uri=REDIRECT)

    assert caught.value.code == "connection_name_invalid"


@pytest.mark.parametrize(
    ("kind", "code"),
    [("html", "answer_unreadable"), ("xml", "answer_unreadable"), ("malformed", "answer_unreadable")],
)
def test_an_answer_of_the_token_endpoint_that_is_no_json_is_named(world: World, kind: str, code: str) -> None:
    url = world.callback("sales")
    world.zoom.faults.add(Fault(kind, path="/oauth/token"))

    with pytest.raises(ZoomError) as caught:
        world.sign_ins.finish(url)

    assert caught.value.code == code


@pytest.mark.parametrize(("kind", "code"), [("reset", "zoom_unreachable"), ("server_error", "zoom_unavailable")])
def test_zoom_not_answering_the_exchange_is_named(world: World, kind: str, code: str) -> None:
    url = world.callback("sales")
    world.zoom.faults.add(Fault(kind, path="/oauth/token"))

    with pytest.raises(ZoomUnavailable) as caught:
        world.sign_ins.finish(url)

    assert caught.value.code == code
    assert len(world.asked("/oauth/token")) == 1


def test_a_sign_in_that_was_cut_off_after_the_exchange_goes_on(world: World) -> None:
    url = world.callback("sales")
    world.zoom.faults.add(Fault("server_error", path="/users/{userId}"))
    with pytest.raises(ZoomUnavailable):
        world.sign_ins.finish(url)

    connected = world.sign_ins.finish(url)

    assert connected.connection.grant.person.email == "host@example.com"
    assert len(world.asked("/oauth/token")) == 1


def test_tokens_are_saved_before_anything_else_is_asked(world: World) -> None:
    url = world.callback("sales")
    world.zoom.faults.add(Fault("server_error", path="/users/{userId}"))

    with pytest.raises(ZoomUnavailable):
        world.sign_ins.finish(url)

    state = parse_qs(urlsplit(url).query)["state"][0]
    assert world.store.sign_ins.take(state).tokens is not None
