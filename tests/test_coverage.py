"""What has an action is counted against what is to have one."""

from typing import Any

import pytest

from zoom_connector.calls import Call, Scopes
from zoom_connector.catalogue import Action
from zoom_connector.coverage import Coverage, Tagged, coverage

PUBLISHED = [
    {"method": "GET", "path": "/rooms", "tag": "Rooms"},
    {"method": "GET", "path": "/rooms/{roomId}", "tag": "Rooms"},
    {"method": "DELETE", "path": "/rooms/{roomId}", "tag": "Rooms"},
    {"method": "GET", "path": "/doors/{doorId}", "tag": "Doors"},
    {"method": "GET", "path": "/doors", "tag": "Doors"},
]


def action(key: str, *operations: str, any_operation: bool = False) -> Action:
    calls = [Call(method, path, "read", Scopes(), "light") for method, path in map(str.split, operations)]
    return Action(
        key=key,
        resource="rooms",
        title="Action",
        description="Does it.",
        effect="read",
        data=(),
        requires=(),
        inputs={},
        outputs={},
        sample={},
        request=calls[0] if len(calls) == 1 else None,
        calls=() if len(calls) == 1 else tuple(calls),
        any_operation=any_operation,
    )


def plan(**changed: Any) -> dict[str, Any]:
    return {"tags": ["Rooms"], "operations": ["GET /doors/{doorId}"], "left_out": {}, **changed}


def test_an_operation_is_covered_by_every_action_that_calls_it_whatever_its_parameter_is_called() -> None:
    actions = [
        action("list_rooms", "GET /rooms"),
        action("empty_room", "GET /rooms/{room_id}", "DELETE /rooms/{room_id}"),
        action("get_room", "GET /rooms/{room}"),
    ]

    found = coverage(plan(left_out={"GET /doors/{doorId}": "Nobody has a door."}), PUBLISHED, actions)

    assert found == Coverage(
        tags=(
            Tagged(
                "Rooms",
                {
                    "GET /rooms": ("list_rooms",),
                    "GET /rooms/{roomId}": ("empty_room", "get_room"),
                    "DELETE /rooms/{roomId}": ("empty_room",),
                },
                missing=(),
                left_out={},
            ),
            Tagged("Doors", {}, missing=(), left_out={"GET /doors/{doorId}": "Nobody has a door."}),
        ),
        stale=(),
    )
    assert (found.covered, found.wanted, found.percent) == (3, 3, 100)


def test_what_has_neither_an_action_nor_a_reason_is_missing() -> None:
    found = coverage(plan(), PUBLISHED, [action("list_rooms", "GET /rooms"), action("call", any_operation=True)])

    assert [each.missing for each in found.tags] == [
        ("GET /rooms/{roomId}", "DELETE /rooms/{roomId}"),
        ("GET /doors/{doorId}",),
    ]
    assert (found.covered, found.wanted, found.percent) == (1, 4, 25)


def test_a_share_is_rounded_down_so_that_all_means_all() -> None:
    rows = [{"method": "GET", "path": f"/rooms/{number}", "tag": "Rooms"} for number in range(300)]
    actions = [action(f"get_{number}", f"GET /rooms/{number}") for number in range(299)]

    assert coverage(plan(operations=[]), rows, actions).percent == 99


@pytest.mark.parametrize(
    ("changed", "stale"),
    [
        ({"tags": ["Rooms", "Windows"]}, "Windows"),
        ({"operations": ["GET /cats"]}, "GET /cats"),
        ({"left_out": {"GET /rooms": "Too many."}}, "GET /rooms"),
        ({"left_out": {"GET /doors": "Never asked for."}}, "GET /doors"),
        ({"left_out": {"GET /cats": "They do not come."}}, "GET /cats"),
    ],
)
def test_an_entry_that_is_wrong_by_now_is_named(changed: dict[str, Any], stale: str) -> None:
    found = coverage(plan(**changed), PUBLISHED, [action("list_rooms", "GET /rooms")])

    assert found.stale == (stale,)
