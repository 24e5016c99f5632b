"""The fewest scopes that actions need, and what a scope is good for."""

from dataclasses import replace

import pytest

from zoom_connector.calls import Call, Scopes
from zoom_connector.catalogue import Action, Catalogue
from zoom_connector.errors import InvalidInputs
from zoom_connector.scope_sets import ScopeSet, allowed_by, calls_of, smallest_set
from zoom_connector.scopes import Family, Standing, Usage, standing

CATALOGUE = Catalogue()
ACTIONS = CATALOGUE.actions
KINDS: list[tuple[Usage, Family]] = [
    ("user", "granular"),
    ("admin", "granular"),
    ("user", "classic"),
    ("admin", "classic"),
]


def smallest(*actions: Action, usage: Usage = "user", family: Family = "classic") -> ScopeSet:
    return smallest_set(CATALOGUE.identity, actions, usage=usage, family=family)


def names(found: ScopeSet) -> list[str]:
    return [asked.scope for asked in found.scopes]


def an_action(key: str, *classic: str) -> Action:
    request = Call("GET", f"/{key}", "read", Scopes(classic), "light")
    return replace(ACTIONS["get_meeting"], key=key, request=request)


@pytest.mark.parametrize(
    ("usage", "family", "scopes"),
    [
        (
            "user",
            "granular",
            ["user:read:user", "meeting:write:meeting", "meeting:read:list_meetings", "meeting:read:meeting"],
        ),
        ("user", "classic", ["user_info:read", "meeting:write", "meeting:read"]),
        (
            "admin",
            "classic",
            ["user:read:admin", "meeting:write:admin", "meeting:read:admin", "tracking_fields:read:admin"],
        ),
    ],
)
def test_creating_needs_the_scope_to_look_before_it_is_sent_again(
    usage: Usage, family: Family, scopes: list[str]
) -> None:
    assert names(smallest(ACTIONS["create_meeting"], usage=usage, family=family)) == scopes


def test_every_scope_says_which_action_needs_it_and_why() -> None:
    create = ACTIONS["create_meeting"]

    found = smallest(create, family="granular")

    assert {asked.scope: [(use.who, use.reason) for use in asked.uses] for asked in found.scopes} == {
        "user:read:user": [("", "Finds out whose connection it is.")],
        "meeting:write:meeting": [("create_meeting", f"Create meeting: {create.description}")],
        "meeting:read:list_meetings": [("create_meeting", f"Create meeting: {create.calls[1].purpose}")],
        "meeting:read:meeting": [("create_meeting", f"Create meeting: {create.calls[2].purpose}")],
    }


def possible(found: ScopeSet) -> list[Call]:
    """Return the calls of all actions but for those that such an app cannot make, and those of actions it cannot do."""
    cannot = {use.who for use in found.beyond if not use.call.optional}
    beyond = [use.call for use in found.beyond]
    actions = [action for action in ACTIONS.values() if action.key not in cannot]
    return [call for action in actions for call in calls_of(action) if call not in beyond]


@pytest.mark.parametrize(("usage", "family"), KINDS)
def test_the_set_lets_every_call_of_every_action_through(usage: Usage, family: Family) -> None:
    found = smallest(*ACTIONS.values(), usage=usage, family=family)

    refused = [call for call in possible(found) if standing(call.scopes, names(found)) is not Standing.HELD]
    assert [call.path for call in refused] == []


@pytest.mark.parametrize(("usage", "family"), KINDS)
def test_no_scope_of_the_set_can_be_left_out(usage: Usage, family: Family) -> None:
    found = smallest(*ACTIONS.values(), usage=usage, family=family)

    scopes, calls = names(found), [CATALOGUE.identity.sign_in, *possible(found)]
    idle = [
        scope for scope in scopes if all(standing(call.scopes, {*scopes} - {scope}) is Standing.HELD for call in calls)
    ]
    assert idle == []


