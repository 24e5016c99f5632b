"""The parts of the pages for users that the manifests write: what there is, what it needs, and what may go wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..approval_request import in_words
from ..catalogue import Action, Catalogue
from ..explain import Who
from ..privacy import as_markdown, privacy
from ..reference import by_resource, title_of
from ..reference_parts import table
from ..trigger import Trigger
from ..words import filled
from .chosen import Chosen

_WHO: Mapping[Who, str] = {
    "zoom_admin": "For the Zoom admin",
    "connection_owner": "For whoever made the connection",
    "workflow_author": "For whoever makes the workflow",
    "other_user": "For the other user, who must share access",
    "connector_admin": "For whoever runs the platform",
    "zoom": "For Zoom",
    "nobody": "Nobody needs to act: it passes by itself",
}


def parts(catalogue: Catalogue, app: Chosen) -> dict[str, str]:
    """Write them, each by the name of its place in `manifests/pages/`."""
    return {
        "action_count": str(len(app.actions)),
        "trigger_count": str(len(app.triggers)),
        "requirements": _requirements(catalogue, app),
        "actions": _listed(catalogue, "actions", by_resource(catalogue, app.actions)),
        "triggers": _listed(catalogue, "triggers", by_resource(catalogue, app.triggers)),
        "scopes": _scopes(catalogue, app),
        "consent_states": _consent_states(catalogue.approvals["pages"]["states"]),
        "failures": _failures(catalogue.errors),
        "privacy": _privacy(catalogue, app),
    }


def needed(catalogue: Catalogue, one: Action | Trigger) -> str:
    """Name what an action or trigger needs beyond the app itself; empty: nothing."""
    return ", ".join(catalogue.identity.requirements[word]["title"] for word in one.requires)


def _requirements(catalogue: Catalogue, app: Chosen) -> str:
    used = {word for one in app.all for word in one.requires}
    rows = [(of["title"], of["description"]) for word, of in catalogue.identity.requirements.items() if word in used]
    return "\n".join(table(("Prerequisite", "What it means"), rows)) if rows else "Nothing here needs more."


def _listed(
    catalogue: Catalogue, folder: str, there: Mapping[str, Sequence[Action]] | Mapping[str, Sequence[Trigger]]
) -> str:
    sections = []
    for resource, some in there.items():
        rows = [
            (f"[{one.title}]({folder}/{resource}.md#{one.key})", one.description, needed(catalogue, one))
            for one in some
        ]
        head = folder.removesuffix("s").capitalize()
        lines = table((head, "What it is for", "Prerequisites"), rows)
        sections.append("\n".join([f"### {title_of(catalogue, resource)}", "", *lines]))
    return "\n\n".join(sections) or "There are none."


def _scopes(catalogue: Catalogue, app: Chosen) -> str:
    rows = [
        (
            in_words(catalogue, asked.scope, app.scopes.usage),
            f"`{asked.scope}`",
            ", ".join(dict.fromkeys(use.action.title if use.action else use.reason for use in asked.uses)),
        )
        for asked in app.scopes.scopes
    ]
    return "\n".join(table(("Permission", "Scope", "What for"), rows))


def _consent_states(states: Sequence[Mapping[str, Any]]) -> str:
    rows = [(" or ".join(f"**{label}**" for label in state["labels"]), state["meaning"]) for state in states]
    return "\n".join(table(("Zoom's page shows", "What it means"), rows))


def _failures(errors: Mapping[str, Mapping[str, Any]]) -> str:
    return "\n\n".join(
        "\n".join([f'<a id="{who}"></a>', "", f"## {title}", *_failures_of(errors, who)]) for who, title in _WHO.items()
    )


def _failures_of(errors: Mapping[str, Mapping[str, Any]], who: Who) -> Iterator[str]:
    for code, entry in errors.items():
        if entry["who"] == who:
            steps = [step for each in entry["steps"] if (step := filled(each, {}))]
            yield from ("", f'<a id="{code}"></a>', "", f"### {entry['title']}", "", f"`{code}`", "")
            yield from (filled(entry["detail"], {}), "", *(f"{number}. {step}" for number, step in enumerate(steps, 1)))


def _privacy(catalogue: Catalogue, app: Chosen) -> str:
    found = privacy(catalogue.identity, app.all, [(app.scopes.usage, app.scopes.family)])
    return re.sub(r"^#", "##", as_markdown(found), flags=re.MULTILINE).rstrip()
