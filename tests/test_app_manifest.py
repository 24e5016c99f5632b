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

CATALOGUE = Catalogue()
CREATE = CATALOGUE.actions["create_meeting"]
REDIRECT = "https://platform.example.com/oauth/callback"
FORM = Draft202012Validator(
    json.loads(Path(__file__).with_name("app_manifest.schema.json").read_text(encoding="utf-8"))
)


def written(
    *actions: Action, usage: Usage = "user", redirect_uri: str = REDIRECT, name: str = "Example for Zoom"
) -> AppManifest:
    return app_manifest(CATALOGUE.identity, actions, usage=usage, redirect_uri=redirect_uri, name=name)


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
def test_every_action_there_is_can_be_done_by_either_kind_of_app(usage: Usage) -> None:
    notes = written(*CATALOGUE.actions.values(), usage=usage).notes

    assert notes == (Note("names_its_call", "call_zoom_api"), Note("prove_domain", "platform.example.com"))


def test_an_app_that_an_admin_manages_gets_scopes_of_the_account() -> None:
    oauth = written(CREATE, usage="admin").manifest["oauth_information"]

    assert oauth["usage"] == "ADMIN_MANAGEMENT"
    assert [each["scope"] for each in oauth["scopes"]] == [
        "user:read:user:admin",
        "meeting:write:meeting:admin",
        "meeting:read:list_meetings:admin",
        "meeting:read:meeting:admin",
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
    create, look, fetch = CREATE.calls
    unlookable = replace(look, scopes=Scopes((), ("meeting:read:list_meetings:admin",)))

    result = written(replace(CREATE, calls=(create, unlookable, fetch)))

    assert result.notes[0] == Note("without", "create_meeting", unlookable)
    assert "meeting:write:meeting" in [each["scope"] for each in result.manifest["oauth_information"]["scopes"]]


def test_a_loopback_redirect_is_taken_and_marked_as_one_for_development() -> None:
    loopback = "http://127.0.0.1:8976/oauth/callback"

    result = written(CREATE, redirect_uri=loopback)

    assert result.notes == (Note("loopback", loopback),)
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
    ],
)
def test_what_zoom_refuses_does_not_have_the_documented_form(spoil: Callable[[Any], None]) -> None:
    manifest = copy.deepcopy(written(CREATE).manifest)

    spoil(manifest)

    assert not FORM.is_valid(manifest)


def test_a_loaded_connector_writes_it_by_key_and_for_all_actions_when_none_is_named() -> None:
    connector = zoom_connector.load()

    one = connector.app_manifest("create_meeting", usage="user", redirect_uri=REDIRECT, name="Example for Zoom")
    everything = connector.app_manifest(usage="user", redirect_uri=REDIRECT, name="Example for Zoom")

    assert (one, everything) == (written(CREATE), written(*CATALOGUE.actions.values()))
