"""The app manifest: what is pasted at Zoom, and what is said about it."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import zoom_connector
from zoom_connector.app_manifest import AppManifest, Note, app_manifest
from zoom_connector.calls import Call, Scopes
from zoom_connector.catalogue import Action, Catalogue
from zoom_connector.errors import InvalidInputs
from zoom_connector.scopes import Usage
from zoom_connector.trigger import Trigger

CATALOGUE = Catalogue()
CREATE = CATALOGUE.actions["create_meeting"]
RECORDED = CATALOGUE.triggers["recording_completed"]
REDIRECT = "https://platform.example.com/oauth/callback"
WEBHOOK = "https://platform.example.com/webhooks/zoom/exampleClient"
FORM = Draft202012Validator(
    json.loads(Path(__file__).with_name("app_manifest.schema.json").read_text(encoding="utf-8"))
)


def written(
    *chosen: Action | Trigger,
    usage: Usage = "user",
    redirect_uri: str = REDIRECT,
    name: str = "Example for Zoom",
    webhook_url: str | None = WEBHOOK,
) -> AppManifest:
    return app_manifest(
        CATALOGUE.identity, chosen, usage=usage, redirect_uri=redirect_uri, name=name, webhook_url=webhook_url
    )


def an_action(key: str, *granular: str, classic: tuple[str, ...] = ()) -> Action:
    request = Call("GET", f"/{key}", "read", Scopes(classic, granular), "light")
    return replace(CATALOGUE.actions["get_meeting"], key=key, title="Sample", description="Reads.", request=request)


def test_one_action_asks_for_nothing_it_cannot_justify() -> None:
    manifest = written(CREATE).manifest

    assert manifest == {
        "display_information": {"display_name": "Example for Zoom"},
        "oauth_information": {
            "usage": "USER_OPERATION",
            "development_redirect_uri": REDIRECT,
            "production_redirect_uri": REDIRECT,
            "oauth_allow_list": [REDIRECT],
            "strict_mode": True,
            "subdomain_strict_mode": True,
            "scopes": [
                {"scope": "user:read:user", "optional": False},
                {"scope": "meeting:write:meeting", "optional": False},
                {"scope": "meeting:read:list_meetings", "optional": False},
                {"scope": "meeting:read:meeting", "optional": False},
            ],
            "scope_description": "\n".join(
                [
                    "user:read:user - Finds out whose connection it is.",
                    f"meeting:write:meeting - Create meeting: {CREATE.description}",
                    f"meeting:read:list_meetings - Create meeting: {CREATE.calls[1].purpose}",
                    f"meeting:read:meeting - Create meeting: {CREATE.calls[2].purpose}",
                ]
            ),
        },
        "features": {"products": []},
    }


@pytest.mark.parametrize("usage", ["user", "admin"])
@pytest.mark.parametrize("keys", [[key] for key in CATALOGUE.actions] + [list(CATALOGUE.actions)], ids=",".join)
def test_every_manifest_has_the_documented_form(keys: list[str], usage: Usage) -> None:
    manifest = written(*(CATALOGUE.actions[key] for key in keys), usage=usage).manifest

    assert [f"{fault.json_path}: {fault.message}" for fault in FORM.iter_errors(manifest)] == []


@pytest.mark.parametrize("usage", ["user", "admin"])
@pytest.mark.parametrize(
    "keys",
    [[key] for key in CATALOGUE.triggers] + [[*CATALOGUE.actions, *CATALOGUE.triggers]],
    ids=lambda keys: keys[0] if len(keys) == 1 else "all",
)
def test_every_manifest_with_triggers_has_the_documented_form(keys: list[str], usage: Usage) -> None:
    chosen = [CATALOGUE.triggers.get(key) or CATALOGUE.actions[key] for key in keys]

    manifest = written(*chosen, usage=usage).manifest

    assert [f"{fault.json_path}: {fault.message}" for fault in FORM.iter_errors(manifest)] == []


@pytest.mark.parametrize(("usage", "of_zoom"), [("user", "EVENT_FOR_USER"), ("admin", "EVENT_FOR_ADMIN")])
def test_a_trigger_brings_its_events_and_what_they_need_and_nothing_else(usage: Usage, of_zoom: str) -> None:
    manifest = written(RECORDED, usage=usage).manifest

    level = "" if usage == "user" else ":admin"
    assert manifest["features"] == {
        "products": [],
        "event_subscription": {
            "enable": True,
            "events": [
                {
                    "subscription_name": "Workflow triggers",
                    "event_usage": of_zoom,
                    "event_types": ["recording.completed"],
                    "development_webhook_url": WEBHOOK,
                    "production_webhook_url": WEBHOOK,
                }
            ],
        },
    }
    asked = [each["scope"] for each in manifest["oauth_information"]["scopes"]]
    assert f"cloud_recording:read:recording{level}" in asked
    assert [scope for scope in asked if "write" in scope] == []


def test_an_action_beside_a_trigger_that_needs_the_same_scope_asks_for_it_once() -> None:
    scopes = written(RECORDED, CATALOGUE.actions["get_recordings"], CREATE).manifest["oauth_information"]["scopes"]

    assert len({each["scope"] for each in scopes}) == len(scopes)


def test_what_zoom_sends_without_being_asked_is_not_subscribed_to() -> None:
    features = written(CATALOGUE.triggers["app_deauthorized"], webhook_url=None).manifest["features"]

    assert features == {"products": []}


def test_a_trigger_that_this_kind_of_app_cannot_have_is_said_and_left_out() -> None:
    scopes = Scopes((), ("user:read:user:admin",))
    of_the_account = replace(RECORDED, key="user_made", events=("user.created",), calls=(), scopes=scopes)

    result = written(of_the_account, webhook_url=None)

    assert result.manifest["features"] == {"products": []}
    assert [(note.kind, note.about) for note in result.notes if note.call] == [("cannot", "user_made")]


def test_a_trigger_for_any_event_gets_no_events_because_nobody_said_which() -> None:
    result = written(CATALOGUE.triggers["any_event"], webhook_url=None)

    assert result.manifest["features"] == {"products": []}
    assert Note("names_its_call", "any_event") in result.notes


@pytest.mark.parametrize(
    "webhook_url",
    [
        "",
        "platform.example.com/webhooks/zoom/exampleClient",
        "http://platform.example.com/webhooks/zoom/exampleClient",
        "https://localhost/webhooks/zoom/exampleClient",
        "https://192.0.2.7/webhooks/zoom/exampleClient",
        "https://[2001:db8::7]/webhooks/zoom/exampleClient",
        "https://platform.example.com:0/webhooks/zoom/exampleClient",
        "https://platform.example.com:port/webhooks/zoom/exampleClient",
        "https://user@platform.example.com/webhooks/zoom/exampleClient",
        "https://platform.example.com/webhooks zoom",
        "https:///webhooks/zoom/exampleClient",
    ],
)
def test_an_address_that_zoom_sends_no_events_to_is_refused_here(webhook_url: str) -> None:
    with pytest.raises(InvalidInputs) as refused:
        written(CREATE, RECORDED, webhook_url=webhook_url)

    assert (refused.value.code, refused.value.params) == (
        "webhook_refused",
        {"address": webhook_url or None, "triggers": ["recording_completed"]},
    )


def test_without_triggers_no_address_is_needed() -> None:
    assert "event_subscription" not in written(CREATE, webhook_url=None).manifest["features"]


def test_an_address_that_needs_the_client_id_is_marked() -> None:
    unknown = "https://platform.example.com/webhooks/zoom/CLIENT_ID"

    assert Note("client_id", unknown) in written(RECORDED, webhook_url=unknown).notes
    others = [*written(CREATE, webhook_url=unknown).notes, *written(RECORDED, webhook_url=WEBHOOK).notes]
    assert [note for note in others if note.kind == "client_id"] == []


def cannot(usage: Usage) -> set[str]:
    """Name the actions that an app of one kind cannot do."""
    notes = written(*CATALOGUE.actions.values(), usage=usage).notes
    return {note.about for note in notes if note.kind == "cannot"}


def test_what_only_an_app_of_an_admin_can_do_requires_an_admin() -> None:
    admins_only = cannot("user") - cannot("admin")

    assert [key for key in sorted(admins_only) if "admin" not in CATALOGUE.actions[key].requires] == []


def test_the_actions_of_every_day_can_be_done_by_either_kind_of_app() -> None:
    everyday = {
        "create_meeting",
        "update_meeting",
        "list_meetings",
        "add_registrant",
        "list_recordings",
        "get_transcript",
    }

    assert everyday & (cannot("user") | cannot("admin")) == set()


def test_an_app_that_an_admin_manages_gets_scopes_of_the_account() -> None:
    oauth = written(CREATE, usage="admin").manifest["oauth_information"]

    assert oauth["usage"] == "ADMIN_MANAGEMENT"
    assert [each["scope"] for each in oauth["scopes"]] == [
        "user:read:user:admin",
        "meeting:write:meeting:admin",
        "meeting:read:list_meetings:admin",
        "meeting:read:meeting:admin",
        "tracking_field:read:list_tracking_fields:admin",
    ]


@pytest.mark.parametrize(
    "beyond",
    [
        an_action("report", "report:read:user:admin"),
        an_action("devices", classic=("device:read", "device:read:admin")),
    ],
    ids=["no user level", "no granular scope"],
)
def test_what_this_kind_of_app_cannot_do_is_said_and_asks_for_nothing(beyond: Action) -> None:
    result = written(beyond)

    assert result.notes == (Note("cannot", beyond.key, beyond.request), Note("prove_domain", "platform.example.com"))
    assert result.manifest["oauth_information"]["scopes"] == [{"scope": "user:read:user", "optional": False}]


def test_a_call_that_an_action_can_do_without_is_said_to_be_missing() -> None:
    create, look, *others = CREATE.calls
    unlookable = replace(look, scopes=Scopes((), ("meeting:read:list_meetings:admin",)))

    result = written(replace(CREATE, calls=(create, unlookable, *others)))

    assert result.notes[0] == Note("without", "create_meeting", unlookable)
    assert "meeting:write:meeting" in [each["scope"] for each in result.manifest["oauth_information"]["scopes"]]


def test_a_loopback_redirect_is_taken_and_marked_as_one_for_development() -> None:
    loopback = "http://127.0.0.1:8976/oauth/callback"

    result = written(CREATE, redirect_uri=loopback)

    assert result.notes[-1] == Note("loopback", loopback)
    assert result.manifest["oauth_information"]["oauth_allow_list"] == [loopback]


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "",
        "platform.example.com/oauth/callback",
        "http://platform.example.com/oauth/callback",
        "http://localhost:8976/oauth/callback",
        "https://localhost/oauth/callback",
        "http://127.0.0.1:0/oauth/callback",
        "http://127.0.0.1:port/oauth/callback",
        "https://user@platform.example.com/oauth/callback",
        "https://*.example.com/oauth/callback",
        "https://platform.example.com/oauth/callback#top",
        "https://platform.example.com/oauth callback",
        "https://plattförm.example.com/oauth/callback",
        "https:///oauth/callback",
        "example://oauth/callback",
    ],
)
def test_a_redirect_that_zoom_does_not_take_is_refused_here(redirect_uri: str) -> None:
    with pytest.raises(InvalidInputs) as refused:
        written(CREATE, redirect_uri=redirect_uri)

    assert (refused.value.code, refused.value.params) == ("redirect_refused", {"redirect": redirect_uri})


@pytest.mark.parametrize("name", ["", " ", "x" * 50])
def test_a_name_that_zoom_does_not_take_is_refused_here(name: str) -> None:
    with pytest.raises(InvalidInputs) as refused:
        written(CREATE, name=name)

    assert refused.value.code == "app_name_invalid"


def _scopes(*scopes: dict[str, Any]) -> Callable[[Any], None]:
    return lambda manifest: manifest["oauth_information"].update(scopes=list(scopes))


def _subscribed(**changed: object) -> Callable[[Any], None]:
    return lambda manifest: manifest["features"]["event_subscription"]["events"][0].update(changed)


@pytest.mark.parametrize(
    "spoil",
    [
        _scopes({"scope": "user:read:user", "optional": True}),
        _scopes({"scope": "user:read:user"}),
        _scopes({"scope": "user:read", "optional": False}),
        _scopes({"scope": "user:read:admin", "optional": False}),
        _scopes({"scope": "user:read:user:admin", "optional": False}),
        lambda manifest: manifest["oauth_information"].update(usage="ADMIN_MANAGEMENT"),
        lambda manifest: manifest["oauth_information"].update(oauth_allow_list=["http://localhost:8976/"]),
        lambda manifest: manifest["features"].update(production_home_uri="https://example.com/"),
        lambda manifest: manifest.update(notes=[]),
        lambda manifest: manifest["features"]["event_subscription"].update(events=[]),
        lambda manifest: manifest["features"]["event_subscription"]["events"][0].update(event_usage="EVENT_FOR_ADMIN"),
        lambda manifest: manifest["features"]["event_subscription"]["events"][0].update(
            event_types=["app_deauthorized"]
        ),
        lambda manifest: manifest["features"]["event_subscription"]["events"][0].pop("production_webhook_url"),
    ],
)
def test_what_zoom_refuses_does_not_have_the_documented_form(spoil: Callable[[Any], None]) -> None:
    manifest = copy.deepcopy(written(CREATE, RECORDED).manifest)

    spoil(manifest)

    assert not FORM.is_valid(manifest)


def test_a_loaded_connector_writes_it_by_key_and_for_all_actions_when_none_is_named() -> None:
    connector = zoom_connector.load()

    one = connector.app_manifest("create_meeting", usage="user", redirect_uri=REDIRECT, name="Example for Zoom")
    both = connector.app_manifest(
        "create_meeting",
        "recording_completed",
        usage="user",
        redirect_uri=REDIRECT,
        name="Example for Zoom",
        webhook_url=WEBHOOK,
    )
    everything = connector.app_manifest(usage="user", redirect_uri=REDIRECT, name="Example for Zoom")

    assert (one, both) == (written(CREATE), written(CREATE, RECORDED))
    assert everything == written(*CATALOGUE.actions.values())
