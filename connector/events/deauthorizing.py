"""A user has removed the app at Zoom: what is kept about them here goes as well.

https://developers.zoom.us/docs/integrations/oauth/#deauthorization
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ..store.feed import Event
from ..store.protocol import Store
from ..store.values import AppKind

NAME = "app_deauthorized"

_SKEW = timedelta(seconds=30)
"""How far Zoom's clock may be behind ours."""


def forget(store: Store, event: Event) -> bool:
    """Delete the user's grant of the app with all that hangs on it; Zoom has ended it already.

    A user who has signed in again since then keeps everything: Zoom may bring its message an hour late.

    Args:
        store: where the grant is.
        event: a verified `app_deauthorized`.

    Returns:
        Whether anybody is left who may be told.
    """
    if _map(event.body.get("payload")).get("client_id") != event.app:
        return True
    over = [
        grant.id
        for grant in store.removals.grants_of(event.user_id)
        if grant.app.client_id == event.app
        and (grant.person.account_id, grant.person.user_id) == (event.account_id, event.user_id)
        and grant.since <= event.happened_at + _SKEW
    ]
    if over:
        store.removals.remove(over)
    return any(
        one.grant.app.client_id == event.app
        and one.grant.person.account_id == event.account_id
        and one.grant.app.kind is not AppKind.USER
        for one in store.connections.all()
    )


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
