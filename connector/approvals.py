"""Who may use which app in a Zoom account: look, and decide, through the connection of one of its admins.

https://developers.zoom.us/docs/api/marketplace/
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .errors import InvalidInputs, ZoomError
from .types import Inputs

if TYPE_CHECKING:
    from .connection import Connection

Verb = Literal["approve", "decline", "preapprove", "withdraw"]
"""The first two answer requests; the others decide whether or not anybody has asked."""

State = Literal["everybody", "some", "withdrawn", "not_approved"]
"""For whom an app is approved; Zoom's API does not say whom `some` are."""

_KINDS = ("active_requests", "approved_apps", "restricted_apps", "account_added", "account_created")
_AT_ONCE = 20
"""Users or groups that Zoom takes in one call."""


@dataclass(frozen=True)
class Person:
    """A user of the account; of a request also when and why."""

    id: str
    name: str
    email: str
    asked: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Group:
    """A group of users of the account."""

    id: str
    name: str
    members: int


@dataclass(frozen=True)
class App:
    """An app, as the account's admins see it."""

    id: str
    name: str
    state: State
    needs_admin: bool
    """Only an admin can add it, for the whole account."""
    needs_approval: bool
    """False where the account lets people add it without an admin."""
    requests: tuple[Person, ...] = ()
    """Who waits for an answer."""


@dataclass(frozen=True)
class Decision:
    """What is about to be done, down to every name: what is confirmed is what is sent."""

    verb: Verb
    app: App
    everybody: bool
    """Every user of the account, also those who join later; never set for answers to requests."""
    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def narrows(self) -> bool:
        """Tell whether an app that was open to everybody is for the chosen ones only from then on."""
        return self.app.state == "everybody" and not self.everybody and self.verb in ("preapprove", "withdraw")

    def calls(self) -> Iterator[tuple[str, Inputs]]:
        """Yield the actions that carry it out, with their inputs."""
        app = {"app_id": self.app.id}
        people, groups = [each.id for each in self.people], [each.id for each in self.groups]
        if self.verb in ("approve", "decline"):
            # Zoom's "all" would also decide on whoever asks after this was confirmed.
            for some in _parts(people):
                yield "decide_app_requests", {**app, "decision": self.verb, "request_user_ids": some}
            return
        withdraws = self.verb == "withdraw"
        if self.everybody:
            yield "withdraw_app_approval" if withdraws else "preapprove_app_for_all", app
        for some in _parts(people):
            yield (
                "withdraw_app_approval_from_users" if withdraws else "preapprove_app_for_users",
                {
                    **app,
                    "user_ids": some,
                },
            )
        for some in _parts(groups):
            yield (
                "withdraw_app_approval_from_groups" if withdraws else "preapprove_app_for_groups",
                {
                    **app,
                    "group_ids": some,
                },
            )


def overview(admin: "Connection") -> tuple[App, ...]:
    """List the apps that somebody waits for, that were decided about, or that the account added or made.

    Args:
        admin: a connection of an admin of the account.

    Raises:
        ZoomConnectorError: as `Connection.run` does.
    """
    rows: dict[str, dict[str, Any]] = {}
    kinds: dict[str, set[str]] = {}
    for kind in _KINDS:
        for row in admin.run("list_apps", {"type": kind})["apps"]:
            rows[row["app_id"]] = {**rows.get(row["app_id"], {}), **row}
            kinds.setdefault(row["app_id"], set()).add(kind)
    return tuple(
        _app(row, kinds[id], _requests(admin, id) if "active_requests" in kinds[id] else ())
        for id, row in sorted(rows.items())
    )


