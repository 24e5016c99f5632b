"""Codes, tokens and grants: what is valid, for whom, and since when not any more."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from .answers import Refused, TokenRefused
from .clock import Clock
from .people import Account, App, User

CODE_LIFE = timedelta(minutes=5)
ACCESS_LIFE = timedelta(hours=1)
REFRESH_LIFE = timedelta(days=90)


class Ended(Enum):
    """Why a grant is over, as the API and the token endpoint report it: code and text, reason."""

    REVOKED = (4741, "The token has been revoked.", "Invalid Token!")
    WITHDRAWN = (4738, "The token is disabled by admin.", "The token is disabled by admin.")
    REMOVED = (124, "Invalid access token.", "Invalid Token!")


@dataclass(eq=False)
class Grant:
    """What one user allows one app; Zoom keeps one that lives for each pair."""

    app: App
    user: User
    scopes: frozenset[str]
    ended: Ended | None = None


@dataclass(eq=False)
class Access:
    """An access token, looked up."""

    app: App
    user: User | None
    """None for a token that the app minted for itself (client credentials)."""
    scopes: frozenset[str]
    expires: datetime
    grant: Grant | None = None


@dataclass(eq=False)
class _Refresh:
    grant: Grant
    expires: datetime
    superseded: datetime | None = None


@dataclass(eq=False)
class _Code:
    app: App
    user: User
    redirect_uri: str
    challenge: str | None
    method: str
    expires: datetime


@dataclass(eq=False)
class Issued:
    """The tokens of one answer of the token endpoint."""

    access: Access
    access_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)


class Tokens:
    """Issue, look up and end them. The caller holds the world's lock."""

    def __init__(self, clock: Clock, refresh_grace: timedelta) -> None:
        self._clock = clock
        self.refresh_grace = refresh_grace
        """How long a refresh token goes on working after a newer one was issued."""
        self.grants: list[Grant] = []
        self._codes: dict[str, _Code] = {}
        self._access: dict[str, Access] = {}
        self._refresh: dict[str, _Refresh] = {}
        self._downloads: dict[str, tuple[str, datetime]] = {}

    def issue_code(self, app: App, user: User, redirect_uri: str, challenge: str | None, method: str) -> str:
        """Make the code that goes back to the app's redirect: five minutes, once."""
        code = secrets.token_urlsafe(16)
        self._codes[code] = _Code(app, user, redirect_uri, challenge, method, self._clock.now() + CODE_LIFE)
        return code

    def exchange(self, app: App, code: str, redirect_uri: str, verifier: str | None) -> Issued:
        """Turn a code into a new grant, which ends the older one of the same user and app."""
        known = self._codes.get(code)
        if known is None or known.app is not app:
            raise TokenRefused("invalid_grant", f"Invalid authorization code {code}")
        if redirect_uri != known.redirect_uri:
            raise TokenRefused("invalid_request", "Redirect URI mismatch.")
        if known.challenge is not None and not _proves(verifier, known.challenge, known.method):
            # Only the class of this error is documented, not its reason.
            raise TokenRefused("invalid_grant", "Invalid code verifier.")
        del self._codes[code]
        if self._clock.now() > known.expires:
            raise TokenRefused("invalid_grant", "Code is expired")
        self.end(app, known.user, Ended.REVOKED)
        grant = Grant(app, known.user, app.scopes)
        self.grants.append(grant)
        return self._issue(grant)

    def refresh(self, app: App, token: str) -> Issued:
        """Rotate: a new pair, and the token that was used stays good only for the grace period."""
        known = self._refresh.get(token)
        now = self._clock.now()
        if known is None or known.grant.app is not app or now > known.expires:
            raise TokenRefused("invalid_grant", "Invalid Token!")
        if known.grant.ended is not None:
            raise TokenRefused("invalid_grant", known.grant.ended.value[2])
        if known.superseded is not None and now - known.superseded >= self.refresh_grace:
            raise TokenRefused("invalid_grant", "Invalid Token!")
        for other in self._refresh.values():
            if other.grant is known.grant and other.superseded is None:
                other.superseded = now
        return self._issue(known.grant)

    def mint(self, app: App, user: User | None) -> Issued:
        """Issue an access token without a grant: account credentials (acting as a user) or client credentials."""
        scopes = app.own_scopes if user is None else app.scopes
        access = Access(app, user, scopes, self._clock.now() + ACCESS_LIFE)
        return self._keep(access)

    def revoke(self, app: App, token: str) -> None:
        """End the grant behind an access token of this app."""
        access = self._access.get(token)
        if access is None or access.app is not app:
            raise TokenRefused("invalid_grant", "Invalid Token!")
        if access.grant is None:
            del self._access[token]
        else:
            access.grant.ended = Ended.REVOKED

    def end(self, app: App, user: User, why: Ended) -> None:
        """End the living grant of a user and an app, if there is one."""
        for grant in self.grants:
            if grant.app is app and grant.user is user and grant.ended is None:
                grant.ended = why

    def end_what_is_not_allowed(self, app: App, account: Account) -> None:
        """End the grants of users who may no longer use an app because an admin withdrew the approval."""
        for grant in self.grants:
            if grant.app is app and grant.user.account is account and not account.allows(app, grant.user):
                grant.ended = grant.ended or Ended.WITHDRAWN

    def look_up(self, token: str) -> Access:
        """Find what an access token stands for.

        Raises:
            Refused: it is unknown, expired or its grant is over.
        """
        access = self._access.get(token)
        if access is None:
            raise Refused(401, 124, "Invalid access token.")
        if access.grant is not None and access.grant.ended is not None:
            code, text, _ = access.grant.ended.value
            raise Refused(401, code, text)
        if self._clock.now() > access.expires:
            raise Refused(401, 124, "Access token is expired.")
        return access

    def app_of(self, token: str) -> App | None:
        """Tell which app an access token was issued to, also if it is no longer good."""
        known = self._access.get(token)
        return None if known is None else known.app

    def issue_download(self, uuid: str, life: timedelta) -> str:
        """Make a `download_access_token` for the files of one recording."""
        token = _new_token()
        self._downloads[token] = (uuid, self._clock.now() + life)
        return token

    def opens(self, token: str, uuid: str) -> bool:
        """Tell whether this is a living `download_access_token` of that recording."""
        known, expires = self._downloads.get(token, ("", self._clock.now()))
        return known == uuid and self._clock.now() < expires

    def _issue(self, grant: Grant) -> Issued:
        now = self._clock.now()
        refresh = _new_token()
        self._refresh[refresh] = _Refresh(grant, now + REFRESH_LIFE)
        issued = self._keep(Access(grant.app, grant.user, grant.scopes, now + ACCESS_LIFE, grant))
        issued.refresh_token = refresh
        return issued

    def _keep(self, access: Access) -> Issued:
        token = _new_token()
        self._access[token] = access
        return Issued(access, token)


def _proves(verifier: str | None, challenge: str, method: str) -> bool:
    if verifier is None:
        return False
    if method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        verifier = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(verifier, challenge)


def _new_token() -> str:
    # Wherever one turns up that should not be there, it is easily found.
    return f"sandbox-token-{secrets.token_urlsafe(32)}"
