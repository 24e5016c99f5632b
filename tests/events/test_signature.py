"""Only what Zoom signed within the hour is taken in; everything else gets one answer, and never a failure.

Eight times 2,500 generated requests; `make fuzz` makes more.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from events.signed import CLIENT, SECRET, as_bytes, ended, signature
from hypothesis import given, settings
from hypothesis import strategies as st
from store.world import START, StillClock

from zoom_connector.catalogue import Catalogue
from zoom_connector.events.happening import Happenings
from zoom_connector.events.intake import REFUSED, Answer, Intake
from zoom_connector.events.signature import signed_with
from zoom_connector.store import SqlStore
from zoom_connector.store.cipher import new_key

MANY = settings(max_examples=max(2_500, settings().max_examples))
NOW = int(START.timestamp())
LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | LETTERS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3),
    max_leaves=6,
)


def body(escaped: str, raw: str) -> bytes:
    r"""Write an event as Zoom does: some letters as `\uXXXX` and others raw, in one body."""
    payload = f'{{"topic": {json.dumps(escaped)}, "agenda":{json.dumps(raw, ensure_ascii=False)},"account_id":"a"}}'
    return f'{{"event":"meeting.ended","event_ts":{NOW}000,"payload":{payload}}}'.encode()


BODIES = st.builds(body, LETTERS, LETTERS)
SECONDS = st.integers(NOW - 90 * 60, NOW + 5 * 60 - 1)
TIMESTAMPS = SECONDS.map(str) | st.builds("{}{:03}".format, SECONDS, st.integers(0, 999))
STALE = (st.integers(10**9, NOW - 90 * 60 - 1) | st.integers(NOW + 5 * 60 + 1, 10**10 - 1)).map(str)
ANYTHING = st.text(st.characters(codec="latin-1"), max_size=80)


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    """Takes in what one app's secret has signed; in the end nothing must have been kept."""
    file: Path = tmp_path_factory.mktemp("signatures") / "events.db"
    with SqlStore.open(f"sqlite:///{file}", keys=[new_key()], clock=StillClock()) as store:
        intake = Intake(store, lambda app: [SECRET] if app == CLIENT else [], Happenings(Catalogue()), StillClock())
        yield intake
        intake.close()
        assert store.events.route(1, lambda event, listeners: []) == 0


def answer(intake: Intake, raw: bytes, timestamp: str | None, signed: str | None, app: str = CLIENT) -> Answer:
    sent = {"x-zm-request-timestamp": timestamp, "x-zm-signature": signed}
    headers = {name: value for name, value in sent.items() if value is not None}
    return intake.receive(app, headers, raw).result(timeout=60)


@MANY
@given(BODIES, TIMESTAMPS, st.sampled_from([[SECRET], [SECRET, "older"], ["newer", SECRET], ["newer", "", SECRET]]))
def test_what_zoom_signed_verifies_in_seconds_and_milliseconds_with_any_secret_in_use(
    raw: bytes, timestamp: str, secrets: list[str]
) -> None:
    assert signed_with(secrets, timestamp, signature(raw, timestamp), raw, START) == SECRET


@MANY
@given(BODIES, TIMESTAMPS, st.data())
def test_a_body_with_one_byte_changed_added_or_gone_is_refused(
    intake: Intake, raw: bytes, timestamp: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(raw) - 1))
    other = data.draw(st.binary(min_size=1, max_size=1).filter(lambda byte: byte != raw[place : place + 1]))
    kept = data.draw(st.sampled_from([raw[place + 1 :], raw[place:]]))
    changed = data.draw(st.sampled_from([raw[:place] + other + kept, raw[:-1]]))

    assert answer(intake, changed, timestamp, signature(raw, timestamp)) == REFUSED


@MANY
@given(BODIES, TIMESTAMPS, st.data())
def test_a_signature_with_one_letter_changed_is_refused(
    intake: Intake, raw: bytes, timestamp: str, data: st.DataObject
) -> None:
    signed = signature(raw, timestamp)
    place = data.draw(st.integers(0, len(signed) - 1))
    other = data.draw(st.characters(codec="latin-1").filter(lambda letter: letter != signed[place]))

    assert answer(intake, raw, timestamp, signed[:place] + other + signed[place + 1 :]) == REFUSED


@MANY
@given(BODIES, TIMESTAMPS, st.data())
def test_a_timestamp_with_one_letter_changed_is_refused(
    intake: Intake, raw: bytes, timestamp: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(timestamp) - 1))
    other = data.draw(st.characters(codec="latin-1").filter(lambda letter: letter != timestamp[place]))
    changed = timestamp[:place] + other + timestamp[place + 1 :]

    assert answer(intake, raw, changed, signature(raw, timestamp)) == REFUSED


@MANY
@given(BODIES, TIMESTAMPS, st.text(max_size=30).filter(lambda text: text != SECRET))
def test_what_another_secret_signed_is_refused(intake: Intake, raw: bytes, timestamp: str, secret: str) -> None:
    signed = signature(raw, timestamp, secret.encode(errors="replace").decode())

    assert answer(intake, raw, timestamp, signed) == REFUSED


@MANY
@given(BODIES, STALE, st.sampled_from(["", "000", "999"]))
def test_a_stale_timestamp_is_refused_although_zoom_signed_it(
    intake: Intake, raw: bytes, seconds: str, milliseconds: str
) -> None:
    timestamp = seconds + milliseconds

    assert answer(intake, raw, timestamp, signature(raw, timestamp)) == REFUSED


@MANY
@given(BODIES, st.none() | ANYTHING | TIMESTAMPS, st.none() | ANYTHING, st.booleans())
def test_a_missing_or_malformed_header_is_refused(
    intake: Intake, raw: bytes, timestamp: str | None, signed: str | None, right: bool
) -> None:
    if right and timestamp is not None and not timestamp.isascii():
        signed = signature(raw, timestamp)

    assert answer(intake, raw, timestamp, signed) == REFUSED


@MANY
@given(ANYTHING, st.binary(max_size=200) | JSON.map(as_bytes), st.none() | ANYTHING, st.booleans())
def test_whatever_comes_for_any_app_is_refused_even_if_it_is_signed(
    intake: Intake, app: str, raw: bytes, timestamp: str | None, signed: bool
) -> None:
    """Signed and yet no event: neither an app nor a body that is known."""
    timestamp = str(NOW) if signed else timestamp
    right = signature(raw, timestamp) if timestamp is not None else None

    assert answer(intake, raw, timestamp, right, CLIENT if signed else app) == REFUSED


@pytest.mark.parametrize("minutes", [0, 5, 25, 85])
def test_zooms_retries_are_in_time_although_they_may_not_be_signed_anew(minutes: int) -> None:
    raw, timestamp = as_bytes(ended()), str(NOW - minutes * 60)

    assert signed_with([SECRET], timestamp, signature(raw, timestamp), raw, START) == SECRET


def test_an_empty_secret_lets_nobody_in() -> None:
    raw, timestamp = as_bytes(ended()), str(NOW)

    assert signed_with([""], timestamp, signature(raw, timestamp, ""), raw, START) is None
