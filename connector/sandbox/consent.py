"""The consent page: who looks at it decides whether it says authorize, pre-approve or request pre-approval.

https://developers.zoom.us/docs/integrations/end-user-auth/
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from werkzeug.wrappers import Request, Response

from . import events
from .answers import html_answer
from .approvals import approve_for_all
from .pages import approval_page, authorize_page, message_page, sign_in_page
from .people import App, AppKind, ApprovalRequest, User
from .world import World

_ADMIN_NEEDED = (
    "You cannot authorize the app. An account admin is required to install this type of app. "
    "Please contact your account admin or IT administrator to install this app."
)
_OTHER_ACCOUNT = (
    "Unable to install this app without the developer's account. Please contact the app developer to install."
)
_KEPT = ("response_type", "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method", "as")


@dataclass(frozen=True)
class _Asked:
    app: App
    redirect_uri: str
    fields: Mapping[str, str]
    """What the page's forms hand on."""


def answer_consent(world: World, request: Request) -> Response:
    """Show the page, or carry out what was clicked on it; the caller holds the world's lock."""
    asked = _asked(world, request.values)
    if isinstance(asked, Response):
        return asked
    if not (reference := request.values.get("as", "")):
        return html_answer(sign_in_page(world.people.users.values(), asked.fields))
    viewer = world.people.user(reference)
    if viewer is None:
        return html_answer(message_page("Sign in", "There is no such user."), 400)
    if (forbidden := _forbidden(asked.app, viewer)) is not None:
        return html_answer(message_page(f"You cannot authorize {asked.app.name}", forbidden))
    return _decided(world, asked, viewer, request.form)


def _asked(world: World, values: Mapping[str, str]) -> _Asked | Response:
    app = world.people.apps.get(values.get("client_id", ""))
    if app is None or not app.active:
        return html_answer(message_page("Zoom", "Application not found"), 400)
    redirect_uri = values.get("redirect_uri", "")
    if not _is_allowed(app, redirect_uri, proven="code_challenge" in values):
        return html_answer(message_page("Zoom", f"Invalid redirect: {redirect_uri} (4,700)"), 400)
    if "scope" in values and world.behaviour.scope_parameter_refused:
        return html_answer(message_page("Zoom", "Invalid scope"), 400)
    if values.get("response_type") != "code":
        return html_answer(message_page("Zoom", "We were unable to complete your request. (4,700)"), 400)
    return _Asked(app, redirect_uri, {name: values[name] for name in _KEPT if name in values})


def _forbidden(app: App, viewer: User) -> str | None:
    if viewer.account is not app.account and not app.published:
        return _OTHER_ACCOUNT
    if app.kind is not AppKind.USER_MANAGED and not viewer.is_admin:
        return _ADMIN_NEEDED
    return None


def _decided(world: World, asked: _Asked, viewer: User, form: Mapping[str, str]) -> Response:
    account, app, now = viewer.account, asked.app, world.clock.now()
    decision = form.get("decision")
    if decision == "pre_approve" and viewer.is_admin:
        approve_for_all(account, app, viewer, now)
    if not account.allows(app, viewer):
        if decision == "request":
            account.requests.append(ApprovalRequest(app.client_id, viewer.email, form.get("reason", ""), now))
            events.app_requested(world, app, viewer, form.get("reason", ""))
            return html_answer(message_page(f"You cannot authorize {app.name}", "Your request was sent to your admin."))
        return html_answer(approval_page(app, viewer, asked.fields))
    if decision == "authorize":
        _share(app, viewer, shared="shared_access" in form)
        code = world.tokens.issue_code(
            app,
            viewer,
            asked.redirect_uri,
            asked.fields.get("code_challenge"),
            asked.fields.get("code_challenge_method", "plain"),
        )
        return _back(asked, {"code": code})
    if decision == "decline":
        # Zoom does not document what "Decline" sends back; RFC 6749, 4.1.2.1 does.
        return _back(asked, {"error": "access_denied"})
    return html_answer(authorize_page(app, viewer, asked.fields))


def _share(app: App, viewer: User, *, shared: bool) -> None:
    if shared:
        viewer.shares_with.add(app.client_id)
    else:
        viewer.shares_with.discard(app.client_id)


def _back(asked: _Asked, fields: dict[str, str]) -> Response:
    if "state" in asked.fields:
        fields["state"] = asked.fields["state"]
    joint = "&" if urlsplit(asked.redirect_uri).query else "?"
    return Response(status=302, headers={"Location": f"{asked.redirect_uri}{joint}{urlencode(fields)}"})


def _is_allowed(app: App, redirect_uri: str, *, proven: bool) -> bool:
    """Compare with the app's list; loopback is for clients with PKCE, and its port does not count."""
    parts = urlsplit(redirect_uri)
    if parts.hostname == "127.0.0.1" and parts.scheme == "http":
        portless = f"http://127.0.0.1{parts.path}"
        return proven and portless in app.redirects
    return parts.scheme == "https" and redirect_uri in app.redirects
