"""Loads a server with signed webhooks, from one thread, with as little work of its own as possible."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

CONNECTIONS = 48
_NUMBERS = count()


@dataclass(frozen=True)
class Load:
    """What a burst of requests came to."""

    seconds: float
    waits: list[float]
    """Seconds from when each request was due to its answer."""

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    def within(self, share: float) -> float:
        """Return the seconds in which this share of the answers came."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]


def requests(app: str, secret: str, many: int) -> list[bytes]:
    """Make signed requests, no two of the same event."""
    return [_request(app, secret) for _ in range(many)]


def at_full_speed(port: int, made: list[bytes]) -> Load:
    """Send every request as soon as a connection is free."""
    return asyncio.run(_send(port, made, [0.0] * len(made)))


def at_a_rate(port: int, made: list[bytes], rate: float) -> Load:
    """Send requests at fixed moments, whether or not earlier ones are answered."""
    return asyncio.run(_send(port, made, [number / rate for number in range(len(made))]))


async def _send(port: int, made: list[bytes], due: list[float]) -> Load:
    work = iter(zip(made, due, strict=True))
    waits: list[float] = []
    began = time.perf_counter() + 0.05

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request, moment in work:
            await asyncio.sleep(began + moment - time.perf_counter())
            start = max(began + moment, began) if moment else time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length))
            waits.append(time.perf_counter() - start)
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return Load(time.perf_counter() - began, waits)


def _request(app: str, secret: str) -> bytes:
    body = json.dumps(_event(next(_NUMBERS))).encode()
    timestamp = str(int(time.time()))
    signature = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST /webhooks/zoom/{app} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"x-zm-request-timestamp: {timestamp}\r\nx-zm-signature: v0={signature}\r\nx-zm-request-id: {uuid4()}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _event(number: int) -> dict[str, object]:
    meeting = {
        "id": 90000000000 + number,
        "uuid": f"{uuid4().hex[:22]}==",
        "host_id": "exampleHostAAAAAAAAAAA",
        "topic": f"Kick-off {number}",
        "type": 2,
        "start_time": "2030-01-07T09:00:00Z",
        "timezone": "Europe/Amsterdam",
        "duration": 45,
        "end_time": "2030-01-07T09:44:50Z",
    }
    payload = {"account_id": "exampleAccountCCCCCCCC", "object": meeting}
    return {"event": "meeting.ended", "event_ts": 1893492000000 + number, "payload": payload}