def test_one_scope_that_serves_two_actions_is_taken_before_two() -> None:
    found = smallest(an_action("one", "a:read", "c:read"), an_action("two", "b:read", "c:read"))

    assert names(found) == ["user_info:read", "c:read"]


def test_reading_is_preferred_to_writing_where_either_is_enough() -> None:
    assert names(smallest(an_action("one", "a:write", "a:read"))) == ["user_info:read", "a:read"]


def test_a_write_scope_serves_reading_only_where_zoom_lists_it() -> None:
    listed = smallest(an_action("write", "a:write"), an_action("read", "a:read", "a:write"))
    unlisted = smallest(an_action("write", "a:write"), an_action("read", "a:read"))

    assert (names(listed), names(unlisted)) == (
        ["user_info:read", "a:write"],
        ["user_info:read", "a:write", "a:read"],
    )


def test_an_action_without_a_scope_at_the_level_is_named_and_asks_for_nothing() -> None:
    report = an_action("report", "report:read:admin")

    found = smallest(report)

    assert (names(found), [(use.who, use.call) for use in found.beyond]) == (
        ["user_info:read"],
        [("report", report.request)],
    )


def test_no_other_call_of_an_action_that_cannot_be_done_is_asked_for_or_named() -> None:
    report, look, fetch = (
        Call("GET", path, "read", Scopes(classic), "light", optional=optional)
        for path, classic, optional in [
            ("/report", ("report:read:admin",), False),
            ("/look", ("look:read:admin",), True),
            ("/fetch", ("fetch:read",), False),
        ]
    )
    action = replace(ACTIONS["create_meeting"], calls=(report, look, fetch))

    found = smallest(action)

    assert (names(found), [use.call for use in found.beyond]) == (["user_info:read"], [report])


def test_many_actions_with_a_scope_of_their_own_are_no_search() -> None:
    scopes = [f"resource{number}:read" for number in range(60)]

    found = smallest(*(an_action(scope.partition(":")[0], scope) for scope in scopes))

    assert names(found) == ["user_info:read", *scopes]


def test_a_call_for_which_zoom_publishes_no_scope_needs_none() -> None:
    found = smallest(an_action("open"))

    assert (names(found), found.beyond) == (["user_info:read"], ())


def test_a_scope_allows_what_zoom_lists_it_for() -> None:
    allowed = allowed_by(CATALOGUE, "meeting:read:list_meetings")

    alone, in_part = ({action.key for action in actions} for actions in (allowed.actions, allowed.in_part))
    assert (alone & in_part, alone >= {"list_meetings"}, in_part >= {"create_meeting"}) == (set(), True, True)
    assert [(call.method, call.path) for call in allowed.operations] == [("GET", "/users/{userId}/meetings")]


def test_a_scope_is_enough_for_an_action_that_can_do_without_its_other_calls() -> None:
    allowed = allowed_by(CATALOGUE, "meeting:delete:meeting")

    assert ([action.key for action in allowed.actions], allowed.in_part) == (["delete_meeting"], ())


def test_a_scope_of_the_account_allows_what_that_of_the_user_does() -> None:
    of_user, of_account = (allowed_by(CATALOGUE, f"meeting:read:list_meetings{level}") for level in ("", ":admin"))

    assert of_account.operations == of_user.operations


def test_a_scope_that_zoom_does_not_have_suggests_others() -> None:
    with pytest.raises(InvalidInputs) as unknown:
        allowed_by(CATALOGUE, "meting:write")

    assert unknown.value.code == "unknown_scope"
    assert unknown.value.params["similar"][0] == "meeting:write"  # type: ignore[index]  # a list, as params hold JSON


def test_the_call_of_every_sign_in_is_one_that_zoom_publishes() -> None:
    ours = CATALOGUE.identity.sign_in

    published = next(call for call in CATALOGUE.operations if (call.method, call.path) == ("GET", "/users/{userId}"))
    assert (ours.effect, ours.scopes, ours.rate_limit) == (published.effect, published.scopes, published.rate_limit)
