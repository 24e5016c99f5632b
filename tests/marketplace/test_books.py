"""The pages that Zoom demands: every section is there, and they say what the manifests and the publisher say."""

import re
from importlib.metadata import requires
from typing import Any

import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.errors import Fault, InvalidInputs
from zoom_connector.marketplace.books import Book, Books, books
from zoom_connector.marketplace.publisher import publisher
from zoom_connector.words import filled

CATALOGUE = Catalogue()
FORM = CATALOGUE.publisher["properties"]
EXAMPLES = {name: field["examples"][0] for name, field in FORM.items()}
CREATE, REPORT = CATALOGUE.actions["create_meeting"], CATALOGUE.actions["report_hosts"]
COMPLETED = CATALOGUE.triggers["recording_completed"]
LINKS = "https://developers.zoom.us/docs/build-flow/app-listing/links/"
DESIGN = "https://developers.zoom.us/docs/build-flow/technical-design/"
REJECTED = "https://developers.zoom.us/docs/distribute/app-submission/common-rejection-issues/"
PUBLISH = "https://developers.zoom.us/docs/build-flow/publish/"
DOMAINS = "https://developers.zoom.us/docs/build-flow/verify-domains/"


def made(*chosen: Any, **said: Any) -> Books:
    return books(CATALOGUE, publisher(CATALOGUE, said), chosen)


@pytest.fixture(scope="module")
def everything() -> Books:
    """The pages about all there is, by somebody who has said all there is to say."""
    return made(*CATALOGUE.actions.values(), *CATALOGUE.triggers.values(), **EXAMPLES)


@pytest.mark.parametrize(
    ("book", "page", "section", "source"),
    [
        ("public", "adding.md", "# Adding the App", LINKS),
        ("public", "adding.md", "## Step by step", LINKS),
        ("public", "usage.md", "# Usage", LINKS),
        ("public", "usage.md", "## Prerequisites", LINKS),
        ("public", "removing.md", "# Removing the App", LINKS),
        ("public", "removing.md", "## What it means", LINKS),
        ("public", "removing.md", "## What happens to your data", LINKS),
        ("public", "troubleshooting.md", "# Troubleshooting", LINKS),
        ("public", "faq.md", "# FAQ", LINKS),
        ("public", "contact.md", "# Contact", LINKS),
        ("public", "security.md", "# Security and privacy", "https://developers.zoom.us/docs/distribute/security-requirements/"),
        ("public", "approvals.md", "# Approving the app at Zoom", "https://developers.zoom.us/docs/integrations/end-user-auth/"),
        ("review", "technical-design.md", "## Technology Stack", DESIGN),
        ("review", "technical-design.md", "## Architecture Diagram", DESIGN),
        ("review", "technical-design.md", "## Application Development", DESIGN),
        ("review", "technical-design.md", "## Security", DESIGN),
        ("review", "technical-design.md", "### Is all network traffic encrypted with TLS 1.2 or higher?", DESIGN),
        ("review", "technical-design.md", "### Are event notifications verified with the secret token?", DESIGN),
        ("review", "technical-design.md", "### Is Zoom data that is collected and retained encrypted?", DESIGN),
        ("review", "test-plan.md", "# Test plan", PUBLISH),
        ("review", "test-plan.md", "## 1. Add the app", REJECTED),
        ("review", "test-plan.md", "## 5. Remove the app and come back", REJECTED),
        ("review", "test-plan.md", "## Every scope, and what shows it", REJECTED),
        ("review", "domain-verification.md", "# Domain verification", DOMAINS),
    ],
)  # fmt: skip
def test_every_section_that_zoom_demands_is_there(
    everything: Books, book: str, page: str, section: str, source: str
) -> None:
    chosen: Book = getattr(everything, book)

    lines = chosen.files[page].splitlines()
    assert section in lines, source
    assert lines[lines.index(section) + 1 :], source


def test_nothing_is_left_to_fill_in_once_the_publisher_has_said_everything(everything: Books) -> None:
    pages = {**everything.public.files, **{f"review/{path}": text for path, text in everything.review.files.items()}}

    assert [path for path, text in pages.items() if "TO FILL IN" in text] == []
    assert "Everything that a publisher has to say is filled in." in everything.review.files["index.md"]


@pytest.mark.parametrize("name", [name for name, field in FORM.items() if "default" not in field])
def test_what_the_publisher_has_not_said_is_marked_with_its_name_and_listed(everything: Books, name: str) -> None:
    written = made(CREATE, **{other: value for other, value in EXAMPLES.items() if other != name})

    marked = [text for book in (written.public, written.review) for text in book.files.values()]
    assert any(f"**\\[TO FILL IN: {name}\\]**" in text for text in marked)
    assert f"| `{name}` | {FORM[name]['title']} |" in written.review.files["index.md"]


def test_every_action_and_trigger_has_its_use_and_its_prerequisites() -> None:
    page = made(CATALOGUE.actions["get_meeting_summary"], COMPLETED).public.files["usage.md"]

    summary = CATALOGUE.actions["get_meeting_summary"]
    needs = ", ".join(CATALOGUE.identity.requirements[word]["title"] for word in summary.requires)
    assert f"| [{summary.title}](actions/summaries.md#{summary.key}) | {summary.description} | {needs} |" in page
    assert f"| [{COMPLETED.title}](triggers/recordings.md#{COMPLETED.key}) | {COMPLETED.description} |" in page
    assert "| Webinar licence |" not in page


