"""The letter to the admin: complete, and fit to be pasted."""

import json
from importlib.resources import files

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from zoom_connector.approval_request import Applicant, approval_request, in_words
from zoom_connector.catalogue import Action, Catalogue
from zoom_connector.scope_sets import smallest_set
from zoom_connector.trigger import Trigger

CATALOGUE = Catalogue()
KNOWN = Applicant("abc", "https://example.com/oauth/callback", app="Example Automation", user="jo@example.com")


def test_the_words_follow_their_schema() -> None:
    folder = files("zoom_connector") / "manifests" / "schemas"
    schemas = {file.name: json.loads(file.read_text("utf-8")) for file in folder.iterdir()}
    registry = Registry().with_resources((name, Resource.from_contents(each)) for name, each in schemas.items())
    validator = Draft202012Validator(schemas["approvals.schema.json"], registry=registry)

    assert [fault.message for fault in validator.iter_errors(CATALOGUE.approvals)] == []


def test_the_letter_has_app_client_link_scopes_and_every_way_of_approving() -> None:
    letter = approval_request(CATALOGUE, KNOWN)

    wanted = [
        "Example Automation",
        "Client ID: abc",
        letter.link,
        *(need.words for need in letter.needs),
        *(scope for need in letter.needs for scope in need.scopes),
        *(need.reason for need in letter.needs),
        *(step for _, steps in letter.ways for step in steps),
        "jo@example.com",
    ]
    assert [each for each in wanted if each not in letter.text] == []
    assert [title for title, _ in letter.ways] == [
        "For everybody in the account",
        "For some users",
        "For groups",
        "For some users and some groups",
    ]
    assert letter.subject == "Please approve an app in the Zoom App Marketplace: Example Automation"


def test_every_required_scope_is_named_with_a_reason() -> None:
    letter = approval_request(CATALOGUE, KNOWN)

    assert [need.scopes for need in letter.needs] == [
        (classic, *granular) for classic, granular in CATALOGUE.identity.required_scopes.items()
    ]


def test_an_admin_managed_app_has_scopes_of_the_account() -> None:
    letter = approval_request(CATALOGUE, Applicant("abc", "https://example.com/", usage="admin"))

    assert {need.scopes[0] for need in letter.needs} == {
        "meeting:write:admin",
        "recording:read:admin",
        "user:read:admin",
    }
    assert all(need.words.endswith("(of the whole account)") for need in letter.needs)


def test_the_scopes_of_named_actions_come_with_their_reasons() -> None:
    letter = approval_request(CATALOGUE, KNOWN, uses=[CATALOGUE.actions["delete_meeting"]])

    assert [(need.scopes, need.words) for need in letter.needs] == [
        (("user:read:user",), "See users and their settings (own data only)"),
        (("meeting:delete:meeting",), "Delete meetings and what belongs to them (own data only)"),
        (("meeting:read:meeting",), "See meetings and what belongs to them (own data only)"),
    ]
    assert letter.needs[1].reason.startswith(CATALOGUE.actions["delete_meeting"].title)


def test_every_scope_that_may_be_asked_for_has_words_and_no_words_are_without_scopes() -> None:
    every: list[Action | Trigger] = [*CATALOGUE.actions.values(), *CATALOGUE.triggers.values()]
    sets = [smallest_set(CATALOGUE.identity, every, usage=usage, family="granular") for usage in ("user", "admin")]

    assert {":".join(asked.scope.split(":")[:2]) for chosen in sets for asked in chosen.scopes} == CATALOGUE.approvals[
        "granular"
    ].keys()


def test_a_scope_of_a_kind_that_nobody_described_stands_for_itself() -> None:
    assert in_words(CATALOGUE, "team_chat:read:list_channels:admin", "admin") == (
        "team_chat:read:list_channels:admin (of the whole account)"
    )


def test_what_is_not_known_leaves_no_hole() -> None:
    letter = approval_request(CATALOGUE, Applicant("abc", "https://example.com/"))

    assert letter.subject == "Please approve an app in the Zoom App Marketplace"
    assert [sign for sign in ("{", "}", "[", "]") if sign in letter.text] == []
    assert "App: its name is on the page that the link below opens" in letter.text
