"""Webhooks over a real connection."""

import http.client
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import requests
from e2e.world import START
from events.signed import SECRET, as_bytes, encrypted, ended, headers, signature
from hosts.http.serving import Beside, Served, serving

from zoom_connector import Connector
from zoom_connector.events.intake import LONGEST
from zoom_connector.store.feed import Event

APP = "sandbox-client"
HOUR = timedelta(hours=1)


def kept(served: Served) -> list[Event]:
    return served.connector.engine.store.events.all(since=START - HOUR, until=START + HOUR)


def refusal(answer: requests.Response) -> tuple[int, str, object]:
    return answer.status_code, answer.headers["content-type"], answer.json()


def test_an_event_is_taken_and_kept(served: Served) -> None:
    answer = served.webhook(as_bytes(ended()), app=APP)

    assert (answer.status_code, answer.json()) == (200, {})
    assert [event.body for event in kept(served)] == [ended()]


def test_a_body_that_mixes_escapes_with_raw_letters_verifies_as_it_came(served: Served) -> None:
    topic = '"Caf\\u00e9 Zoë \\ud83d\\ude80 🚀"'
    raw = f'{{"event":"meeting.ended","event_ts":1,"payload":{{"object":{{"topic":{topic}}}}}}}'.encode()

    assert served.webhook(raw, app=APP).status_code == 200
    assert [event.body["payload"]["object"]["topic"] for event in kept(served)] == ["Café Zoë 🚀 🚀"]


def test_zooms_question_is_answered(served: Served) -> None:
    challenge = {"event": "endpoint.url_validation", "payload": {"plainToken": "plain-token-1"}}

    answer = served.webhook(as_bytes(challenge), app=APP)

    assert answer.json() == {"plainToken": "plain-token-1", "encryptedToken": encrypted("plain-token-1")}


def test_whatever_is_not_verified_gets_the_same_short_answer(served: Served) -> None:
    raw, timestamp = as_bytes(ended()), str(int(START.timestamp()))
    signed = {"x-zm-request-timestamp": timestamp, "x-zm-signature": signature(raw, timestamp)}
    path, long = f"/webhooks/zoom/{APP}", as_bytes({**ended(), "more": "x" * LONGEST})

    answers = [
        served.webhook(raw, app="unknown-client"),
        served.webhook(raw, app=APP, **{"x-zm-signature": "v0=forged"}),
        served.webhook(raw, app=APP, **{"x-zm-request-timestamp": "1"}),
        served.post(path, data=raw + b" ", headers=signed),
        served.post(path, data=raw),
        served.post(path, data=b"\xff" * 100, headers={"x-zm-signature": "\xe9"}),
        served.webhook(long, app=APP),
        served.post(path, data=iter([long[:70_000], long[70_000:]]), headers=headers(long, START)),
    ]

    refused = {"type": "about:blank", "title": "Unauthorized", "status": 401}
    assert [refusal(answer) for answer in answers] == [(401, "application/problem+json", refused)] * 8
    assert kept(served) == []


def test_a_sender_that_leaves_halfway_does_no_harm(connector: Connector, caplog: pytest.LogCaptureFixture) -> None:
    with serving(connector) as served:
        connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=10)
        connection.putrequest("POST", f"/webhooks/zoom/{APP}")
        connection.putheader("Content-Length", "1000")
        connection.endheaders(b"half")
        connection.close()
        status = served.webhook(as_bytes(ended()), app=APP).status_code

    assert status == 200
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_many_senders_at_once_are_all_served(served: Served) -> None:
    with ThreadPoolExecutor(8) as threads:
        bodies = [as_bytes(ended(f"uuid-{number}")) for number in range(80)]
        answers = list(threads.map(lambda raw: served.webhook(raw, app=APP).status_code, bodies))

    assert answers == [200] * 80
    assert len(kept(served)) == 80


def test_what_works_beside_the_server_lives_as_long_as_it_and_hears_of_what_is_new(connector: Connector) -> None:
    beside = Beside()
    with serving(connector, beside=beside) as served:
        for _ in range(2):
            served.webhook(as_bytes(ended()), app=APP)

    assert beside.log == ["start", "wake", "stop"]


def test_a_failing_store_is_answered_so_that_zoom_tries_again(served: Served) -> None:
    served.webhook(as_bytes(ended("uuid-1")), app=APP)
    served.break_database()

    answer = served.webhook(as_bytes(ended("uuid-2")), app=APP)

    assert refusal(answer)[0] == 503
    assert SECRET not in answer.text
