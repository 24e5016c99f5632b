"""The HTML that the local Zoom shows to people."""

from collections.abc import Iterable, Mapping
from html import escape

from .people import App, User

PASSCODE_PAGE = "<html><head><title>Password Required - Zoom</title></head><body>Passcode required</body></html>"
"""What Zoom sends, with status 200, in place of a file for which the authorization is not good."""


def message_page(title: str, text: str) -> str:
    """Say something."""
    return _page(title, f"<p>{escape(text)}</p>")


def sign_in_page(users: Iterable[User], fields: Mapping[str, str]) -> str:
    """Ask who is looking; the local Zoom has no passwords."""
    choices = "".join(f'<option value="{escape(user.email)}">{escape(user.email)}</option>' for user in users)
    select = f'<label>Sign in as <select name="as">{choices}</select></label> <button>Continue</button>'
    return _page("Sign in to the local Zoom", f'<form method="get">{_hidden(fields)}{select}</form>')


def authorize_page(app: App, viewer: User, fields: Mapping[str, str]) -> str:
    """Ask for consent."""
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in sorted(app.scopes))
    share = (
        '<p><label><input type="checkbox" name="shared_access" value="yes"> '
        "Allow this app to use my shared access permissions</label></p>"
    )
    form = _form(fields, share + _button("authorize", "Authorize") + _button("decline", "Decline"))
    return _page(f"{app.name} wants access", f"<p>{escape(viewer.email)}</p><ul>{scopes}</ul>{form}")


def approval_page(app: App, viewer: User, fields: Mapping[str, str]) -> str:
    """Say that the app is not pre-approved, to an admin with the button that changes it."""
    if viewer.is_admin:
        form = _form(fields, _button("pre_approve", "Pre-approve"))
        return _page(app.name, f"<p>This app is not pre-approved for your account.</p>{form}")
    reason = '<label>Reason <textarea name="reason"></textarea></label>'
    form = _form(fields, reason + _button("request", "Request pre-approve"))
    return _page(f"You cannot authorize {app.name}", form)


def _page(title: str, body: str) -> str:
    head = f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return f'<!doctype html><html lang="en">{head}<body><h1>{escape(title)}</h1>{body}</body></html>'


def _form(fields: Mapping[str, str], inner: str) -> str:
    return f'<form method="post">{_hidden(fields)}{inner}</form>'


def _hidden(fields: Mapping[str, str]) -> str:
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fields.items()
    )


def _button(decision: str, label: str) -> str:
    return f'<button name="decision" value="{decision}">{escape(label)}</button> '
