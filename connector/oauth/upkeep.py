"""Keep grants alive that nobody uses: Zoom forgets a refresh token after 90 days."""

from datetime import timedelta

from ..clock import Clock
from ..errors import ZoomConnectorError
from ..store import Store
from .connections import Connections

_IDLE = timedelta(days=60)
"""Leaves a host that runs once a month two more chances."""
_EVERY = timedelta(days=1)


class Upkeep:
    """Renews idle grants, whichever host is running; threads may share it."""

    def __init__(self, store: Store, connections: Connections, clock: Clock) -> None:
        self._store = store
        self._connections = connections
        self._clock = clock
        self._next = clock.now()

    def look(self) -> None:
        """Renew every grant that has been idle for two months, once a day over all processes; never fails."""
        now = self._clock.now()
        if now < self._next:
            return
        self._next = now + _EVERY
        try:
            idle = self._store.grants.idle(now - _IDLE)
            if idle and self._store.grants.may_look_after(_EVERY):
                self._renew(idle)
        except ZoomConnectorError:
            # The run that this comes before meets the same failure, if it lasts.
            return

    def _renew(self, names: list[str]) -> None:
        for name in names:
            try:
                self._connections.access(name).token()
            except ZoomConnectorError as error:
                # A grant that is over has its state now. When Zoom is away, the others would only wait for it too.
                if error.retryable:
                    return
