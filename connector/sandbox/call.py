"""One call of the API, after token, scopes and limits were checked: what an operation gets."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .answers import Refused, invalid_parameter
from .meeting import Instance, Meeting
from .people import Account, User
from .tokens import Access
from .world import World
from .zones import known_zones

_YEAR = timedelta(days=365)
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

    @property
    def account(self) -> Account:
        """The account that the token belongs to."""
        return self.caller.app.account if self.caller.user is None else self.caller.user.account

    def user(self) -> User:
        """Find the user that the path names, who may be `me`.

        Raises:
            Refused: nobody in this account, or somebody whose data the caller may not touch.
        """
        return self.user_of(self.path["userId"])

    def user_of(self, reference: str) -> User:
        """Find a user whom the caller may ask about.

        Raises:
            Refused: nobody in this account, or somebody whose data the caller may not touch.
        """
        if reference == "me":
            return self.caller_user
        user = self.world.people.user(reference)
        if user is None or user.account is not self.account:
            raise Refused(404, 1001, f"User does not exist: {reference}.")
        self.require_access(user)
        return user

    def meeting(self) -> Meeting:
        """Find the meeting that the path names.

        Raises:
            Refused: there is none, or it belongs to somebody whose data the caller may not touch.
        """
        meeting = self.world.meetings.find(self.path["meetingId"])
        self.require_reach(meeting)
        self.require_host(meeting.host)
        return meeting

    def held(self, oldest: timedelta = _YEAR) -> tuple[Meeting, Instance]:
        """Find the time that a meeting was held which the path names: by its number the latest one.

        Raises:
            Refused: it was never held, or too long ago.
        """
        meeting, instance = self.world.meetings.find_instance(self.path["meetingId"])
        self.require_reach(meeting)
        if self.world.clock.now() - (instance.end or instance.start) > oldest:
            raise Refused(400, 12702, "Can not access a meeting a year ago.")
        return meeting, instance

    def require_reach(self, meeting: Meeting) -> None:
        """Refuse a meeting that is not the caller's; one of another account does not exist."""
        if meeting.host.account is not self.account:
            raise Refused(404, 3001, f"Meeting does not exist: {self.path['meetingId']}.")
        self.require_access(meeting.host)

    def require_host(self, user: User) -> None:
        """Refuse what needs a user who may hold meetings."""
        if not user.may_host:
            text = "Meeting hosting and scheduling capabilities are not allowed for your user account."
            raise Refused(400, 3161, text)

    def require_paid(self, text: str) -> None:
        """Refuse an account on the free plan, in these words."""
        if not self.account.paid:
            raise Refused(400, 200, text)

    def require_admin(self) -> None:
        """Refuse a user without an admin's role."""
        if not self.caller_user.is_admin:
            raise Refused(400, 200, "No permission.")

    def require_access(self, user: User) -> None:
        """Refuse a user-level token that touches another user's data, unless that user shares it with the app."""
        if user is self.caller_user:
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
        if text not in known_zones():
            raise invalid_parameter(name)
        return ZoneInfo(text)

    def flag(self, name: str) -> bool:
        """Read a truth value from the query."""
        return self.query.get(name, "").lower() == "true"
