"""`sandbox emit`: send an example of an event to an endpoint, signed as Zoom signs."""

import difflib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from .caller import words
from .output import print_json, refuse, say

if TYPE_CHECKING:
    from collections.abc import Mapping

_SERVED = "http://127.0.0.1:8978/webhooks/zoom"
_AGAIN = 4
_SERVER_ERROR = 500


def emit(
    event: str, *, to: str | None, secret: str | None, account: str | None, user: str | None, as_json: bool
) -> None:
    """Send a sample once, as if it had happened just now to a user of the local Zoom.

    Args:
        event: Zoom's name of it.
        to: the endpoint; that of `serve` on this machine when left out.
        secret: the app's secret token; that of the settings, else the local Zoom's when left out.
        account: id of another account.
        user: id of another user.
        as_json: print nothing but JSON.

    Raises:
        SettingsError: a setting is wrong.
    """
    from ...sandbox import seed
    from ...sandbox.deliveries import TAKEN, post
    from ...sandbox.event_samples import event_samples, happened
    from ...sandbox.signing import headers, written
    from ...settings import Settings

    samples = event_samples()
    if event not in samples:
        refuse(_unknown(event, samples))
    settings, now = Settings.load(), datetime.now(UTC)
    client_id = settings.client_id or seed.CLIENT_ID
    address = to or f"{_SERVED}/{client_id}"
    if not address.startswith(("http://", "https://")):
        refuse(words("Write the whole address, with http:// or https:// before it."))
    known = (secret, *settings.webhook_secrets, seed.WEBHOOK_SECRET)
    ids = {"account_id": account or seed.ACCOUNT_ID, "user_id": user or seed.HOST_ID, "client_id": client_id}
    raw = written(happened(samples[event], now, **ids))
    status, _ = post(address, raw, headers(raw, next(each for each in known if each), now))
    if as_json:
        print_json({"event": event, "to": address, "status": status})
    else:
        answer = words("nobody answered") if status is None else status
        say(words("{event} was sent to {address}: {answer}.", event=event, address=address, answer=answer))
    if status not in TAKEN:
        raise typer.Exit(_AGAIN if status is None or status >= _SERVER_ERROR else 1)


def _unknown(event: str, samples: "Mapping[str, object]") -> str:
    near = difflib.get_close_matches(event, samples, n=3)
    meant = f" {words('or')} ".join(near)
    return words(
        "Zoom has no event {event}.[ Did you mean {meant}?] `zoom-connector triggers` lists what there is.",
        event=event,
        meant=meant,
    )
