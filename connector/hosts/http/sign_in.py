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
from ...oauth.server import Endpoints
from ...plugin import Connector
from ...words import Words
from .access import KeyHolders
from .bodies import body_of
from .pages import explained, page
from .problems import for_caller

START = "/oauth/start"
LEAVE = "/oauth/leave"
"""With the query of Zoom's consent page: leads there, and remembers the browser."""
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
    def ask(request: Request, connection: str = "") -> Response:
        return _form(_words(connector, request), connection, asks_key=not holders.everybody)

    @router.post(START)
    async def leave(request: Request) -> Response:
        words = _words(connector, request)
        if request.headers.get("origin", address) != address:
            return page(
                words,
                words("Start from the other page"),
                words("Zoom sends the browser back to one address only, so start there."),
                form=_go_on(words, address),
                status=403,
            )
        filled = parse_qs((await body_of(request, _LONGEST_FORM) or b"").decode(errors="replace"))
        name, key = (filled.get(field, [""])[0] for field in ("connection", "key"))
        if not holders.has(key):
            return _form(words, name, asks_key=True, wrong_key=True)
        return await run_in_threadpool(begin, for_caller(connector, request), name.strip())

    def begin(connector: Connector, name: str) -> Response:
        try:
            url = connector.sign_in(name, redirect_uri=redirect_uri).url
        except ZoomConnectorError as failure:
            return explained(connector.catalogue.words, connector.explain(failure), again=START)
        return to_zoom(url)

    @router.get(LEAVE)
    def lead(request: Request, state: str = "") -> Response:
        # Whoever holds a key began this sign-in; one with a state of somebody's own making ends in `state_unknown`.
        consent = Endpoints.of(connector.catalogue.identity, connector.settings).authorize
        return to_zoom(f"{consent}?{request.url.query}") if state else ask(request)

    def to_zoom(url: str) -> Response:
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
        words = _words(connector, request)
        if not state:
            # Adding the app from Zoom's marketplace ends here too, with a code and without a state.
            added = words("You added the app at Zoom. One step is left.")
            return page(words, words("Almost there"), added, form=_go_on(words))
        mark = _mark(state)
        if request.cookies.get(_cookie(mark)) != mark:
            return page(
                words,
                words("This sign-in began in another browser"),
                words("Or it began more than ten minutes ago. Start it here, in this browser."),
                form=_go_on(words),
                status=403,
            )
        answer = finish(for_caller(connector, request), f"{redirect_uri}?{request.url.query}")
        answer.delete_cookie(_cookie(mark), path=PATH)
        return answer

    def finish(connector: Connector, callback_url: str) -> Response:
        words = connector.catalogue.words
        try:
            connected = connector.complete(callback_url)
        except ZoomConnectorError as failure:
            if isinstance(failure, InvalidInputs) and failure.code == "connection_exists":
                _leave_as_it_was(connector, callback_url)
            name = str(failure.params.get("connection", ""))
            again = f"{START}?{urlencode({'connection': name})}"
            return explained(words, connector.explain(failure), again=again)
        connection, others, missing = connected.connection, connected.renewed, connected.missing_scopes
        user = connection.grant.person.email or connection.grant.person.user_id
        told = [words("You are signed in as {user}.", user=user)]
        if others:
            told.append(words("The same Zoom user is behind {others}; that works again as well.", others=others))
        if missing:
            told.append(words("Scopes that are missing: {scopes}.", scopes=missing))
        title = words("{connection} is connected", connection=connection.name)
        return page(words, title, *told, words("You can close this window."))

    return router


def _leave_as_it_was(connector: Connector, callback_url: str) -> None:
    try:
        connector.abandon(callback_url)
    except ZoomConnectorError:
        # The grant that nobody uses is swept out with the sign-in tomorrow; what was there is untouched.
        return


def _words(connector: Connector, request: Request) -> Words:
    return for_caller(connector, request).catalogue.words


def _form(words: Words, connection: str, *, asks_key: bool, wrong_key: bool = False) -> Response:
    name, secret = escape(words("Name of the connection")), escape(words("Key of this connector"))
    key = f'<p><label>{secret} <input name="key" type="password" required></label></p>' if asks_key else ""
    form = (
        f'<form method="post" action="{START}">'
        f'<p><label>{name} <input name="connection" required value="{escape(connection)}"></label></p>'
        f"{key}<p><button>{escape(words('Sign in to Zoom'))}</button></p></form>"
    )
    title = words("Connect to Zoom")
    if wrong_key:
        told = words("That is not the key of this connector (its setting API_KEY).")
        return page(words, title, told, form=form, status=403)
    return page(words, title, words("Zoom will ask whether this connector may act for you."), form=form)


def _go_on(words: Words, address: str = "") -> str:
    return f'<p><a href="{escape(address)}{START}">{escape(words("Sign in to Zoom"))}</a></p>'


def _mark(state: str) -> str:
    """Tell what only the browser knows that left with this state."""
    return hashlib.sha256(state.encode(errors="replace")).hexdigest()


def _cookie(mark: str) -> str:
    # One for each sign-in, so that two in one browser do not get into each other's way.
    return f"zoom_connector_{mark[:12]}"
