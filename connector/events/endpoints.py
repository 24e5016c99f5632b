"""Where Zoom sends the events of each app, and the secrets that it may sign them with."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ..app_manifest import reachable
from ..clock import Clock
from ..errors import InvalidInputs
from ..settings import Settings
from ..store.feed_protocol import Webhooks

_HERE = ("http://127.0.0.1:", "http://localhost:")
_KEPT = timedelta(seconds=5)
"""A new secret holds after this long at the latest; no flood of forged requests can ask the database more often."""


class Secrets:
    """What the store has, looked at again every few seconds; for one thread.

    The secrets of the platform's own app come from the settings, and are put into the store for everybody else.
    """

    def __init__(self, webhooks: Webhooks, settings: Settings, clock: Clock) -> None:
        self._webhooks = webhooks
        self._clock = clock
        self._known: dict[str, Sequence[str]] = {}
        self._until: datetime = clock.now()
        own = webhooks.get(settings.client_id) if settings.client_id else None
        if settings.client_id and settings.webhook_secrets and (own is None or own.secrets != settings.webhook_secrets):
            webhooks.put(settings.client_id, settings.webhook_secrets)

    def of(self, app: str) -> Sequence[str]:
        """Return the secrets of an app, by client id; none for an app that nobody knows."""
        now = self._clock.now()
        if now >= self._until:
            self._known = {webhook.app: webhook.secrets for webhook in self._webhooks.all()}
            self._until = now + _KEPT
        return self._known.get(app, ())


def address_of(settings: Settings, app: str) -> str:
    """Return where Zoom sends the events of an app, by client id; empty where nothing says how Zoom reaches it."""
    return f"{settings.public_url}/webhooks/zoom/{app}" if settings.public_url else ""


def reached(settings: Settings, address: str) -> bool:
    """Say whether Zoom can send events to an address; a local Zoom sends them to this machine."""
    return reachable(address) or all((url or "").startswith(_HERE) for url in (settings.api_url, address))


def secret_known(webhooks: Webhooks, settings: Settings, app: str) -> bool:
    """Say whether there is a secret that the events of an app can be checked with."""
    if app == settings.client_id and settings.webhook_secrets:
        return True
    known = webhooks.get(app)
    return known is not None and bool(known.secrets)


def remember_secret(webhooks: Webhooks, settings: Settings, app: str, secret: str, *, only: bool = False) -> int:
    """Take over a secret token of an app, and return with how many secrets its events may be signed now.

    Args:
        webhooks: where it is kept.
        settings: where the secrets of the platform's own app are.
        app: client id.
        secret: as Zoom's page shows it.
        only: forget the older ones, which otherwise hold as long as Zoom may still use them.

    Raises:
        InvalidInputs: `webhook_secret_invalid`, or `webhook_secret_set`: the settings say what it is.
    """
    if app == settings.client_id and settings.webhook_secrets:
        raise InvalidInputs("webhook_secret_set", app=app)
    if not secret or not secret.isascii() or any(letter.isspace() or letter == "," for letter in secret):
        raise InvalidInputs("webhook_secret_invalid")
    known = webhooks.get(app)
    older = () if known is None or only else tuple(one for one in known.secrets if one != secret)
    webhooks.put(app, (secret, *older))
    return 1 + len(older)
