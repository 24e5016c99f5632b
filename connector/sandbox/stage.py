"""What a test lets happen in the local Zoom, with everything that follows from it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from . import events
from .approvals import withdraw_from_all
from .attendance import Attendance, Visit, attend
from .deliveries import Delivery, Endpoint
from .event_samples import event_samples, happened
from .meeting import Instance, Meeting
from .people import Account, App, User
from .recordings import KINDS, VIDEO_SIZE, Recording
from .seed import ACCOUNT_ID, CLIENT_ID, HOST, hold
from .tokens import Ended
from .world import World


class Stage:
    """The handles on everything that is in a local Zoom."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def account(self) -> Account:
        """The account that is here from the start."""
        return self._world.people.accounts[ACCOUNT_ID]

    def app(self, client_id: str) -> App:
        """Return an app, which may be changed."""
        return self._world.people.apps[client_id]

    def user(self, reference: str) -> User:
        """Return a user by id or e-mail address, who may be changed."""
        user = self._world.people.user(reference)
        if user is None:
            raise KeyError(reference)
        return user

    def add_account(self, account: Account) -> Account:
        """Let there be another customer."""
        with self._world.lock:
            return self._world.people.add_account(account)

    def add_user(self, user: User) -> User:
        """Let there be another user."""
        with self._world.lock:
            added = self._world.people.add_user(user)
            events.user_created(self._world, added, None)
            return added

    def add_app(self, app: App) -> App:
        """Let there be another app."""
        with self._world.lock:
            return self._world.people.add_app(app)

    def start_meeting(self, meeting_id: int | str) -> Instance:
        """Let the host start a meeting."""
        with self._world.lock:
            meeting = self._world.meetings.find(str(meeting_id))
            instance = self._world.meetings.start(meeting)
            events.meeting_started(self._world, meeting, instance)
            return instance

    def join_meeting(self, meeting_id: int | str, name: str, email: str = "") -> Attendance:
        """Let somebody come into a meeting that has started, by the address of a user or as somebody from outside."""
        with self._world.lock:
            meeting = self._world.meetings.find(str(meeting_id))
            instance, visitor = meeting.instances[-1], self._world.people.user(email)
            attend(instance.present, self._world.clock.now(), None, [(Visit(name, email), visitor)])
            events.participant_joined(self._world, meeting, instance, instance.present[-1])
            return instance.present[-1]

    def leave_meeting(self, meeting_id: int | str, attendance: Attendance) -> None:
        """Let somebody leave before the end."""
        with self._world.lock:
            meeting = self._world.meetings.find(str(meeting_id))
            attendance.leave = self._world.clock.now()
            events.participant_left(self._world, meeting, meeting.instances[-1], attendance)

    def end_meeting(self, meeting_id: int | str) -> Instance:
        """Let the host end a meeting."""
        with self._world.lock:
            meeting = self._world.meetings.find(str(meeting_id))
            last = meeting.there
            instance = self._world.meetings.end(meeting)
            events.meeting_ended(self._world, meeting, instance, last)
            return instance

    def hold_meeting(
        self,
        topic: str = "Held",
        *,
        host: str = HOST,
        days_ago: float = 1,
        minutes: int = 30,
        guests: Iterable[Visit] = (),
        again: Meeting | None = None,
    ) -> Instance:
        """Let a meeting have been held, or one that is here already `again`; its host was there all the time."""
        with self._world.lock:
            start = (self._world.clock.now() - timedelta(days=days_ago)).replace(microsecond=0)
            meetings, uuid = self._world.meetings, self._world.meetings.new_uuid()
            meeting = again or meetings.add_held(self.user(host), topic, start, uuid, minutes)
            instance = Instance(uuid, start, start + timedelta(minutes=minutes))
            return meetings.hold(meeting, instance, guests, self._world.people)

    def add_recording(
        self,
        topic: str = "Recorded",
        *,
        host: str = HOST,
        days_ago: float = 1,
        uuid: str | None = None,
        size: int = VIDEO_SIZE,
        kinds: Collection[str] = KINDS,
        processing: bool = False,
    ) -> Recording:
        """Let a meeting have been held and recorded, with a file of each kind and a video of `size` bytes.

        With `processing`, Zoom is still working on it until `finish_recording`, or until `recording.processing` is set
        to False, of which nobody is told.
        """
        with self._world.lock:
            uuid = uuid or self._world.meetings.new_uuid()
            recording = hold(self._world, self.user(host), topic, days_ago=days_ago, uuid=uuid, size=size, kinds=kinds)
            recording.processing = processing
            if not processing:
                events.recording_completed(self._world, recording)
            return recording

    def record_meeting(self, meeting_id: int | str, *, size: int = VIDEO_SIZE) -> Recording:
        """Let the last session of a meeting have been recorded, with a video of `size` bytes."""
        with self._world.lock:
            meeting = self._world.meetings.find(str(meeting_id))
            session = meeting.instances[-1]
            recording = self._world.recordings.add(
                meeting.host,
                uuid=session.uuid,
                meeting_id=meeting.id,
                topic=meeting.topic,
                start=session.start,
                size=size,
                kinds=KINDS,
            )
            events.recording_completed(self._world, recording)
            return recording

    def finish_recording(self, recording: Recording) -> None:
        """Let Zoom be done with a recording."""
        with self._world.lock:
            recording.processing = False
            events.recording_completed(self._world, recording)

    def webhook(
        self,
        url: str,
        client_id: str = CLIENT_ID,
        secret: str | None = None,
        *,
        only: Collection[str] | None = None,
        added_only: bool = False,
        challenged: bool = True,
    ) -> Endpoint:
        """Let an app be told what happens, as if its developer had entered it; wait for the challenge.

        Args:
            url: where.
            client_id: the app.
            secret: what everything is signed with; the app's secret token when left out.
            only: names of the events; all of them when left out.
            added_only: whether only events about users who added the app are sent, instead of the whole account's.
            challenged: False for an app in development, which gets events without having passed a challenge.
        """
        app, hooks = self.app(client_id), self._world.webhooks
        token = secret or app.webhook_secret
        endpoint = hooks.add(app, url, token, events=only, added_only=added_only, challenged=challenged)
        hooks.settle()
        return endpoint

    def emit(self, event: str, *, user: str = HOST) -> Sequence[Delivery]:
        """Let something happen that the local Zoom does not play, with the details of a sample.

        Args:
            event: Zoom's name of it.
            user: whose meeting it is, or whom it is about.

        Raises:
            KeyError: there is no such event.
        """
        sample, now = event_samples()[event], self._world.clock.now()
        with self._world.lock:
            who = self.user(user)
            body = happened(sample, now, account_id=who.account.id, user_id=who.id, client_id=CLIENT_ID)
            return events.tell_all(self._world, body, who.account, who)

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until every event was sent that is due by the clock; move the clock for what is to be tried again.

        Raises:
            TimeoutError: it takes longer than this many seconds.
        """
        self._world.webhooks.settle(timeout)

    def remove_app(self, client_id: str, user: str) -> None:
        """Let a user remove an app: its tokens are unknown from now on, and the app is told."""
        self._end(client_id, user, Ended.REMOVED)
        with self._world.lock:
            events.app_removed(self._world, self.app(client_id), self.user(user))

    def revoke(self, client_id: str, user: str) -> None:
        """End a user's grant as a sign-in elsewhere does."""
        self._end(client_id, user, Ended.REVOKED)

    def withdraw_approval(self, client_id: str) -> None:
        """Let an admin switch an app off for the account: its grants end and nobody may authorize it."""
        with self._world.lock:
            self.account.approval_needed = True
            app = self.app(client_id)
            admin = next(user for user in self._world.people.users.values() if user.is_admin)
            withdraw_from_all(self.account, app, admin, self._world.clock.now())
            self._world.tokens.end_what_is_not_allowed(app, self.account)

    def _end(self, client_id: str, user: str, why: Ended) -> None:
        with self._world.lock:
            self._world.tokens.end(self.app(client_id), self.user(user), why)
