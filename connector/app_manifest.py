"""The Zoom app manifest: a customer's own app, created by pasting one JSON text.

https://developers.zoom.us/docs/build-flow/manifests/schema/
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from .calls import Call
from .catalogue import Action, Identity
from .errors import InvalidInputs
from .scope_sets import ScopeSet, smallest_set
from .scopes import Usage

LONGEST_NAME = 49
"""Letters of an app's name; Zoom refuses 50."""

_LOOPBACK = "127.0.0.1"
_USAGES: dict[Usage, str] = {"user": "USER_OPERATION", "admin": "ADMIN_MANAGEMENT"}


@dataclass(frozen=True)
class Note:
    """Something to know about an app manifest that Zoom's form has no place for."""

    kind: Literal["cannot", "without", "names_its_call", "prove_domain", "loopback"]
    """`cannot`: an action that this kind of app cannot do; `without`: one that works without this call;
    `names_its_call`: one whose scopes depend on what a step fills in; `prove_domain`: a domain that Zoom wants proof
    of; `loopback`: a redirect address for development only."""
    about: str
    """Key of the action, or the domain, or the redirect address."""
    call: Call | None = None
    """The call for which Zoom has no scope that fits."""


@dataclass(frozen=True)
class AppManifest:
    """What to paste at Zoom, and what to know about it."""

    manifest: dict[str, Any]
    notes: tuple[Note, ...]


def app_manifest(
    identity: Identity, actions: Sequence[Action], *, usage: Usage, redirect_uri: str, name: str
) -> AppManifest:
    """Write the manifest of an app that can do some actions and nothing else.

    No scope is optional: Zoom offers optional ones only to a sign-in whose address lists scopes, and ours lists none
    (https://developers.zoom.us/docs/integrations/oauth/).

    Args:
        identity: what `connector.json` says.
        actions: what the app is for.
        usage: who manages the app; user-managed ones get user scopes only, admin-managed ones account scopes only.
        redirect_uri: where Zoom sends the browser back to after the sign-in.
        name: what Zoom calls the app on its consent page.

    Raises:
        InvalidInputs: `app_name_invalid`, or `redirect_refused` for an address that Zoom does not take.
    """
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise InvalidInputs("app_name_invalid", name=name, longest=LONGEST_NAME)
    redirect = _redirect(redirect_uri)
    scopes = smallest_set(identity, actions, usage=usage, family="granular")
    manifest = {
        "display_information": {"display_name": name.strip()},
        "oauth_information": {
            "usage": _USAGES[usage],
            "development_redirect_uri": redirect_uri,
            "production_redirect_uri": redirect_uri,
            "oauth_allow_list": [redirect_uri],
            "strict_mode": True,
            "subdomain_strict_mode": True,
            "scopes": [{"scope": each.scope, "optional": False} for each in scopes.scopes],
            "scope_description": _description(scopes),
        },
        "features": {"products": []},
    }
    return AppManifest(manifest, (*_about_actions(actions, scopes), _about_redirect(redirect)))


def _redirect(uri: str) -> SplitResult:
    """Check a redirect address by Zoom's rules: https, or the numeric loopback; `localhost` has stopped working."""
    try:
        parts = urlsplit(uri)
        refused = parts.port == 0 or not uri.isascii() or any(letter.isspace() for letter in uri)
    except ValueError as error:
        raise InvalidInputs("redirect_refused", redirect=uri) from error
    loopback = parts.scheme == "http" and parts.hostname == _LOOPBACK
    encrypted = parts.scheme == "https" and parts.hostname not in (None, "", "localhost")
    if refused or not (loopback or encrypted) or "@" in parts.netloc or "#" in uri or "*" in uri:
        raise InvalidInputs("redirect_refused", redirect=uri)
    return parts


def _description(scopes: ScopeSet) -> str:
    reasons = {each.scope: dict.fromkeys(use.reason for use in each.uses) for each in scopes.scopes}
    return "\n".join(f"{scope} - {' '.join(of_scope)}" for scope, of_scope in reasons.items())


def _about_actions(actions: Sequence[Action], scopes: ScopeSet) -> list[Note]:
    beyond = [Note("without" if use.call.optional else "cannot", use.who, use.call) for use in scopes.beyond]
    return beyond + [Note("names_its_call", action.key) for action in actions if action.any_operation]


def _about_redirect(redirect: SplitResult) -> Note:
    host = str(redirect.hostname)
    return Note("loopback", redirect.geturl()) if host == _LOOPBACK else Note("prove_domain", host)
