"""What to tell an admin who has to approve the app: Zoom reports to nobody that it would not let a person through.

The words are in `manifests/approvals.json`. The pages they describe: https://support.zoom.us/hc/en-us/articles/360027829671
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from .catalogue import Action, Catalogue
from .scope_sets import Asked, smallest_set
from .scopes import Usage, parse
from .trigger import Trigger
from .words import worded

_NO_VERIFIER = "A" * 43
"""A PKCE challenge (RFC 7636) that nobody has the verifier of: whoever authorizes the app on this page connects
nothing, and the code it ends with is worthless. Zoom lets an app lead back to this machine only with PKCE."""


@dataclass(frozen=True)
class Need:
    """Something that the app may do."""

    words: str
    scopes: tuple[str, ...]
    """In Zoom's names. For what every connection needs the classic name first, then those of granular apps."""
    reason: str


@dataclass(frozen=True)
class ApprovalRequest:
    """A letter to the admin, and its parts."""

    introduction: str
    """What to say to whoever is to send it."""
    subject: str
    text: str
    app: str
    """Its name; empty where it is not known."""
    client_id: str
    link: str
    needs: tuple[Need, ...]
    find: tuple[str, ...]
    ways: tuple[tuple[str, tuple[str, ...]], ...]
    """Title and steps of each way of approving."""

    def as_dict(self) -> dict[str, Any]:
        """Return it in JSON types."""
        return {
            "subject": self.subject,
            "text": self.text,
            "app": self.app or None,
            "client_id": self.client_id,
            "link": self.link,
            "scopes": [
                {"words": need.words, "scopes": list(need.scopes), "reason": need.reason} for need in self.needs
            ],
            "steps": list(self.find),
            "ways": [{"title": title, "steps": list(steps)} for title, steps in self.ways],
        }


@dataclass(frozen=True)
class Applicant:
    """Who wants which app; what is not known is empty."""

    client_id: str
    redirect_uri: str
    usage: Usage = "user"
    app: str = ""
    user: str = ""


def approval_request(
    catalogue: Catalogue, applicant: Applicant, *, zoom_url: str | None = None, uses: Iterable[Action | Trigger] = ()
) -> ApprovalRequest:
    """Write the letter.

    Args:
        catalogue: where the words are.
        applicant: who asks, and for which app.
        zoom_url: where people sign in, instead of the address in `connector.json`.
        uses: the actions and triggers that the app is for; none: what every connection needs.
    """
    words = catalogue.approvals["request"]
    link = _link(catalogue, applicant, zoom_url)
    values = {"app": applicant.app, "user": applicant.user, "client_id": applicant.client_id, "link": link}
    uses = list(uses)
    needs = tuple(_needs_of(catalogue, uses, applicant.usage) if uses else _required(catalogue, applicant.usage))
    find = tuple(words["find"])
    ways = tuple((way["title"], tuple(worded(step, values) for step in way["steps"])) for way in words["ways"])
    paragraphs = [
        worded(words["opening"], values),
        "\n".join(
            [
                worded(words["app"] if applicant.app else words["app_unnamed"], values),
                worded(words["client_id"], values),
                worded(words["link"], values),
                words["link_hint"],
            ]
        ),
        "\n".join([words["scopes"], *(f"- {_line(words, need)}" for need in needs)]),
        "\n".join([words["steps"], *_numbered(find)]),
        "\n\n".join(
            [words["ways_title"], *("\n".join([title, *_numbered(steps, len(find))]) for title, steps in ways)]
        ),
        words["otherwise"],
        words["closing"],
    ]
    return ApprovalRequest(
        introduction=words["introduction"],
        subject=worded(words["subject"], values),
        text="\n\n".join(paragraphs),
        app=applicant.app,
        client_id=applicant.client_id,
        link=link,
        needs=needs,
        find=find,
        ways=ways,
    )


def _link(catalogue: Catalogue, applicant: Applicant, zoom_url: str | None) -> str:
    endpoints = catalogue.identity.endpoints
    query = {
        "response_type": "code",
        "client_id": applicant.client_id,
        "redirect_uri": applicant.redirect_uri,
        "code_challenge": _NO_VERIFIER,
        "code_challenge_method": "S256",
    }
    return f"{zoom_url or endpoints['zoom_url']}{endpoints['authorize']}?{urlencode(query)}"


def _required(catalogue: Catalogue, usage: Usage) -> Iterator[Need]:
    said, level = catalogue.approvals["scopes"], "" if usage == "user" else ":admin"
    for classic, granular in catalogue.identity.required_scopes.items():
        name = catalogue.identity.broader_scopes.get(classic, classic) if level else classic
        words = said[classic]["words"] + catalogue.approvals["levels"][usage]
        yield Need(words, tuple(f"{scope}{level}" for scope in (name, *granular)), said[classic]["reason"])


def _needs_of(catalogue: Catalogue, uses: Iterable[Action | Trigger], usage: Usage) -> Iterator[Need]:
    chosen = smallest_set(catalogue.identity, uses, usage=usage, family="granular")
    for asked in chosen.scopes:
        yield Need(in_words(catalogue, asked.scope, usage), (asked.scope,), _reason(asked))


def in_words(catalogue: Catalogue, scope: str, usage: Usage) -> str:
    """Put a granular scope such as `meeting:read:list_meetings` into words: what scopes of its kind allow.

    A platform's own manifests may need a scope of a kind that nobody has described; it stands for itself.
    """
    kind = ":".join(parse(scope).name.split(":")[:2])
    return f"{catalogue.approvals['granular'].get(kind, scope)}{catalogue.approvals['levels'][usage]}"


def _reason(asked: Asked) -> str:
    return "; ".join(dict.fromkeys(use.reason.rstrip(".") for use in asked.uses)) + "."


def _line(words: Mapping[str, str], need: Need) -> str:
    scope, *granular = need.scopes
    return worded(words["scope"], {"words": need.words, "scope": scope, "granular": granular, "reason": need.reason})


def _numbered(steps: Iterable[str], after: int = 0) -> list[str]:
    return [f"{number}. {step}" for number, step in enumerate(steps, after + 1)]
