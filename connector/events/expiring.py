"""Delete what is not needed any more."""

from datetime import datetime, timedelta

from ..store.protocol import Store

_UNHEARD = timedelta(hours=1)
"""How long events wait for somebody who listened in a process that was killed."""


def expire(store: Store, now: datetime, retention: timedelta) -> None:
    """Delete what events say after their retention, and subscriptions of listeners that are gone.

    Args:
        store: where they are.
        now: with its zone.
        retention: how long it is kept what events say.
    """
    store.events.expire(now - retention)
    listening = {one.id for one in store.subscriptions.all() if one.sink.kind == "lines"}
    for backlog in store.deliveries.backlog():
        if backlog.subscription in listening and backlog.oldest and backlog.oldest < now - _UNHEARD:
            store.subscriptions.delete(backlog.subscription)
