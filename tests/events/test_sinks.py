"""A message arrives signed, at the address that was looked at, or the failure says why not."""

import json
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from events.receiver import HOST, Receiver, receiving, self_signed
from standardwebhooks import Webhook
from store.world import START, StillClock

from zoom_connector.clock import SystemClock
from zoom_connector.errors import DeliveryFailed, InvalidInputs, ZoomConnectorError
from zoom_connector.events import sinks as module
from zoom_connector.events.messages import Message
from zoom_connector.events.sinks import Sinks
from zoom_connector.store.feed import Sink

SECRET = "whsec_ZXhhbXBsZS1zZWNyZXQtb2Ytc2luaw=="
MESSAGE = Message("msg_1", "meeting_ended", "2030-01-07T09:00:00Z", {"topic": "Jours fériés ☕"}, "sub_1", "sales")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def hand_over(url: str, sinks: Sinks | None = None) -> str:
    """Hand the message over, and return the code of the failure, if there was one."""
    sinks = sinks or Sinks(StillClock(), private=True, resolve=here)
    try:
        sinks.hand_over(Sink("https", url, SECRET), MESSAGE)
    except ZoomConnectorError as failure:
        return failure.code if "key=example" not in str(failure) else "told a secret"
    return "arrived"


def test_a_message_arrives_as_standard_webhooks_has_it(receiver: Receiver) -> None:
    outcome = hand_over(receiver.url(), Sinks(SystemClock(), private=True, resolve=here))

    (got,) = receiver.got
    told = Webhook(SECRET).verify(got.body, got.headers)
    assert (outcome, got.path, got.headers["webhook-id"]) == ("arrived", "/hook?key=example", "msg_1")
    assert (got.headers["host"], got.headers["content-type"]) == (f"{HOST}:{receiver.port}", "application/json")
    assert told == {
        "type": "meeting_ended",
        "timestamp": "2030-01-07T09:00:00Z",
        "data": {"topic": "Jours fériés ☕"},
        "subscription": "sub_1",
        "connection": "sales",
    }


def test_a_signature_is_dated_by_the_clock(receiver: Receiver) -> None:
    hand_over(receiver.url())

    assert receiver.got[0].headers["webhook-timestamp"] == str(int(START.timestamp()))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "arrived"),
        (202, "arrived"),
        (301, "sink_redirects"),
        (307, "sink_redirects"),
        (400, "sink_refused"),
        (401, "sink_refused"),
        (410, "sink_gone"),
        (429, "sink_refused"),
        (500, "sink_refused"),
        (503, "sink_refused"),
    ],
)
def test_only_an_answer_of_the_2xx_kind_counts(receiver: Receiver, status: int, outcome: str) -> None:
    receiver.answer((status, {"location": receiver.url()}))

    assert (hand_over(receiver.url()), len(receiver.got)) == (outcome, 1)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Mon, 07 Jan 2030 09:05:00 GMT", timedelta(minutes=5)),
        ("Mon, 07 Jan 2030 09:05:00 -0000", timedelta(minutes=5)),
        ("soon", None),
        ("9" * 30, None),
        ("", None),
    ],
)
def test_a_receiver_may_say_when_it_wants_to_be_asked_again(
    receiver: Receiver, asked: str, wait: timedelta | None
) -> None:
    receiver.answer((503, {"retry-after": asked}))

    with pytest.raises(DeliveryFailed) as caught:
        Sinks(StillClock(), private=True, resolve=here).hand_over(Sink("https", receiver.url(), SECRET), MESSAGE)

    assert caught.value.retry_at == (START + wait if wait else None)


def test_nothing_is_sent_into_the_own_network_even_when_the_name_led_elsewhere_before(receiver: Receiver) -> None:
    addresses = ["93.184.215.14"]
    sinks = Sinks(StillClock(), private=False, resolve=lambda host, port: addresses)
    sinks.check(Sink("https", receiver.url("https"), SECRET))

    addresses[:] = ["127.0.0.1"]

    assert (hand_over(receiver.url("https"), sinks), receiver.got) == ("sink_private", [])


def test_the_name_is_looked_up_once_for_each_delivery(receiver: Receiver) -> None:
    asked: list[str] = []

    def looked_up(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    hand_over(receiver.url(), Sinks(StillClock(), private=True, resolve=looked_up))

    assert asked == [HOST]


def test_another_address_of_the_name_is_tried_when_the_first_is_down(receiver: Receiver) -> None:
    sinks = Sinks(StillClock(), private=True, resolve=lambda host, port: ["127.0.0.254", "127.0.0.1"])

    assert (hand_over(receiver.url(), sinks), len(receiver.got)) == ("arrived", 1)


def test_a_receiver_that_is_down_is_unreachable(receiver: Receiver) -> None:
    sinks = Sinks(StillClock(), private=True, resolve=lambda host, port: ["127.0.0.253", "127.0.0.254"])

    assert hand_over(receiver.url(), sinks) == "sink_unreachable"


def test_a_receiver_that_never_answers_is_cut_off(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    receiver.stuck = threading.Event()
    monkeypatch.setattr(module, "_ANSWER", 0.05)

    outcome = hand_over(receiver.url())

    receiver.stuck.set()
    assert outcome == "sink_no_answer"


def test_a_receiver_must_prove_its_name_whatever_address_it_was_found_at(tmp_path: Path) -> None:
    right, wrong = self_signed(tmp_path), self_signed(tmp_path, "other.example.com")
    trust = ssl.create_default_context()
    for certificate in (right, wrong):
        trust.load_verify_locations(certificate)
    trusting = Sinks(StillClock(), private=True, resolve=here, trust=trust)
    careful = Sinks(StillClock(), private=True, resolve=here)

    with receiving(right) as genuine, receiving(wrong) as impostor:
        outcomes = [
            hand_over(genuine.url("https"), trusting),
            hand_over(genuine.url("https"), careful),
            hand_over(impostor.url("https"), trusting),
        ]
        arrived = [len(one.got) for one in (genuine, impostor)]

    assert outcomes == ["arrived", "sink_certificate_invalid", "sink_certificate_invalid"]
    assert arrived == [1, 0]


def test_a_callable_is_given_the_message_and_may_refuse_it() -> None:
    taken: list[Message] = []
    sinks = Sinks(StillClock(), private=False)

    def refuse(message: Message) -> None:
        raise KeyError(message.id)

    sinks.register("orders", taken.append)
    sinks.register("broken", refuse)

    sinks.hand_over(Sink("callable", "orders"), MESSAGE)
    with pytest.raises(DeliveryFailed) as caught:
        sinks.hand_over(Sink("callable", "broken"), MESSAGE)

    assert (taken, caught.value.code, caught.value.params) == ([MESSAGE], "sink_raised", {"failure": "KeyError"})
    assert (sinks.name_of(refuse), sinks.name_of(print)) == ("broken", None)
    assert sinks.receivers == ("", "callable orders", "callable broken")


def test_a_name_that_nobody_registered_is_refused_with_those_that_are() -> None:
    sinks = Sinks(StillClock(), private=False)
    sinks.register("orders", print)

    with pytest.raises(InvalidInputs) as caught:
        sinks.check(Sink("callable", "order"))

    assert (caught.value.code, caught.value.params) == ("sink_unknown", {"known": ["orders"]})


def test_a_message_never_shows_what_it_tells() -> None:
    assert "Jours" not in repr(MESSAGE)
    assert json.loads(MESSAGE.as_json(id="msg_1"))["id"] == "msg_1"
