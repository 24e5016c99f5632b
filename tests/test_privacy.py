"""Which Zoom data actions read or change, what for and under which scopes."""

from dataclasses import replace
from typing import Any

from zoom_connector.calls import Call, Effect, Scopes
from zoom_connector.catalogue import Action, Catalogue
from zoom_connector.privacy import KINDS, Part, as_markdown, privacy
from zoom_connector.scopes import Family, Usage

CATALOGUE = Catalogue()
IDENTITY = replace(
    CATALOGUE.identity,
    data={
        "doors": {"title": "Doors", "purpose": "To open doors."},
        "rooms": {"title": "Rooms", "purpose": "To find a room."},
        "walls": {"title": "Walls", "purpose": "To hang pictures."},
    },
)
SIGN_IN = {
    ("user", "granular"): ("user:read:user",),
    ("admin", "granular"): ("user:read:user:admin",),
    ("user", "classic"): ("user_info:read",),
    ("admin", "classic"): ("user:read:admin",),
}


def fields(**titles: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"title": title} for name, title in titles.items()}}


def an_action(effect: Effect, *data: str, **changed: Any) -> Action:
    scopes = Scopes(("room:read", "room:read:admin"), ("room:read:list:admin",))
    request = Call("GET", "/rooms", effect, scopes, "light")
    action = replace(
        CATALOGUE.actions["get_meeting"],
        key=f"{effect}_it",
        title=f"{effect.capitalize()} it",
        effect=effect,
        data=data,
        request=request,
        inputs=fields(room_id="Room", limit="At most"),
        outputs=fields(floor="Floor", more="More to come"),
    )
    return replace(action, **changed)


def test_a_category_has_its_purpose_and_what_is_read_under_which_scopes() -> None:
    read = an_action("read", "rooms")

    found = privacy(IDENTITY, [read])

    assert found.sign_in == SIGN_IN
    assert [(each.key, each.title, each.purpose, each.parts) for each in found.categories] == [
        ("rooms", "Rooms", "To find a room.", (Part(read, ("Floor",)),))
    ]
    assert found.categories[0].scopes == {
        ("user", "granular"): (),
        ("admin", "granular"): ("room:read:list:admin",),
        ("user", "classic"): ("room:read",),
        ("admin", "classic"): ("room:read:admin",),
    }


def test_what_a_change_takes_is_listed_and_stands_in_its_first_category_only() -> None:
    read, update = an_action("read", "doors"), an_action("update", "rooms", "doors")

    found = privacy(IDENTITY, [update, read])

    assert {each.key: each.parts for each in found.categories} == {
        "doors": (Part(read, ("Floor",)), Part(update, ())),
        "rooms": (Part(update, ("Room",)),),
    }


def test_a_list_is_listed_with_what_is_in_its_rows() -> None:
    rows = {"title": "Rooms", "type": "array", "items": fields(name="Name", floor="Floor")}
    outputs = {"type": "object", "properties": {"rooms": rows, "settings": {"title": "Settings", **fields(a="A")}}}

    found = privacy(IDENTITY, [an_action("read", "rooms", outputs=outputs)])

    assert found.categories[0].parts[0].items == ("Rooms (Name, Floor)", "Settings")


def test_the_page_names_everything_a_reviewer_asks_for() -> None:
    any_call = an_action("read", "walls", key="call", title="Call", request=None, any_operation=True)

    page = as_markdown(privacy(IDENTITY, [an_action("delete", "rooms", "doors"), any_call]))

    assert (
        page
        == """\
# Zoom data that is used

Every connection: Finds out whose connection it is.

- User-managed app: `user:read:user`
- Admin-managed or server-to-server app: `user:read:user:admin`
- User-managed app with classic scopes: `user_info:read`
- Admin-managed app with classic scopes: `user:read:admin`

## Doors

To open doors.

- Delete it (`delete_it`, deletes)

- User-managed app: none, it cannot do this
- Admin-managed or server-to-server app: `room:read:list:admin`
- User-managed app with classic scopes: `room:read`
- Admin-managed app with classic scopes: `room:read:admin`

## Rooms

To find a room.

- Delete it (`delete_it`, deletes): Room

- User-managed app: none, it cannot do this
- Admin-managed or server-to-server app: `room:read:list:admin`
- User-managed app with classic scopes: `room:read`
- Admin-managed app with classic scopes: `room:read:admin`

## Walls

To hang pictures.

- Call (`call`, reads): Floor

- Every kind of app: the scopes of the call that is named
"""
    )


def test_every_action_of_the_connector_is_in_each_of_its_categories() -> None:
    found = privacy(CATALOGUE.identity, CATALOGUE.actions.values())

    listed = {(category.key, part.action.key) for category in found.categories for part in category.parts}
    assert listed == {(key, action.key) for action in CATALOGUE.actions.values() for key in action.data}


def test_no_scope_is_asked_for_beyond_what_the_app_manifest_has() -> None:
    everything: list[tuple[Usage, Family]] = list(KINDS)

    found = privacy(CATALOGUE.identity, [CATALOGUE.actions["create_meeting"], CATALOGUE.actions["list_recordings"]])

    assert {
        kind: {*found.sign_in[kind], *(scope for each in found.categories for scope in each.scopes[kind])}
        for kind in everything
    }["user", "classic"] == {"user_info:read", "meeting:read", "meeting:write", "recording:read"}
