"""One call of the API, after token, scopes and limits were checked: what an operation gets."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from .answers import Refused, invalid_parameter
from .people import User
from .tokens import Access
from .world import World

SHARED_ACCESS = "authenticated user has not permitted access to the targeted resource"


@dataclass(frozen=True)
class Call:
    """Who asks for what."""

    world: World
    caller: Access
    whole_account: bool
    """Whether a scope of admin level opened the door; else only the caller's own data is reachable."""
    path: dict[str, str]
    query: dict[str, str]
    body: dict[str, Any]
    label: str

    @property
    def caller_user(self) -> User:
        """The user behind the token.

        Raises:
            Refused: there is none, the app minted the token for itself.
        """
        if self.caller.user is None:
            raise Refused(400, 124, "This API only supports OAuth2 authorization.")
        return self.caller.user

    def user(self) -> User:
        """Find the user that the path names, who may be `me`.

        Raises:
            Refused: nobody in this account, or somebody whose data the caller may not touch.
        """
        reference = self.path["userId"]
        if reference == "me":
            return self.caller_user
        user = self.world.people.user(reference)
        if user is None or user.account is not self.caller_user.account:
            raise Refused(404, 1001, f"User does not exist: {reference}.")
        self.require_access(user)
        return user

    def require_access(self, user: User) -> None:
        """Refuse a user-level token that touches another user's data, unless that user shares it with the app."""
        if user is self.caller_user or user.account is not self.caller_user.account:
            return
        if not self.whole_account and self.caller.app.client_id not in user.shares_with:
            raise Refused(403, 403, SHARED_ACCESS)

    def day(self, name: str) -> date | None:
        """Read a day from the query."""
        text = self.query.get(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise invalid_parameter(name) from None

    def zone(self, name: str) -> ZoneInfo:
        """Read a time zone from the query; UTC where there is none."""
        text = self.query.get(name, "UTC")
        if text not in available_timezones():
            raise invalid_parameter(name)
        return ZoneInfo(text)

    def flag(self, name: str) -> bool:
        """Read a truth value from the query."""
        return self.query.get(name, "").lower() == "true"
