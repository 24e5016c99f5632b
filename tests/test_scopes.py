"""What a grant's scopes say about a call."""

import pytest

from zoom_connector.calls import Scopes
from zoom_connector.scopes import Standing, lacking, standing

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
