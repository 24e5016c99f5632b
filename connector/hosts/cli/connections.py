"""Commands about connections that exist: list them, try one, rename one, end one."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import AsJson, console, print_json, say, table

if TYPE_CHECKING:
    from ...connection import Connection

Name = Annotated[str, typer.Argument(help="What the connection is called, such as sales.")]


def connections(as_json: AsJson = False) -> None:
    """List the connections and whether they work."""
    from ...plugin import load

    with load() as connector:
        found = connector.connections()
    if as_json:
        print_json([facts(connection) for connection in found])
    elif found:
        rows = [(each.name, each.user, each.state, f"{each.since.astimezone():%Y-%m-%d %H:%M}") for each in found]
        console().print(table(["Connection", "Zoom user", "State", "Signed in"], rows))
    else:
        say("There are no connections yet. Make one with: zoom-connector connect NAME")


def try_out(name: Name, as_json: AsJson = False) -> None:
    """Ask Zoom who a connection belongs to, and whether it lacks a scope."""
    from ...plugin import load

    with load() as connector:
        tested = connector.connection(name).test()
    if as_json:
        print_json(
            {
                "name": tested.connection,
                "user": tested.person.email,
                "account": tested.person.account_id,
                "scopes": sorted(tested.scopes),
                "missing_scopes": list(tested.missing_scopes),
                "asked_zoom": tested.asked,
            }
        )
        return
    if tested.asked:
        say(f"{name} works: Zoom answers as {tested.person.email} ({tested.person.name}).")
    else:
        say(f"{name} stands for {tested.person.email}, and nothing is known against it.")
        say("Zoom was not asked: the access token has ended, and a test renews none.")
        say(f"To try it out: zoom-connector show {name}")
    say_missing(tested.missing_scopes)


def rename(
    old: Name,
    new: Annotated[str, typer.Argument(help="What it is to be called.")],
    as_json: AsJson = False,
) -> None:
    """Give a connection another name."""
    from ...plugin import load

    with load() as connector:
        renamed = connector.connection(old).rename(new)
    if as_json:
        print_json(facts(renamed))
    else:
        say(f"{old} is called {new} now.")


def disconnect(
    name: Name,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Forget it even when Zoom gives no answer to ending the access.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Forget a connection. The last one of a Zoom user also ends the app's access at Zoom."""
    from ...plugin import load

    with load() as connector:
        gone = connector.connection(name).disconnect(anyway=anyway)
    if as_json:
        outcome = {"revoked": gone.revoked, "unreached": gone.unreached}
        print_json({"name": gone.connection, "still_connected": list(gone.others), **outcome})
        return
    say(f"{name} is disconnected.")
    if gone.others:
        say(f"The same sign-in goes on working for {', '.join(gone.others)}.")
    elif gone.revoked:
        say("The app's access was ended at Zoom as well.")
    elif gone.unreached:
        say("Zoom gave no answer, so the app may still have access there: remove it at marketplace.zoom.us,")
        say("under Manage, Added Apps.")


def facts(connection: "Connection") -> dict[str, Any]:
    """Return what a connection is, as JSON."""
    return {
        "name": connection.name,
        "user": connection.user,
        "account": connection.account,
        "state": connection.state,
        "scopes": sorted(connection.scopes),
        "since": connection.since.isoformat(),
    }


def say_missing(scopes: tuple[str, ...]) -> None:
    """Say which required scopes a connection lacks, if any, and who adds them and where."""
    if scopes:
        say(f"It lacks {', '.join(scopes)}. Actions that need it will not run.", style="bold red")
        say(
            "Should they? Then whoever made the Zoom app adds it at marketplace.zoom.us, under Manage, in the app's "
            "Scopes. Connect again after that, and leave it ticked on Zoom's page."
        )
