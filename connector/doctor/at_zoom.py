"""The clock, the way to Zoom, and the app there: what breaks before anybody has signed in."""

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from ..clock import Clock
from ..errors import SettingsError, SignInFailed, ZoomConnectorError, ZoomError, ZoomUnavailable
from ..explain import explain
from ..oauth.loopback import PATH
from ..oauth.server import TIMEOUT
from ..pasted import read
from ..recognise import recognise_first
from ..settings import Settings
from ..store.values import App, AppKind
from ..zoom.answers import decode, zoom_time
from ..zoom.request import host_of
from ..zoom.transport import NoAnswer, exchange
from .findings import Notes
from .looking import Zoom

if TYPE_CHECKING:
    import requests

_AGREE = timedelta(minutes=1)
_WRONG = timedelta(minutes=5)
"""Beyond it events that Zoom has just signed are refused (`events/signature.py`)."""
_LOOPBACK = f"http://127.0.0.1:8976{PATH}"
"""Where `zoom-connector connect` waits for the browser."""
_MADE_UP = "0" * 48
"""No code and no verifier of anybody: what Zoom says to it says whether it takes the app's credentials."""
_OF_THE_APP = ("app_credentials_wrong", "app_disabled", "app_disabled_by_zoom", "app_not_found")
_OF_THE_CODE = ("invalid_grant", "invalid_request", "unauthorized_client", "unsupported_grant_type")
"""OAuth errors that come after the client was accepted (RFC 6749, 5.2)."""


def check_way(zoom: Zoom, notes: Notes) -> bool:
    """Check the clock, and whether Zoom answers; return whether it does."""
    try:
        answer = _asked(zoom, f"{zoom.endpoints.api_url}/v2/users/me")
        _asked(zoom, zoom.endpoints.token)
    except ZoomUnavailable as error:
        notes.unchecked("clock", "no_date")
        notes.failed("reach", error)
        return False
    _check_clock(answer.headers.get("Date", ""), zoom.clock, notes)
    try:
        decode(answer.status_code, answer.headers, answer.content, now=zoom.clock.now())
    except ZoomConnectorError as error:
        # Without a token Zoom refuses; a gateway or a proxy in front of it says something else.
        if error.code in ("zoom_unavailable", "answer_unreadable"):
            notes.failed("reach", error)
            return False
    notes.passed("reach")
    return True


def check_app(app: App, zoom: Zoom, notes: Notes) -> None:
    """Check the app's credentials, whether it is active, and its redirect address; uses up no token and no code."""
    redirect = redirect_of(zoom.settings)
    page = "" if app.kind is AppKind.SERVER else _page(app, redirect, zoom, notes)
    try:
        zoom.server.exchange(app, code=_MADE_UP, redirect_uri=redirect, verifier=_MADE_UP)
    except SignInFailed:
        notes.passed("app", app.client_id)
    except ZoomError as error:
        _judge(app, error, notes, unknown=page == "app_not_found")
    if page == "":
        notes.unchecked("redirect", "no_redirect", app.client_id)
    elif page == "redirect_mismatch":
        notes.failed("redirect", SignInFailed("redirect_mismatch", redirect=redirect), app.client_id)
    elif page == "opened":
        notes.passed("redirect", app.client_id, redirect=redirect)
    else:
        notes.unchecked("redirect", "page_unclear", app.client_id, redirect=redirect)


def redirect_of(settings: Settings) -> str:
    """Return where Zoom sends a browser back to: the server of the settings, or this machine."""
    return f"{settings.public_url}{PATH}" if settings.public_url else _LOOPBACK


def _judge(app: App, error: ZoomError, notes: Notes, *, unknown: bool) -> None:
    """Tell a refusal of the app from one of the made-up code."""
    code = explain(error, notes.errors).code
    if code == "app_credentials_wrong" and unknown:
        notes.failed("app", ZoomError("app_not_found", zoom=error.zoom), app.client_id)
    elif code in _OF_THE_APP:
        notes.failed("app", error, app.client_id)
    elif error.zoom is not None and error.zoom.error in _OF_THE_CODE:
        notes.passed("app", app.client_id)
    else:
        said = error.zoom.message if error.zoom else ""
        notes.unchecked("app", "unclear", app.client_id, zoom_message=said)


def _page(app: App, redirect: str, zoom: Zoom, notes: Notes) -> str:
    """Open the page that a sign-in begins with, and return the code of what it complains of, or `opened`.

    Zoom names a wrong redirect address before anybody has signed in
    (https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/); where it sends the browser on to a sign-in
    first, nothing can be told.
    """
    url = zoom.server.authorize_url(app, redirect_uri=redirect, state=_MADE_UP, verifier=_MADE_UP)
    try:
        answer = _asked(zoom, url)
    except ZoomUnavailable:
        return "unclear"
    if code := recognise_first(read(answer.text), notes.errors)[0].code:
        return code
    return "opened" if answer.status_code == HTTPStatus.OK else "unclear"


def _check_clock(date: str, clock: Clock, notes: Notes) -> None:
    theirs, ours = zoom_time({"Date": date}), clock.now()
    if theirs is None:
        notes.unchecked("clock", "no_date")
        return
    ahead = ours - theirs
    failure = SettingsError(
        "clock_wrong",
        difference=str(timedelta(seconds=round(abs(ahead.total_seconds())))),
        zoom_time=theirs,
    )
    if abs(ahead) > _WRONG:
        notes.failed("clock", failure)
    elif abs(ahead) > _AGREE:
        notes.warned("clock", failure)
    else:
        notes.passed("clock")


def _asked(zoom: Zoom, url: str) -> "requests.Response":
    try:
        return exchange(zoom.session, "GET", url, token=None, timeout=TIMEOUT)
    except NoAnswer as lost:
        raise ZoomUnavailable(lost.code, host=host_of(url)) from lost
