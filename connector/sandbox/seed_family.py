"""What the account has from the start besides users, apps and recordings; all of it made up."""

from datetime import timedelta

from .attendance import AskedQuestion, PollAnswer, Visit
from .meeting import Instance, Meeting
from .meeting_fields import DEFAULT_SETTINGS
from .people import Account, User
from .summaries import Summary
from .templates import Template
from .world import World

REVIEWERS = (
    Visit("Sandbox Colleague", "colleague@example.com", joined=2, left=12),
    Visit("Sandbox Colleague", "colleague@example.com", joined=15),
    Visit("Gina Guest", "gina@example.org", left=3, waiting=True),
    Visit("Gina Guest", "gina@example.org", joined=3, left=28),
)
"""Who came to the weekly review: one who left and came back, one from outside who had to wait first."""

_TEAM = "How does the team feel?"
_POLL = {
    "title": "Mood",
    "questions": [{"name": _TEAM, "type": "single", "answers": ["Well", "So so"]}],
}


def furnish(world: World, account: Account, host: User) -> None:
    """Fill the account; its first meeting is the weekly review."""
    account.managed_domains = ["example.com"]
    account.trusted_domains = ["example.org"]
    account.groups.add("Sales").members = [host.id]
    account.tracking_fields.add(
        {"field": "Department", "required": True, "recommended_values": ["Sales", "Support", "Engineering"]}
    )
    account.tracking_fields.add({"field": "Cost centre", "recommended_values": ["1000", "2000"]})
    host.templates = [
        Template("sandboxTemplate0000001", "Team meeting", {**DEFAULT_SETTINGS, "waiting_room": True}),
    ]
    meeting = next(iter(world.meetings))
    _review(meeting, meeting.instances[0])


def _review(meeting: Meeting, instance: Instance) -> None:
    poll = meeting.polls.add(meeting.id, [_POLL])[0]
    poll.status = "ended"
    later = instance.start + timedelta(minutes=20)
    instance.answers = [
        PollAnswer("Sandbox Colleague", "colleague@example.com", poll.id, _TEAM, "Well", later),
        PollAnswer("Gina Guest", "", poll.id, _TEAM, "So so", later),
    ]
    instance.questions = [
        AskedQuestion("Gina Guest", "", "When do we meet again?", "In a week.", later, meeting.host),
    ]
    instance.summary = Summary(
        created=instance.start + timedelta(minutes=35),
        overview="The team reviewed the week.",
        details={"Sales": "Two orders came in.", "Support": "All tickets are answered."},
        next_steps=["Colleague sends the figures."],
    )
