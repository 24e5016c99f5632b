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
from .trigger import Trigger

LONGEST_NAME = 49
"""Letters of an app's name; Zoom refuses 50."""

_LOOPBACK = "127.0.0.1"
CLIENT_ID = "CLIENT_ID"
"""Stands in a webhook address for what is only known once Zoom has made the app."""

_USAGES: dict[Usage, str] = {"user": "USER_OPERATION", "admin": "ADMIN_MANAGEMENT"}
_EVENT_USAGES: dict[Usage, str] = {"user": "EVENT_FOR_USER", "admin": "EVENT_FOR_ADMIN"}
ALWAYS_SENT = frozenset(["app_deauthorized"])
"""Zoom sends it without being asked, to the address for deauthorization."""


@dataclass(frozen=True)
class Note:
    """Something to know about an app manifest that Zoom's form has no place for."""

    kind: Literal["cannot", "without", "names_its_call", "prove_domain", "loopback", "client_id"]
    """`cannot`: an action that this kind of app cannot do; `without`: one that works without this call;
    `names_its_call`: one whose scopes depend on what a step fills in; `prove_domain`: a domain that Zoom wants proof
    of; `loopback`: a redirect address for development only; `client_id`: an address that needs the app's client id."""
    about: str
    """Key of the action or trigger, or the domain, or the address."""
    call: Call | None = None
    """The call for which Zoom has no scope that fits."""


@dataclass(frozen=True)
class AppManifest:
    """What to paste at Zoom, and what to know about it."""

    manifest: dict[str, Any]
    notes: tuple[Note, ...]


def app_manifest(
    identity: Identity,
    chosen: Sequence[Action | Trigger],
    *,
    usage: Usage,
    redirect_uri: str,
    name: str,
    webhook_url: str | None = None,
) -> AppManifest:
    """Write the manifest of an app that can do some actions, fires some triggers, and does nothing else.

    No scope is optional: Zoom offers optional ones only to a sign-in whose address lists scopes, and ours lists none
    (https://developers.zoom.us/docs/integrations/oauth/).

    Args:
        identity: what `connector.json` says.
        chosen: what the app is for.
        usage: who manages the app; user-managed ones get user scopes only, admin-managed ones account scopes only.
        redirect_uri: where Zoom sends the browser back to after the sign-in.
        name: what Zoom calls the app on its consent page.
        webhook_url: where Zoom sends the events of the triggers; `CLIENT_ID` in it is to be replaced later.

    Raises:
        InvalidInputs: `app_name_invalid`, `redirect_refused` for an address that Zoom does not take, or
            `webhook_refused` for triggers without an https address.
    """
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise InvalidInputs("app_name_invalid", name=name, longest=LONGEST_NAME)
    redirect = _redirect(redirect_uri)
    scopes = smallest_set(identity, chosen, usage=usage, family="granular")
    features = {"products": [], **_event_subscription(chosen, scopes, usage, webhook_url)}
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
        "features": features,
    }
    notes = [*_about_chosen(chosen, scopes), _about_redirect(redirect)]
    if webhook_url and CLIENT_ID in webhook_url and "event_subscription" in features:
        notes.append(Note("client_id", webhook_url))
    return AppManifest(manifest, tuple(notes))


def _event_subscription(
    chosen: Sequence[Action | Trigger], scopes: ScopeSet, usage: Usage, webhook_url: str | None
) -> dict[str, Any]:
    impossible = {use.who for use in scopes.beyond if not use.call.optional}
    triggers = [each for each in chosen if isinstance(each, Trigger) and each.key not in impossible]
    events = sorted({event for trigger in triggers for event in trigger.events} - ALWAYS_SENT)
    if not events:
        return {}
    if webhook_url is None or not reachable(webhook_url):
        raise InvalidInputs("webhook_refused", address=webhook_url or None, triggers=[each.key for each in triggers])
    subscription = {
        "subscription_name": "Workflow triggers",
        "event_usage": _EVENT_USAGES[usage],
        "event_types": events,
        "development_webhook_url": webhook_url,
        "production_webhook_url": webhook_url,
    }
    return {"event_subscription": {"enable": True, "events": [subscription]}}


def reachable(webhook_url: str) -> bool:
    """Say whether Zoom sends events to an address: https, with a domain name.

    https://developers.zoom.us/docs/api/webhooks/#webhook-endpoint-requirements
    """
    try:
        parts = urlsplit(webhook_url)
        named = parts.hostname is not None and "." in parts.hostname and not parts.hostname[-1].isdigit()
        taken = parts.port != 0 and not any(letter.isspace() or letter in "#@*" for letter in webhook_url)
    except ValueError:
        return False
    return parts.scheme == "https" and named and taken and webhook_url.isascii()


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


def _about_chosen(chosen: Sequence[Action | Trigger], scopes: ScopeSet) -> list[Note]:
    beyond = [Note("without" if use.call.optional else "cannot", use.who, use.call) for use in scopes.beyond]
    return beyond + [
        Note("names_its_call", each.key)
        for each in chosen
        if (each.any_event if isinstance(each, Trigger) else each.any_operation)
    ]


def _about_redirect(redirect: SplitResult) -> Note:
    host = str(redirect.hostname)
    return Note("loopback", redirect.geturl()) if host == _LOOPBACK else Note("prove_domain", host)