def decide(
    admin: "Connection",
    verb: Verb,
    app: str,
    *,
    everybody: bool = False,
    emails: Sequence[str] = (),
    groups: Sequence[str] = (),
) -> Decision:
    """Find out whom exactly a decision is about; nothing is changed.

    Args:
        admin: a connection of an admin of the account.
        verb: what is to be done.
        app: its name or its app ID; the latter also for an app that nobody here has asked for or added.
        everybody: every user of the account; with `approve` and `decline`, everybody who waits for an answer now.
        emails: mail addresses of users.
        groups: names of groups; not for answers to requests.

    Raises:
        InvalidInputs: `nobody_chosen`, `unknown_app`, `app_name_shared`, `not_in_account`, `unknown_group` or
            `nobody_asked`.
        ZoomConnectorError: as `Connection.run` does.
    """
    if everybody is bool(emails or groups):
        raise InvalidInputs("nobody_chosen")
    found = _find(admin, app)
    if verb in ("approve", "decline"):
        return Decision(verb, found, everybody=False, people=_asking(found, everybody=everybody, emails=emails))
    return Decision(
        verb,
        found,
        everybody,
        tuple(_person(admin, email) for email in dict.fromkeys(emails)),
        _groups(admin, tuple(dict.fromkeys(groups))),
    )


def carry_out(admin: "Connection", decision: Decision) -> None:
    """Do it.

    Raises:
        ZoomConnectorError: as `Connection.run` does; what came before the call that failed is done.
    """
    for key, inputs in decision.calls():
        admin.run(key, inputs)


def _app(row: Mapping[str, Any], kinds: Collection[str] = (), requests: tuple[Person, ...] = ()) -> App:
    approval = row.get("approval_info") or {}
    state: State = "not_approved"
    if "approved_apps" in kinds:
        state = "everybody" if approval.get("approved_type") == "forAllUser" else "some"
    elif "restricted_apps" in kinds:
        state = "withdrawn"
    return App(
        id=row["app_id"],
        name=row.get("app_name", ""),
        state=state,
        needs_admin=row.get("app_usage") == 1,
        needs_approval=not approval.get("app_approval_closed", False),
        requests=requests,
    )


def _requests(admin: "Connection", app_id: str) -> tuple[Person, ...]:
    rows = admin.run("list_app_requests", {"app_id": app_id, "status": "pending"})["requests"]
    told = ("request_user_name", "request_user_email", "request_date_time", "reason")
    return tuple(Person(row["request_user_id"], *(row.get(name, "") for name in told)) for row in rows)


def _find(admin: "Connection", wanted: str) -> App:
    apps = overview(admin)
    named = [app for app in apps if wanted == app.id] or [
        app for app in apps if wanted.casefold() == app.name.casefold()
    ]
    if len(named) == 1:
        return named[0]
    if named:
        raise InvalidInputs("app_name_shared", app=wanted, ids=[app.id for app in named])
    try:
        return _app(admin.run("get_app", {"app_id": wanted}))
    except ZoomError as error:
        if error.zoom is None or error.zoom.status not in (400, 404):
            raise
        raise InvalidInputs("unknown_app", app=wanted, known=[app.name for app in apps]) from error


def _asking(app: App, *, everybody: bool, emails: Sequence[str]) -> tuple[Person, ...]:
    wanted = {email.casefold(): email for email in emails}
    people = tuple(each for each in app.requests if everybody or each.email.casefold() in wanted)
    missing = [email for key, email in wanted.items() if key not in {each.email.casefold() for each in people}]
    if missing or not people:
        raise InvalidInputs("nobody_asked", app=app.name, users=missing, waiting=[each.email for each in app.requests])
    return people


def _person(admin: "Connection", email: str) -> Person:
    user = admin.run("find_user", {"email": email})
    if not user["found"]:
        raise InvalidInputs("not_in_account", user=email)
    return Person(user["id"], user.get("display_name", ""), user.get("email", email))


def _groups(admin: "Connection", names: Sequence[str]) -> tuple[Group, ...]:
    if not names:
        return ()
    rows = admin.run("list_groups", {})["groups"]
    known = {row["name"].casefold(): Group(row["id"], row["name"], row.get("total_members", 0)) for row in rows}
    for name in names:
        if name.casefold() not in known:
            raise InvalidInputs("unknown_group", group=name, known=[row["name"] for row in rows])
    return tuple(known[name.casefold()] for name in names)


def _parts(ids: Sequence[str]) -> list[list[str]]:
    return [list(ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE)]