def test_what_an_app_of_this_kind_cannot_do_is_left_out_and_named() -> None:
    user, admin = made(CREATE, REPORT), made(CREATE, REPORT, usage="admin")

    assert (user.app.actions, user.app.impossible) == ((CREATE,), ("report_hosts",))
    assert "actions/reports.md" not in user.public.files
    assert (admin.app.actions, admin.app.impossible) == ((CREATE, REPORT), ())


def test_an_app_of_admins_is_described_as_one() -> None:
    user, admin = made(CREATE).public.files, made(CREATE, usage="admin").public.files

    assert "Each user adds the app for themselves" in user["adding.md"]
    assert "the owner or an admin of the Zoom account" in admin["adding.md"]
    assert "`meeting:write:meeting` | Create meeting |" in user["adding.md"]
    assert "`meeting:write:meeting:admin` | Create meeting |" in admin["adding.md"]
    assert "- User-managed app: `meeting:write:meeting`" in user["security.md"]
    assert "- Admin-managed or server-to-server app: " in admin["security.md"]


def test_the_data_of_triggers_is_part_of_security_and_privacy() -> None:
    page = made(COMPLETED).public.files["security.md"]

    assert f"### {CATALOGUE.identity.data['recordings']['title']}" in page
    assert f"- {COMPLETED.title} (`recording_completed`, is told of): " in page


def test_every_failure_is_under_who_can_mend_it_with_its_steps(everything: Books) -> None:
    page = everything.public.files["troubleshooting.md"]

    parts = re.split(r'^<a id="(zoom_admin|workflow_author|\w+)"></a>\n\n## ', page, flags=re.MULTILINE)[1:]
    by_who = dict(zip(parts[::2], parts[1::2], strict=True))
    assert by_who.keys() == {entry["who"] for entry in CATALOGUE.errors.values()}
    for code, entry in CATALOGUE.errors.items():
        section = by_who[entry["who"]]
        assert page.count(f'<a id="{code}"></a>') == 1
        assert f'<a id="{code}"></a>\n\n### {entry["title"]}\n\n`{code}`\n\n{filled(entry["detail"], {})}' in section
        assert f"\n1. {filled(entry['steps'][0], {})}" in section or not filled(entry["steps"][0], {})


def test_no_place_of_a_sentence_stays_open(everything: Books) -> None:
    pages = {**everything.public.files, **everything.review.files}
    prose = {
        path: re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
        for path, text in pages.items()
        if re.fullmatch(r"[a-z-]+\.md", path)
    }

    assert [path for path, text in prose.items() if re.search(r"\{[^}]*\}", text)] == []


def test_every_scope_of_the_app_has_a_reason_for_reviewers() -> None:
    written = made(CREATE)

    table = written.review.files["test-plan.md"].partition("## Every scope, and what shows it")[2]
    scopes = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]
    assert scopes == [asked.scope for asked in written.app.scopes.scopes]
    assert "| `user:read:user` | Finds out whose connection it is. |" in table


def test_a_reviewer_is_told_what_to_fill_in_and_what_to_see() -> None:
    plan = made(CATALOGUE.actions["add_registrant"], COMPLETED).review.files["test-plan.md"]

    assert "Meeting: choose one (as *List meetings* lists them); E-mail: `" in plan
    assert "It hands on: Registrant ID, " in plan
    assert f"| **{COMPLETED.title}** | {COMPLETED.description} | `recording.completed` |" in plan


def test_the_technical_design_names_the_calls_the_events_and_the_libraries() -> None:
    page = made(CREATE, COMPLETED).review.files["technical-design.md"]

    assert "| `POST /users/{user_id}/meetings` | create |" in page
    assert "subscribes to**: `recording.completed`" in page
    assert ("| authlib | " in page) is any(each.startswith("authlib") for each in requires("zoom-connector") or ())


def test_each_domain_is_to_be_proved_once() -> None:
    page = made(
        CREATE,
        redirect_url="https://zoom.example.com/oauth/callback",
        webhook_url="https://zoom.example.com/webhooks/zoom/id",
        privacy_url="https://example.com/privacy",
    ).review.files["domain-verification.md"]

    assert "| zoom.example.com | Redirect address, Address for events |\n| example.com | Privacy policy |\n" in page


def test_what_a_publisher_says_is_no_markup() -> None:
    assert "Publisher: A\\*B \\<b\\>\n" in made(CREATE, company="A*B <b>").public.files["index.md"]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"app_name": "x" * 50}, Fault("/app_name", "maxLength", 49)),
        ({"support_email": "nobody"}, Fault("/support_email", "format", "email")),
        ({"privacy_url": "http://example.com"}, Fault("/privacy_url", "pattern", FORM["privacy_url"]["pattern"])),
        ({"compny": "Acme"}, Fault("/compny", "additionalProperties", "company")),
    ],
)
def test_what_zoom_would_not_take_is_refused(said: dict[str, str], fault: Fault) -> None:
    with pytest.raises(InvalidInputs) as refused:
        publisher(CATALOGUE, said)

    assert refused.value.faults == (fault,)


def test_the_guide_for_admins_is_the_one_in_the_repository(everything: Books) -> None:
    assert "## On Zoom's pages: what has no API" in everything.public.files["approvals.md"]
    assert "examples/approve_requests.py" in everything.public.files
