"""Whose language is spoken: that of `load`, of the settings, of a request, or of whoever types."""

from pathlib import Path

import pytest
from e2e.world import START, SandboxTime, World, settings_for
from spoken import LANGUAGES

import zoom_connector
from zoom_connector.catalogue import Catalogue
from zoom_connector.environment import callers_language
from zoom_connector.sandbox import MovableClock, Sandbox
from zoom_connector.settings import Settings

WORDS = {language: Catalogue(language=language).words for language in LANGUAGES}


def test_whoever_loads_the_connector_names_the_language() -> None:
    connector = zoom_connector.load(language="fr-CA, en;q=0.8")

    action = connector.actions["create_meeting"]
    assert action.title == WORDS["fr"].text("Create meeting") != "Create meeting"
    assert action.inputs["properties"]["topic"]["title"] == WORDS["fr"].text("Topic") != "Topic"
    assert connector.explain("approval_withdrawn").title == WORDS["fr"].text("Your Zoom admin switched this app off")


def test_only_texts_are_translated() -> None:
    english, dutch = Catalogue(), Catalogue(language="nl")

    for key, action in english.actions.items():
        other = dutch.actions[key]
        assert (other.key, other.effect, other.request, other.sample) == (
            action.key,
            action.effect,
            action.request,
            action.sample,
        )
        assert list(other.inputs["properties"]) == list(action.inputs["properties"])
    for key, entry in english.errors.items():
        assert {**dutch.errors[key], **{name: entry[name] for name in entry.keys() & SENTENCES}} == entry


SENTENCES = {"title", "detail", "steps", "faults"}


def test_a_choice_keeps_its_value_and_its_title_is_translated() -> None:
    kinds = Catalogue(language="ru").identity.auth["oauth_byo_client"]["inputs"]["properties"]["usage"]["oneOf"]

    assert kinds == [
        {"const": "user", "title": WORDS["ru"].text("User-managed")},
        {"const": "admin", "title": WORDS["ru"].text("Admin-managed")},
    ]


def test_the_settings_name_the_language_when_nobody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOOM_CONNECTOR_LANG", "nl")

    spoken = [
        zoom_connector.load(),
        zoom_connector.load(settings=Settings.load(lang="ru")),
        zoom_connector.load(settings=Settings.load(lang="ru"), language="fr"),
    ]

    assert [connector.catalogue.words.language for connector in spoken] == ["nl", "ru", "fr"]


def test_the_language_of_whoever_types_is_that_of_their_system(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []
    for name in ("LANG", "LC_MESSAGES", "LC_ALL", "ZOOM_CONNECTOR_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"LANG": "fr", "LC_MESSAGES": "nl", "LC_ALL": "ru", "ZOOM_CONNECTOR_LANG": "en"}.items():
        monkeypatch.setenv(name, value)
        heard.append(callers_language())

    assert heard == ["fr", "nl", "ru", "en"]


def test_a_connector_in_another_language_works_with_the_same_connections(tmp_path: Path) -> None:
    with (
        Sandbox(clock=MovableClock(START)) as zoom,
        zoom_connector.load(settings=settings_for(zoom, tmp_path), clock=SandboxTime(zoom.clock)) as connector,
    ):
        World(zoom, Settings.load()).connect(connector, "sales")
        zoom.add_recording("Demo", days_ago=1, size=10).files[0].refused = True
        dutch = connector.in_language("nl")
        some = {"from": "2026-03-01", "folder": str(tmp_path)}
        outputs = dutch.connection("sales").run("download_recordings", some)

    assert dutch.engine is connector.engine
    assert [row["reason_title"] for row in outputs["files"] if row["state"] == "failed"] == [
        WORDS["nl"].text("Zoom does not hand over the file")
    ]
