"""A named way into one Zoom user's account."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from .types import Inputs, Outputs
from .zoom.progress import Progress, silent
from .zoom.stopping import Never, Stop

if TYPE_CHECKING:
    from .events.arranging import Arrangement
    from .events.sinks import Receiver
    from .lookups import Choices
    from .oauth.connections import Disconnected, Tested
    from .plugin import Connector
    from .portrait import Portrait
    from .store import Connection as Record
    from .store import GrantState
    from .store.feed import Subscription

_NOBODY = Never()


@dataclass(frozen=True)
class Connection:
    """What `Connector.connection` returns; threads may share it."""

    connector: "Connector"
    record: "Record"

    @property
    def name(self) -> str:
        """The name a person chose."""
        return self.record.name

    @property
    def state(self) -> "GrantState":
        """Whether it works, as far as was known when it was read."""
        return self.record.grant.state

    @property
    def user(self) -> str:
        """The mail address of the Zoom user, or the user id where Zoom gave no address."""
        return self.record.grant.person.email or self.record.grant.person.user_id

    @property
    def account(self) -> str:
        """The id of the Zoom account."""
        return self.record.grant.person.account_id

    @property
    def scopes(self) -> frozenset[str]:
        """What the user allowed, in Zoom's names."""
        return self.record.grant.tokens.scopes

    @property
    def since(self) -> datetime:
        """When the user signed in last."""
        return self.record.grant.since

    def run(
        self,
        key: str,
        inputs: Inputs,
        *,
        idempotency_key: str | None = None,
        reveal: Collection[str] = (),
        progress: Progress = silent,
        stop: Stop = _NOBODY,
    ) -> Outputs:
        """Run an action and return its outputs.

        Args:
            key: of the action, such as `create_meeting`.
            inputs: as the action's `inputs` describe them.
            idempotency_key: the same key gives the stored outputs of the first run instead of a second one.
            reveal: names of secret outputs to hand out as they are; the others are masked.
            progress: told about long work.
            stop: looked at during long work, such as a `threading.Event` that another thread sets.

        Raises:
            InvalidInputs: the action is unknown or filled in wrongly; nothing was sent.
            MissingScopes: the connection may not do this.
            ReconnectRequired: the connection is dead; its owner signs in again.
            RunStopped: `stop` was set; what was done until then stays done.
            ZoomError: Zoom refused, or gave no clear answer.
        """
        return self.connector.engine.run(
            self.connector.action(key),
            inputs,
            connection=self.name,
            idempotency_key=idempotency_key,
            reveal=reveal,
            progress=progress,
            stop=stop,
            errors=self.connector.catalogue.errors,
        )

    def choices(self, key: str, field: str, given: Mapping[str, str] | None = None, *, search: str = "") -> "Choices":
        """Ask Zoom what a field with a `lookup` may be filled in with; a value that is not listed may be typed.

        Args:
            key: of the action or trigger.
            field: its name in `inputs` or `filters`; `tracking_fields.value` is a field in rows.
            given: other fields as they are filled in so far, of the same row too; those that the lookup depends on are
                passed on.
            search: only what has this in its label.

        Raises:
            InvalidInputs: `unknown_lookup`; or a field that the lookup depends on is missing.
            ZoomConnectorError: as `run` does.
        """
        from .lookups import choices

        found = self.connector.triggers.get(key) or self.connector.action(key)
        return choices(self, found, field, given or {}, search=search)

    def subscribe(
        self,
        trigger: str,
        filters: Inputs | None = None,
        *,
        to: "str | Receiver",
        ordered: bool = False,
        reveal: Collection[str] = (),
        safety_net: bool = False,
        since: datetime | None = None,
    ) -> "Subscription":
        """Have events brought somewhere from now on, and return the subscription with its secret, shown only now.

        Args:
            trigger: its key, such as `meeting_ended`.
            filters: as the trigger's `filters` describe them; without, every event of the connection's user.
            to: an https address; or a callable that `connector.feed.register` was given, or its name.
            ordered: bring nothing before what happened earlier has arrived.
            reveal: names of secret outputs to bring as they are; the others are masked.
            safety_net: ask Zoom regularly as well, in case its message got lost.
            since: where asking Zoom begins; now when left out.

        Raises:
            InvalidInputs: the trigger is unknown, the filters do not fit, or nothing may be sent there.
            MissingScopes: Zoom does not tell this connection of such things, or not who has an address in `filters`.
            ZoomError: Zoom knows nobody by an address in `filters`.
        """
        from .events.wishes import Wish

        wish = Wish(trigger, filters or {}, ordered=ordered, reveal=reveal, safety_net=safety_net, since=since)
        return self.connector.feed.subscribe(self.record, wish, to)

    def arrange_events(self, trigger: str, filters: Inputs | None = None) -> "Arrangement":
        """Have Zoom send what fires a trigger, through its API; where that may not be, say what to enter by hand.

        Args:
            trigger: its key.
            filters: those of the subscription; they matter where a trigger fires for whatever events are named.

        Raises:
            InvalidInputs: `unknown_trigger`.
        """
        return self.connector.engine.arrange(self.record, trigger, filters or {})

    def test(self) -> "Tested":
        """Ask Zoom who is signed in, as long as the access token lives; never spends a refresh token.

        Raises:
            ReconnectRequired: the connection is dead; its owner signs in again.
            ZoomError: Zoom refused, or gave no answer.
        """
        return self.connector.engine.connections.test(self.name)

    def show(self) -> "Portrait":
        """Ask Zoom about the user: name, licence, and the meetings that come next.

        Raises:
            ReconnectRequired: the connection is dead; its owner signs in again.
            ZoomError: Zoom refused, or gave no answer.
        """
        return self.connector.engine.show(self.name)

    def rename(self, name: str) -> "Connection":
        """Give this connection another name and return it; idempotency keys used so far go on counting.

        Raises:
            InvalidInputs: the name cannot be one, or is in use.
        """
        self.connector.engine.connections.rename(self.name, name)
        return self.connector.connection(name)

    def disconnect(self, *, anyway: bool = False) -> "Disconnected":
        """Forget this connection; the last one of a grant also ends the grant at Zoom.

        Args:
            anyway: forget it even where Zoom gives no answer, so that the grant may live on there.

        Raises:
            ZoomUnavailable: Zoom gave no answer; nothing was deleted.
        """
        return self.connector.engine.connections.disconnect(self.name, anyway=anyway)
