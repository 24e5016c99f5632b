"""Hand a message over: to an address on the web, to a Python callable, or as a line of JSON."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException

from standardwebhooks import Webhook
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from ..clock import Clock
from ..errors import DeliveryFailed, InvalidInputs
from ..store.feed import Sink
from .addresses import Destination, Resolve, destination, resolve
from .messages import Message

Receiver = Callable[[Message], object]
"""What a platform registers to be called; to return means to have taken the message."""

_CONNECT = 3.0
"""Seconds for a connection, and as many for its encryption."""
_TRIED = 2
"""Of a name with many addresses."""
_ANSWER = 15.0
"""Seconds for the answer; more than a receiver needs that puts messages into a queue."""
LONGEST = timedelta(seconds=2 * _CONNECT * _TRIED + _ANSWER)
"""How long a delivery to an address takes at most."""


class Sinks:
    """Knows how to reach what subscriptions name; threads may share it.

    Args:
        clock: dates signatures.
        private: addresses of the host's own network may be called.
        resolve: looks names up.
        trust: the certificates of receivers; the operating system's authorities when left out.
    """

    def __init__(
        self, clock: Clock, *, private: bool, resolve: Resolve = resolve, trust: ssl.SSLContext | None = None
    ) -> None:
        self._clock = clock
        self._private = private
        self._resolve = resolve
        self._trust = trust
        self._receivers: dict[str, Receiver] = {}

    @property
    def receivers(self) -> tuple[str, ...]:
        """Whom this process can hand events to, as `store.deliveries.claim` asks for it."""
        return ("", *self._receivers)

    def register(self, name: str, receiver: Receiver) -> None:
        """Let messages to a name reach a callable of this process."""
        self._receivers[Sink("callable", name).receiver] = receiver

    def name_of(self, receiver: Receiver) -> str | None:
        """Return the name under which a callable is registered here."""
        return next((_name(key) for key, known in self._receivers.items() if known == receiver), None)

    def check(self, sink: Sink) -> None:
        """Refuse a sink that nothing may or can be sent to.

        Raises:
            InvalidInputs: as `addresses.destination`, or `sink_unknown`, with the names that are registered here.
        """
        if sink.kind == "https":
            self._look_up(sink.target)
        elif sink.receiver not in self._receivers:
            raise InvalidInputs("sink_unknown", known=sorted(map(_name, self._receivers)))

    def hand_over(self, sink: Sink, message: Message) -> None:
        """Hand a message over; to return means that it has arrived.

        Raises:
            InvalidInputs: as `addresses.destination`: it was let in, and leads somewhere else by now.
            DeliveryFailed: it has not arrived, or nobody knows whether.
        """
        if sink.kind == "https":
            self._post(self._look_up(sink.target), sink.secret, message)
        else:
            _call(self._receivers[sink.receiver], message)

    def _look_up(self, url: str) -> Destination:
        return destination(url, private=self._private, resolve=self._resolve)

    def _post(self, to: Destination, secret: str, message: Message) -> None:
        body, now = message.as_json(), self._clock.now()
        headers = {
            "host": to.netloc,
            "content-type": "application/json",
            "user-agent": "zoom-connector",
            "webhook-id": message.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret).sign(message.id, now.astimezone(UTC), body),
        }
        with closing(self._connected(to)) as connection, _cut_off(connection):
            try:
                connection.request("POST", to.path, body.encode(), headers, preload_content=False)
                answer = connection.getresponse()
            except (HTTPError, HTTPException, OSError) as error:
                raise DeliveryFailed("sink_no_answer", host=to.host) from error
            answer.close()  # what it says does not matter, and may be endless
        _judge(answer, to.host, now)

    def _connected(self, to: Destination) -> HTTPConnection:
        """Connect to one of the addresses that were looked at: looking the name up again could give another."""
        last: Exception | None = None
        for address in to.addresses[:_TRIED]:
            connection = self._connection(to, address)
            try:
                connection.connect()
            except ssl.SSLError as error:
                connection.close()
                raise DeliveryFailed("sink_certificate_invalid", host=to.host) from error
            except (HTTPError, OSError) as error:
                connection.close()
                last = error
            else:
                connection.timeout = _ANSWER
                return connection
        raise DeliveryFailed("sink_unreachable", host=to.host) from last

    def _connection(self, to: Destination, address: str) -> HTTPConnection:
        if to.scheme == "http":
            return HTTPConnection(address, to.port, timeout=_CONNECT)
        self._trust = self._trust or ssl.create_default_context()
        # The certificate has to be that of the name, whatever address it was found at.
        return HTTPSConnection(address, to.port, timeout=_CONNECT, ssl_context=self._trust, server_hostname=to.host)


@dataclass(frozen=True)
class Lines:
    """Somebody who listens here, and the only one whom this process hands anything to."""

    name: str
    take: Receiver

    @property
    def receivers(self) -> tuple[str, ...]:
        """Whom this process can hand events to, as `store.deliveries.claim` asks for it."""
        return (Sink("lines", self.name).receiver,)

    def hand_over(self, sink: Sink, message: Message) -> None:
        """Hand a message over.

        Raises:
            DeliveryFailed: it was not taken.
        """
        _call(self.take, message)


def _call(receiver: Receiver, message: Message) -> None:
    try:
        receiver(message)
    except Exception as error:  # a platform's own code: whatever it raises, the message is not taken
        raise DeliveryFailed("sink_raised", failure=type(error).__name__) from error


def _name(receiver: str) -> str:
    return receiver.removeprefix(Sink("callable", "").receiver)


@contextmanager
def _cut_off(connection: HTTPConnection) -> Iterator[None]:
    """End a connection after a while, because a receiver that sends a byte now and then would never time out."""
    timer = threading.Timer(_ANSWER, _shut, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself meanwhile
        connected.shutdown(socket.SHUT_RDWR)


def _judge(answer: BaseHTTPResponse, host: str, now: datetime) -> None:
    """Take an answer of the 2xx kind for success, as https://www.standardwebhooks.com/ has it."""
    status = answer.status
    if 200 <= status < 300:
        return
    retry_at = _retry_at(answer.headers.get("retry-after", ""), now)
    if 300 <= status < 400:
        raise DeliveryFailed("sink_redirects", host=host, status=status)
    if status == HTTPStatus.GONE:
        raise DeliveryFailed("sink_gone", host=host, status=status)
    raise DeliveryFailed("sink_refused", retry_at=retry_at, host=host, status=status)


def _retry_at(text: str, now: datetime) -> datetime | None:
    """Read when a receiver wants to be asked again (RFC 9110, 10.2.3)."""
    try:
        moment = now + timedelta(seconds=int(text)) if text.strip().isdigit() else parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
