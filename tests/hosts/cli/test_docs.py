"""`docs`: what Zoom demands to read, as files in a folder."""

import json
from pathlib import Path

from zoom_connector.catalogue import Catalogue

from .conftest import Cli

FORM = Catalogue().publisher["properties"]


def test_the_pages_are_written_and_what_is_still_to_be_said_is_named(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "docs"

    result = cli("docs", str(folder), "company=Acme Ltd.", "--for", "create_meeting", "--for", "recording_completed")

    assert result.exit_code == 0
    assert sorted(file.name for file in folder.glob("public/pages/*.md")) == [
        "adding.md",
        "approvals.md",
        "contact.md",
        "faq.md",
        "index.md",
        "removing.md",
        "security.md",
        "troubleshooting.md",
        "usage.md",
    ]
    assert sorted(file.name for file in folder.glob("review/pages/*.md")) == [
        "domain-verification.md",
        "index.md",
        "technical-design.md",
        "test-plan.md",
    ]
    assert [file.name for file in folder.glob("*/mkdocs.yml")] == ["mkdocs.yml"] * 2
    told = result.stdout.partition("Still to be filled in, and marked on the pages:\n")[2]
    assert told.splitlines() == [
        f"  {name}: {field['title']}" for name, field in FORM.items() if "default" not in field and name != "company"
    ]


def test_a_file_says_it_too_and_what_cannot_be_done_is_named(cli: Cli, tmp_path: Path) -> None:
    facts = tmp_path / "publisher.json"
    facts.write_text(json.dumps({name: field["examples"][0] for name, field in FORM.items()}))

    result = cli(
        "docs", str(tmp_path / "docs"), "--input", str(facts), "--for", "get_meeting", "--for", "list_groups", "--json"
    )

    assert json.loads(result.stdout) == {
        "public": str(tmp_path / "docs" / "public" / "pages"),
        "review": str(tmp_path / "docs" / "review" / "pages"),
        "actions": 1,
        "triggers": 0,
        "left_out": ["list_groups"],
        "to_fill_in": [],
    }


def test_the_site_is_made_beside_the_pages(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "docs"

    result = cli("docs", str(folder), "--for", "get_meeting", "--site")

    assert result.exit_code == 0
    assert (folder / "public" / "site" / "adding.html").is_file()
    assert (folder / "review" / "site" / "test-plan.html").is_file()


def test_the_pages_are_in_english_whoever_asks(cli: Cli, tmp_path: Path) -> None:
    french = Cli({**cli.env, "ZOOM_CONNECTOR_LANG": "fr"})

    french("docs", str(tmp_path / "docs"), "--for", "get_meeting")

    assert "| [Get meeting](actions/meetings.md#get_meeting) |" in (
        tmp_path / "docs" / "public" / "pages" / "usage.md"
    ).read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")

    result = cli("docs", str(tmp_path), "--for", "get_meeting")

    assert result.exit_code == 2
    assert "is not empty" in " ".join(result.stderr.split())
    assert not (tmp_path / "public").exists()


def test_an_action_that_does_not_exist_is_wrong_usage(cli: Cli, tmp_path: Path) -> None:
    result = cli("docs", str(tmp_path / "docs"), "--for", "get_meting")

    assert result.exit_code == 2
    assert "Did you mean get_meeting" in " ".join(result.stderr.split())
    assert not (tmp_path / "docs").exists()
