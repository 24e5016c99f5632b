"""Commands about what happened at Zoom and who is told: `subscriptions`, `events`, `replay`."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import facts
from .caller import load, words
from .feed_health import Doctor
from .output import AsJson, console, print_json, refuse, say, show_line, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...store.feed import Backlog, Subscription


def moment(text: str) -> datetime:
    """Read a moment; one without an offset is this computer's time."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise typer.BadParameter(words("write a time such as 2030-01-07T09:00")) from None


Since = Annotated[
    datetime | None,
    typer.Option(parser=moment, metavar="TIME", help="Received at that time or later, 2030-01-07T09:00."),
]
Until = Annotated[datetime | None, typer.Option(parser=moment, metavar="TIME", help="Received before that time.")]


class Task(StrEnum):
    """What can be done with a subscription."""

    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"


def subscriptions(
    task: Annotated[Task | None, typer.Argument(help="What to do with one; else they are listed.")] = None,
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Of the subscription.")] = None,
    as_json: AsJson = False,
) -> None:
    """List who is told of events and how that goes, or pause, resume or delete one."""
    if task is not None and id is None:
        refuse(words("Write which one: zoom-connector subscriptions {task} ID", task=task))
    with load() as connector:
        feed = connector.feed
        if task is not None and id is not None:
            {Task.PAUSE: feed.pause, Task.RESUME: feed.resume, Task.DELETE: feed.delete}[task](id)
            if as_json:
                print_json({"id": id, "done": task.value})
            else:
                say(_done(task, id))
            return
        found, standing = feed.subscriptions(), {one.subscription: one for one in feed.backlog()}
        doctor = Doctor(connector, found)
    if as_json:
        print_json([{**facts.subscription(one), **_standing(standing[one.id]), **doctor.facts(one)} for one in found])
    elif found:
        _print(found, standing)
        for one in found:
            say(f"{one.id}: {' '.join(doctor.sentences(one, standing[one.id]))}")
    else:
        say(words("There are no subscriptions yet. Make one with: zoom-connector subscribe TRIGGER -c NAME --to URL"))


def events(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Zoom's name, such as meeting.ended.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, the latest first.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what happened at Zoom, the latest first."""
    with load() as connector:
        found = connector.feed.events(name=name, since=since, until=until, limit=limit)
    if as_json:
        print_json([facts.event(one) for one in found])
    elif found:
        rows = [(one.id, f"{one.received_at.astimezone():%Y-%m-%d %H:%M:%S}", one.name, one.source) for one in found]
        heads = [words("Event"), words("Received"), words("What happened"), words("How it came")]
        console().print(table(heads, rows))
    else:
        say(words("No event was received yet, or none like that."))


def replay(
    subscription: Annotated[str, typer.Argument(help="Who is to have events again.")],
    event: Annotated[str | None, typer.Argument(metavar="[EVENT]", help="Only this one.")] = None,
    *,
    since: Since = None,
    until: Until = None,
    dead: Annotated[bool, typer.Option("--dead", help="Only what was given up.")] = False,
    as_json: AsJson = False,
) -> None:
    """Deliver events once more that a subscription had, one or those of a time."""
    from ...store.feed import Again

    which = Again(event, since, until, dead)
    if which == Again():
        refuse(words("Write which events: one by its id, or those of a time with --since and --until, or --dead."))
    with load() as connector:
        replayed = connector.feed.replay(subscription, which)
    if as_json:
        print_json({"subscription": subscription, "replayed": replayed})
    else:
        none = words("It had no such events, or they still wait.")
        say(words("{count} will be delivered again.", count=replayed) if replayed else none)


def _done(task: Task, id: str) -> str:
    return {
        Task.PAUSE: words("{id} is paused. What happens meanwhile waits.", id=id),
        Task.RESUME: words("{id} goes on where it was.", id=id),
        Task.DELETE: words("{id} is deleted.", id=id),
    }[task]


def _standing(backlog: "Backlog") -> dict[str, Any]:
    return {
        "waiting": backlog.waiting,
        "failing": backlog.failing,
        "dead": backlog.dead,
        "oldest": backlog.oldest.isoformat() if backlog.oldest else None,
        "last_delivered_at": backlog.last_delivered_at.isoformat() if backlog.last_delivered_at else None,
        "failure": backlog.failure or None,
        "poll_failure": backlog.poll_failure or None,
    }


def _print(subscriptions: "Sequence[Subscription]", standing: "Mapping[str, Backlog]") -> None:
    rows = [
        (
            one.id,
            one.trigger,
            one.connection,
            words("paused") if one.paused else words("on"),
            str(standing[one.id].waiting),
            str(standing[one.id].dead),
        )
        for one in subscriptions
    ]
    heads = (words("Subscription"), words("Trigger"), words("Connection"), words("State"), words("Waiting"))
    console().print(table([*heads, words("Dead")], rows))
    for failure in sorted({backlog.failure for backlog in standing.values() if backlog.failure}):
        say(words("Some events do not arrive ({code}). What that means, and what to do:", code=failure))
        show_line(f"zoom-connector explain {failure}")
