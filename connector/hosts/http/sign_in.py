"""Signing in through this server: leave for Zoom, come back, and see what came of it.

As in `oauth.loopback`, only the browser that left from here may come back: it carries a cookie (RFC 6749, 10.12).
"""

import hashlib
from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from ...errors import InvalidInputs, ZoomConnectorError
from ...oauth.loopback import PATH
from ...plugin import Connector
from .access import KeyHolders
from .bodies import body_of
from .pages import explained, page

START = "/oauth/start"
_LIFE = 600
"""Seconds that the cookie lasts, like the sign-in itself."""
_LONGEST_FORM = 4096


def routes(connector: Connector, address: str, holders: KeyHolders) -> APIRouter:
    """Return the routes of a sign-in.

    Args:
        connector: what is signed in to; through the platform's own app.
        address: where browsers reach this server.
        holders: may begin a sign-in.
    """
    router, redirect_uri = APIRouter(), f"{address}{PATH}"

    @router.get(START)
    def ask(connection: str = "") -> Response:
        return _form(connection, asks_key=not holders.everybody)

    @router.post(START)
    async def leave(request: Request) -> Response:
        if request.headers.get("origin", address) != address:
            return page(*_ELSEWHERE, form=f'<p><a href="{escape(address)}{START}">Sign in to Zoom</a></p>', status=403)
        filled = parse_qs((await body_of(request, _LONGEST_FORM) or b"").decode(errors="replace"))
        name, key = (filled.get(field, [""])[0] for field in ("connection", "key"))
        if not holders.has(key):
            return _form(name, asks_key=True, wrong_key=True)
        return await run_in_threadpool(begin, name.strip())

    def begin(name: str) -> Response:
        try:
            url = connector.sign_in(name, redirect_uri=redirect_uri).url
        except ZoomConnectorError as failure:
            return explained(connector.explain(failure), again=START)
        mark = _mark(parse_qs(urlsplit(url).query)["state"][0])
        answer = RedirectResponse(url, 303, {"Cache-Control": "no-store"})
        # Lax: the cookie comes back with a redirect from Zoom's site, and with nothing that a page loads by itself.
        answer.set_cookie(
            _cookie(mark),
            mark,
            max_age=_LIFE,
            path=PATH,
            secure=address.startswith("https:"),
            httponly=True,
            samesite="lax",
        )
        return answer

    @router.get(PATH)
    def come_back(request: Request, state: str = "") -> Response:
        if not state:
            # Adding the app from Zoom's marketplace ends here too, with a code and without a state.
            return page("Almost there", "You added the app at Zoom. One step is left.", form=_GO_ON)
        mark = _mark(state)
        if request.cookies.get(_cookie(mark)) != mark:
            return page(*_ANOTHER_BROWSER, form=_GO_ON, status=403)
        answer = finish(f"{redirect_uri}?{request.url.query}")
        answer.delete_cookie(_cookie(mark), path=PATH)
        return answer

    def finish(callback_url: str) -> Response:
        try:
            connected = connector.complete(callback_url)
        except ZoomConnectorError as failure:
            if isinstance(failure, InvalidInputs) and failure.code == "connection_exists":
                _leave_as_it_was(connector, callback_url)
            name = str(failure.params.get("connection", ""))
            return explained(connector.explain(failure), again=f"{START}?{urlencode({'connection': name})}")
        connection, renewed = connected.connection, ", ".join(connected.renewed)
        return page(
            f"{connection.name} is connected",
            f"You are signed in as {connection.grant.person.email or connection.grant.person.user_id}.",
            *([f"The same Zoom user is behind {renewed}; that works again as well."] if renewed else []),
            *([f"Scopes that are missing: {', '.join(connected.missing_scopes)}."] if connected.missing_scopes else []),
            "You can close this window.",
        )

    return router


def _leave_as_it_was(connector: Connector, callback_url: str) -> None:
    try:
        connector.abandon(callback_url)
    except ZoomConnectorError:
        # The grant that nobody uses is swept out with the sign-in tomorrow; what was there is untouched.
        return


def _form(connection: str, *, asks_key: bool, wrong_key: bool = False) -> Response:
    key = '<p><label>Key of this connector <input name="key" type="password" required></label></p>' if asks_key else ""
    form = (
        f'<form method="post" action="{START}">'
        f'<p><label>Name of the connection <input name="connection" required value="{escape(connection)}"></label></p>'
        f"{key}<p><button>Sign in to Zoom</button></p></form>"
    )
    if wrong_key:
        return page(
            "Connect to Zoom", "That is not the key of this connector (its setting API_KEY).", form=form, status=403
        )
    return page("Connect to Zoom", "Zoom will ask whether this connector may act for you.", form=form)


def _mark(state: str) -> str:
    """Tell what only the browser knows that left with this state."""
    return hashlib.sha256(state.encode(errors="replace")).hexdigest()


def _cookie(mark: str) -> str:
    # One for each sign-in, so that two in one browser do not get into each other's way.
    return f"zoom_connector_{mark[:12]}"


_GO_ON = f'<p><a href="{START}">Sign in to Zoom</a></p>'
_ANOTHER_BROWSER = (
    "This sign-in began in another browser",
    "Or it began more than ten minutes ago. Start it here, in this browser.",
)
_ELSEWHERE = ("Start from the other page", "Zoom sends the browser back to one address only, so start there.")
