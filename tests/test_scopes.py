"""What a grant's scopes say about a call."""

import pytest

from zoom_connector.calls import Scopes
from zoom_connector.scopes import Standing, Usage, at_level, lacking, parse, standing, suited

READ = Scopes(("meeting:read", "meeting:read:admin"), ("meeting:read:meeting", "meeting:read:meeting:admin"))
REPORT = Scopes(("report:read:admin",), ("report:read:user:admin",))
NONE = Scopes()
REQUIRED = [
    ("meeting:write", ("meeting:write:meeting", "meeting:update:meeting")),
    ("user_info:read", ("user:read:user",)),
]


@pytest.mark.parametrize(
    ("needed", "held", "result"),
    [
        (READ, {"meeting:read"}, Standing.HELD),
        (READ, {"meeting:read:meeting:admin"}, Standing.HELD),
        (READ, {"meeting:read:master"}, Standing.HELD),
        (READ, {"meeting:write"}, Standing.UNCERTAIN),
        (READ, {"meeting:read:list_meetings"}, Standing.UNCERTAIN),
        (READ, {"user:read"}, Standing.MISSING),
        (READ, set(), Standing.MISSING),
        (REPORT, {"report:read"}, Standing.MISSING),
        (REPORT, {"report:write:master"}, Standing.UNCERTAIN),
        (NONE, set(), Standing.HELD),
    ],
)
def test_only_a_grant_without_the_resource_at_the_level_is_turned_down(
    needed: Scopes, held: set[str], result: Standing
) -> None:
    assert standing(needed, held) is result


@pytest.mark.parametrize(
    ("held", "missing"),
    [
        ({"meeting:write", "user_info:read"}, []),
        ({"meeting:write:admin", "user_info:read"}, []),
        ({"meeting:write"}, ["user_info:read"]),
        ({"meeting:write:meeting", "meeting:update:meeting", "user:read:user"}, []),
        ({"meeting:write:meeting", "user:read:user:admin"}, ["meeting:update:meeting"]),
        (set(), ["meeting:write", "user_info:read"]),
    ],
)
def test_missing_scopes_are_named_in_the_family_of_the_app(held: set[str], missing: list[str]) -> None:
    assert lacking(REQUIRED, held) == missing


@pytest.mark.parametrize(
    ("scope", "name", "level", "granular"),
    [
        ("meeting:read", "meeting:read", 0, False),
        ("meeting:read:admin", "meeting:read", 1, False),
        ("account:master", "account", 2, False),
        ("user_profile", "user_profile", 0, False),
        ("meeting:read:meeting", "meeting:read:meeting", 0, True),
        ("meeting:read:meeting:master", "meeting:read:meeting", 2, True),
        ("webinar_token:read:admin:live_streaming", "webinar_token:read:live_streaming", 1, False),
        ("app:deeplink:write:admin", "app:deeplink:write", 1, False),
    ],
)
def test_a_scope_is_taken_apart_wherever_its_level_stands(scope: str, name: str, level: int, granular: bool) -> None:
    parsed = parse(scope)

    assert (parsed.name, parsed.level, parsed.granular) == (name, level, granular)


@pytest.mark.parametrize(
    ("held", "left"),
    [
        ({"user:read:user"}, ["meeting:read:meeting"]),
        ({"user:read:user:admin"}, ["meeting:read:meeting:admin"]),
        ({"user_info:read"}, ["meeting:read"]),
        ({"user:read:admin"}, ["meeting:read:admin"]),
        (set(), ["meeting:read", "meeting:read:admin", "meeting:read:meeting", "meeting:read:meeting:admin"]),
    ],
)
def test_only_scopes_that_the_app_could_be_given_are_offered(held: set[str], left: list[str]) -> None:
    assert suited([*READ.classic, *READ.granular], held) == left


def test_nothing_is_offered_to_an_app_of_the_wrong_kind() -> None:
    assert suited([*REPORT.classic, *REPORT.granular], {"user:read:user"}) == []


@pytest.mark.parametrize(
    ("usage", "left"),
    [("user", ["recording:read"]), ("admin", ["recording:read:admin", "phone_recording:read:admin"])],
)
def test_a_classic_scope_stands_for_its_counterpart_for_the_account(usage: Usage, left: list[str]) -> None:
    assert at_level(["recording:read", "phone_recording:read:admin"], usage) == left


def test_a_scope_for_ones_own_data_has_no_counterpart_for_the_account() -> None:
    assert at_level(["user_info:read", "user:read", "user:read:admin"], "admin") == ["user:read:admin"]
