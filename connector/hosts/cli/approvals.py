"""`approvals`: what an admin decides about apps, from the command line instead of Zoom's pages."""

import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from .. import facts
from .caller import load, words
from .output import AsJson, console, print_json, refuse, say, table

if TYPE_CHECKING:
    from ...approvals import App as Approvable
    from ...approvals import Decision, Verb

Admin = Annotated[
    str, typer.Option("--connection", "-c", metavar="NAME", help="A connection of an admin of the Zoom account.")
]
App = Annotated[str, typer.Argument(metavar="APP", help="Its name, or its app ID at Zoom.")]
Users = Annotated[list[str] | None, typer.Option("--user", metavar="MAIL", help="Somebody; may be repeated.")]
Groups = Annotated[list[str] | None, typer.Option("--group", metavar="NAME", help="A group; may be repeated.")]
Waiting = Annotated[bool, typer.Option("--all", help="Everybody who waits for an answer now.")]
Everybody = Annotated[bool, typer.Option("--all", help="Everybody in the Zoom account.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant so.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]


def list_apps(*, connection: Admin, as_json: AsJson = False) -> None:
    """List the apps of the account, whether they are approved, and who asks for them and why."""
    from ...approvals import overview

    with load() as connector:
        apps = overview(connector.connection(connection))
    if as_json:
        print_json([asdict(app) for app in apps])
        return
    if not apps:
        say(words("Nobody asks for an app, and no app was added, made or decided about."))
        return
    rows = [
        (
            app.name,
            app.id,
            _state(app),
            words("an admin") if app.needs_admin else words("each user"),
        )
        for app in apps
    ]
    console().print(table([words("App"), words("App ID"), words("Approval"), words("Added by")], rows))
    waiting = [(each.email, app.name, each.asked, each.reason) for app in apps for each in app.requests]
    if waiting:
        heads = [words("Asked by"), words("App"), words("When"), words("Reason")]
        console().print(table(heads, waiting, title=words("Requests")))
    else:
        say(words("Nobody waits for an answer."))


def approve(
    app: App,
    *,
    connection: Admin,
    user: Users = None,
    everybody: Waiting = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Approve requests that users made for an app."""
    chosen = _Chosen(app, everybody, tuple(user or ()))
    _decide("approve", chosen, connection, _Manner(yes, dry_run, as_json))


def decline(
    app: App,
    *,
    connection: Admin,
    user: Users = None,
    everybody: Waiting = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Decline requests that users made for an app."""
    chosen = _Chosen(app, everybody, tuple(user or ()))
    _decide("decline", chosen, connection, _Manner(yes, dry_run, as_json))


def preapprove(
    app: App,
    *,
    connection: Admin,
    user: Users = None,
    group: Groups = None,
    everybody: Everybody = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Let users add an app without asking: everybody, users by mail address, groups by name."""
    chosen = _Chosen(app, everybody, tuple(user or ()), tuple(group or ()))
    _decide("preapprove", chosen, connection, _Manner(yes, dry_run, as_json))


def withdraw(
    app: App,
    *,
    connection: Admin,
    user: Users = None,
    group: Groups = None,
    everybody: Everybody = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take an approval back, from everybody, users or groups."""
    chosen = _Chosen(app, everybody, tuple(user or ()), tuple(group or ()))
    _decide("withdraw", chosen, connection, _Manner(yes, dry_run, as_json))


COMMANDS: dict[str, Callable[..., None]] = {
    "list": list_apps,
    "approve": approve,
    "decline": decline,
    "preapprove": preapprove,
    "withdraw": withdraw,
}


@dataclass(frozen=True)
class _Chosen:
    app: str
    everybody: bool
    emails: tuple[str, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Manner:
    yes: bool
    dry_run: bool
    as_json: bool


def _decide(verb: "Verb", chosen: _Chosen, connection: str, manner: _Manner) -> None:
    from ...approvals import carry_out, decide
    from ..approval_log import logged

    with load() as connector:
        admin = connector.connection(connection)
        decision = decide(
            admin, verb, chosen.app, everybody=chosen.everybody, emails=chosen.emails, groups=chosen.groups
        )
        if not manner.as_json or not (manner.yes or manner.dry_run):
            _show(decision)
        if not manner.dry_run:
            _confirm(yes=manner.yes)
            with logged(admin, decision):
                carry_out(admin, decision)
    if manner.as_json:
        print_json({**facts.decision(decision), "done": not manner.dry_run})
    elif manner.dry_run:
        say(words("Nothing was changed: this was a dry run."))
    else:
        done = {
            "approve": words("Done: approved."),
            "decline": words("Done: declined."),
            "preapprove": words("Done: pre-approved."),
            "withdraw": words("Done: withdrawn."),
        }
        say(done[verb], style="bold green")


def _state(app: "Approvable") -> str:
    state = {
        "everybody": words("approved for everybody"),
        "some": words("approved for chosen users or groups"),
        "withdrawn": words("approval withdrawn"),
        "not_approved": words("not approved"),
    }[app.state]
    return state if app.needs_approval else words("{state}; the account asks for no approval", state=state)


def _show(decision: "Decision") -> None:
    app = f"{decision.app.name} ({decision.app.id})"
    say(_headline(decision.verb, app), err=True, style="bold")
    if decision.everybody:
        say("  - " + words("everybody in the Zoom account, also those who join later"), err=True)
    for person in decision.people:
        reason = f': "{person.reason}"' if person.reason else ""
        say(f"  - {person.name} <{person.email}>{reason}", err=True)
    for group in decision.groups:
        named = words("the group {group} (members now: {members})", group=group.name, members=group.members)
        say(f"  - {named}", err=True)
    say(_consequence(decision.verb), err=True)
    if decision.everybody and decision.verb == "preapprove" and decision.app.state == "some":
        say(words("A choice of users and groups made before no longer counts."), err=True)
    if decision.narrows:
        narrows = words("The app is open to everybody so far. From then on only those who were chosen may add it.")
        say(narrows, err=True, style="bold red")


def _headline(verb: "Verb", app: str) -> str:
    return {
        "approve": words("Approve the requests for {app} of:", app=app),
        "decline": words("Decline the requests for {app} of:", app=app),
        "preapprove": words("Let these users add {app} without asking:", app=app),
        "withdraw": words("Take {app} away from:", app=app),
    }[verb]


def _consequence(verb: "Verb") -> str:
    may_add = words("They may add the app themselves from then on. Nothing is added for them.")
    return {
        "approve": may_add,
        "decline": words("They may not add the app."),
        "preapprove": may_add,
        "withdraw": words(
            "For those who use the app already it may stop working until it is approved again; "
            "then they have to sign in once more."
        ),
    }[verb]


def _confirm(*, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        refuse(words("Nothing was changed. If it is meant so, give the command again with --yes."))
    if not typer.confirm(words("Is it meant so?"), err=True):
        say(words("Nothing was changed."), err=True)
        raise typer.Exit(2)
