"""Commands about connections that exist: list them, try one, rename one, end one."""

from typing import TYPE_CHECKING, Annotated

import typer

from .. import facts
from .caller import load, words
from .output import AsJson, console, print_json, say, table

if TYPE_CHECKING:
    from ...connection import Connection

Name = Annotated[str, typer.Argument(help="What the connection is called, such as sales.")]


def connections(as_json: AsJson = False) -> None:
    """List the connections and whether they work."""
    with load() as connector:
        found = connector.connections()
    if as_json:
        print_json([facts.connection(connection) for connection in found])
    elif found:
        rows = [(each.name, each.user, state_of(each), f"{each.since.astimezone():%Y-%m-%d %H:%M}") for each in found]
        heads = [words("Connection"), words("Zoom user"), words("State"), words("Signed in")]
        console().print(table(heads, rows))
    else:
        say(words("There are no connections yet. Make one with: zoom-connector connect NAME"))


def try_out(name: Name, as_json: AsJson = False) -> None:
    """Ask Zoom who a connection belongs to, and whether it lacks a scope."""
    with load() as connector:
        tested = connector.connection(name).test()
    if as_json:
        print_json(facts.tested(tested))
        return
    person = {"connection": name, "email": tested.person.email, "name": tested.person.name}
    if tested.asked:
        say(words("{connection} works: Zoom answers as {email}[ ({name})].", **person))
    else:
        say(words("{connection} stands for {email}, and nothing is known against it.", **person))
        say(words("Zoom was not asked: the access token has ended, and a test renews none."))
        say(words("To try it out: zoom-connector show {connection}", **person))
    say_missing(tested.missing_scopes)


def rename(
    old: Name,
    new: Annotated[str, typer.Argument(help="What it is to be called.")],
    as_json: AsJson = False,
) -> None:
    """Give a connection another name."""
    with load() as connector:
        renamed = connector.connection(old).rename(new)
    if as_json:
        print_json(facts.connection(renamed))
    else:
        say(words("{old} is called {new} now.", old=old, new=new))


def disconnect(
    name: Name,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Forget it even when Zoom gives no answer to ending the access.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Forget a connection. The last one of a Zoom user also ends the app's access at Zoom."""
    with load() as connector:
        gone = connector.connection(name).disconnect(anyway=anyway)
    if as_json:
        print_json(facts.disconnected(gone))
        return
    say(words("{connection} is disconnected.", connection=name))
    if gone.others:
        say(words("The same sign-in goes on working for {connections}.", connections=gone.others))
    elif gone.revoked:
        say(words("The app's access was ended at Zoom as well."))
    elif gone.unreached:
        say(
            words(
                "Zoom gave no answer, so the app may still have access there: remove it at marketplace.zoom.us, under "
                "Manage, Added Apps."
            )
        )


def state_of(connection: "Connection") -> str:
    """Say in a word whether a connection works; one that does not has the code of the failure, to be explained."""
    return words("active") if connection.state == "active" else connection.state


def say_missing(scopes: tuple[str, ...]) -> None:
    """Say which required scopes a connection lacks, if any, and who adds them and where."""
    if scopes:
        say(words("It lacks {scopes}. Actions that need it will not run.", scopes=scopes), style="bold red")
        say(
            words(
                "Should they? Then whoever made the Zoom app adds it at marketplace.zoom.us, under Manage, in the "
                "app's Scopes. Connect again after that, and leave it ticked on Zoom's page."
            )
        )
