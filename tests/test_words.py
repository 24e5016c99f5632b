"""Which language is spoken, and how its texts are filled in."""

import json
from pathlib import Path

import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.words import Words, negotiated


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("fr", "fr"),
        ("fr-CA,en;q=0.8", "fr"),
        ("en;q=0.8, nl", "nl"),
        ("de, ru;q=0.5, *;q=0.1", "ru"),
        ("de", "en"),
        ("fr;q=0, nl;q=0.1", "nl"),
        ("FR-ca", "fr"),
        ("nl_NL.UTF-8", "nl"),
        ("ru_RU@euro", "ru"),
        ("pt-BR", "pt-BR"),
        ("pt", "en"),
        ("C", "en"),
        ("POSIX", "en"),
        ("*", "en"),
        ("", "en"),
        (";q=,;;=1,q", "en"),
    ],
)
def test_the_language_that_somebody_understands_best_is_chosen(wanted: str, language: str) -> None:
    assert negotiated(wanted, ["fr", "nl", "pt-BR", "ru"]) == language


def test_of_two_languages_understood_alike_the_first_is_chosen() -> None:
    assert negotiated("ru,fr", ["fr", "ru"]) == "ru"


def test_a_text_without_a_translation_stays_english() -> None:
    words = Words("fr", {"yes": "oui"})

    assert [words("yes"), words("no")] == ["oui", "no"]


def test_a_text_that_means_two_things_is_translated_by_the_manifest_it_stands_in() -> None:
    words = Words("fr", {"Views": {"*": "Affichages", "get_recording_views": "Vues"}})

    assert [words.text("Views"), words.within("get_recording_views").text("Views")] == ["Affichages", "Vues"]
    assert words.within("get_meeting").text("Views") == "Affichages"


def test_values_are_put_into_the_translation() -> None:
    words = Words("fr", {"{old} is called {new} now.": "Maintenant, {old} s'appelle {new}."})

    assert words("{old} is called {new} now.", old="sales", new="ventes") == "Maintenant, sales s'appelle ventes."


def test_a_part_without_its_value_is_left_out_of_the_translation_too() -> None:
    words = Words("fr", {"Works[ as {user}].": "Fonctionne[ en tant que {user}]."})

    assert [words("Works[ as {user}].", user=None), words("Works[ as {user}].", user="jo")] == [
        "Fonctionne.",
        "Fonctionne en tant que jo.",
    ]


def test_a_value_that_looks_like_a_place_or_a_part_is_left_as_it_is() -> None:
    assert Words()("Install it with: {command}", command="pip install 'x[y]' {z}") == (
        "Install it with: pip install 'x[y]' {z}"
    )


def test_a_folder_of_manifests_may_bring_a_language_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/eo.json").write_text(json.dumps({"Wait.": "Atendu."}), encoding="utf-8")
    (tmp_path / "errors.json").write_text(
        json.dumps({"slow": {"title": "Slow", "detail": "Wait.", "who": "nobody", "steps": ["Wait."]}}),
        encoding="utf-8",
    )

    catalogue = Catalogue(tmp_path).in_language("eo")

    assert catalogue.errors == {
        "slow": {"title": "Slow", "detail": "Atendu.", "who": "nobody", "steps": ["Atendu."]},
    }


def test_the_same_language_is_read_once() -> None:
    catalogue = Catalogue()

    assert catalogue.in_language("fr-BE") is catalogue.in_language("fr")
    assert catalogue.in_language("en-GB") is catalogue
