"""Only what Zoom signed within the hour is taken in; everything else gets one answer, and never a failure.

Eight times 2,500 generated requests, 25 to an example; `make fuzz` makes more.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from events.signed import CLIENT, SECRET, as_bytes, ended, signature
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from store.world import START, StillClock

from zoom_connector.catalogue import Catalogue
from zoom_connector.events.happening import Happenings
from zoom_connector.events.intake import REFUSED, Intake
from zoom_connector.events.signature import signed_with
from zoom_connector.store import SqlStore
from zoom_connector.store.cipher import new_key

T = TypeVar("T")
Case = tuple[str, bytes, str | None, str | None]
"""App, body, and the headers with timestamp and signature; None for one that is not sent."""

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


def many(case: st.SearchStrategy[T]) -> st.SearchStrategy[list[T]]:
    """Draw many at once: drawing an example costs more than the requests that are made of it."""
    return st.lists(case, min_size=25, max_size=25)


# What got through is told by the assertion; to make 25 requests as small as can be would take minutes.
AS_FOUND = settings(phases=[Phase.explicit, Phase.generate])
BODIES = st.builds(body, LETTERS, LETTERS)
SECONDS = st.integers(NOW - 90 * 60, NOW + 5 * 60 - 1)
TIMESTAMPS = SECONDS.map(str) | st.builds("{}{:03}".format, SECONDS, st.integers(0, 999))
STALE = (st.integers(10**9, NOW - 90 * 60 - 1) | st.integers(NOW + 5 * 60 + 1, 10**10 - 1)).map(str)
ANYTHING = st.text(st.characters(codec="latin-1"), max_size=80)
PLACES = st.integers(0, 999)
"""Where to change something; counted round and round."""
STEPS = st.integers(1, 255)
"""How far from a byte to another one."""


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    """Takes in what one app's secret has signed; in the end nothing must have been kept."""
    file: Path = tmp_path_factory.mktemp("signatures") / "events.db"
    with SqlStore.open(f"sqlite:///{file}", keys=[new_key()], clock=StillClock()) as store:
        intake = Intake(store, lambda app: [SECRET] if app == CLIENT else [], Happenings(Catalogue()), StillClock())
        yield intake
        intake.close()
        assert store.events.route(1, lambda event, listeners: []) == 0


def let_in(intake: Intake, cases: Iterable[Case]) -> list[Case]:
    """Return the cases that were not refused."""
    asked = []
    for case in cases:
        app, raw, timestamp, signed = case
        sent = {"x-zm-request-timestamp": timestamp, "x-zm-signature": signed}
        headers = {name: value for name, value in sent.items() if value is not None}
        asked.append((case, intake.receive(app, headers, raw)))
    return [case for case, answer in asked if answer.result(timeout=60) != REFUSED]


def one_changed(text: str, place: int, step: int) -> str:
    place %= len(text)
    return text[:place] + chr((ord(text[place]) + step) % 256) + text[place + 1 :]


@AS_FOUND
@given(
    BODIES,
    many(TIMESTAMPS),
    st.sampled_from([[SECRET], [SECRET, "older"], ["newer", SECRET], ["newer", "", SECRET]]),
)
def test_what_zoom_signed_verifies_in_seconds_and_milliseconds_with_any_secret_in_use(
    raw: bytes, timestamps: list[str], secrets: list[str]
) -> None:
    found = [signed_with(secrets, timestamp, signature(raw, timestamp), raw, START) for timestamp in timestamps]

    assert {*found} == {SECRET}


@AS_FOUND
@given(BODIES, TIMESTAMPS, many(st.tuples(st.sampled_from(["changed", "added", "gone"]), PLACES, STEPS)))
def test_a_body_with_one_byte_changed_added_or_gone_is_refused(
    intake: Intake, raw: bytes, timestamp: str, changes: list[tuple[str, int, int]]
) -> None:
    signed = signature(raw, timestamp)

    def changed(how: str, place: int, step: int) -> bytes:
        place %= len(raw)
        new = b"" if how == "gone" else bytes([(raw[place] + step) % 256])
        return raw[:place] + new + raw[place if how == "added" else place + 1 :]

    assert let_in(intake, [(CLIENT, changed(*change), timestamp, signed) for change in changes]) == []


@AS_FOUND
@given(BODIES, TIMESTAMPS, many(st.tuples(PLACES, STEPS)))
def test_a_signature_with_one_letter_changed_is_refused(
    intake: Intake, raw: bytes, timestamp: str, changes: list[tuple[int, int]]
) -> None:
    signed = signature(raw, timestamp)

    assert let_in(intake, [(CLIENT, raw, timestamp, one_changed(signed, *change)) for change in changes]) == []


@AS_FOUND
@given(BODIES, TIMESTAMPS, many(st.tuples(PLACES, STEPS)))
def test_a_timestamp_with_one_letter_changed_is_refused(
    intake: Intake, raw: bytes, timestamp: str, changes: list[tuple[int, int]]
) -> None:
    signed = signature(raw, timestamp)

    assert let_in(intake, [(CLIENT, raw, one_changed(timestamp, *change), signed) for change in changes]) == []


@AS_FOUND
@given(BODIES, TIMESTAMPS, many(st.text(max_size=30).filter(lambda text: text != SECRET)))
def test_what_another_secret_signed_is_refused(intake: Intake, raw: bytes, timestamp: str, secrets: list[str]) -> None:
    keys = [secret.encode(errors="replace").decode() for secret in secrets]

    assert let_in(intake, [(CLIENT, raw, timestamp, signature(raw, timestamp, key)) for key in keys]) == []


@AS_FOUND
@given(BODIES, many(st.builds(str.__add__, STALE, st.sampled_from(["", "000", "999"]))))
def test_a_stale_timestamp_is_refused_although_zoom_signed_it(
    intake: Intake, raw: bytes, timestamps: list[str]
) -> None:
    cases = [(CLIENT, raw, timestamp, signature(raw, timestamp)) for timestamp in timestamps]

    assert let_in(intake, cases) == []


@AS_FOUND
@given(BODIES, many(st.tuples(st.none() | ANYTHING | TIMESTAMPS, st.none() | ANYTHING, st.booleans())))
def test_a_missing_or_malformed_header_is_refused(
    intake: Intake, raw: bytes, headers: list[tuple[str | None, str | None, bool]]
) -> None:
    def case(timestamp: str | None, signed: str | None, right: bool) -> Case:
        if right and timestamp is not None and not timestamp.isascii():
            signed = signature(raw, timestamp)
        return CLIENT, raw, timestamp, signed

    assert let_in(intake, [case(*each) for each in headers]) == []


@AS_FOUND
@given(many(st.tuples(ANYTHING, st.binary(max_size=200) | JSON.map(as_bytes), st.none() | ANYTHING, st.booleans())))
def test_whatever_comes_for_any_app_is_refused_even_if_it_is_signed(
    intake: Intake, requests: list[tuple[str, bytes, str | None, bool]]
) -> None:
    """Signed and yet no event: neither an app nor a body that is known."""

    def case(app: str, raw: bytes, timestamp: str | None, signed: bool) -> Case:
        timestamp = str(NOW) if signed else timestamp
        right = signature(raw, timestamp) if timestamp is not None else None
        return CLIENT if signed else app, raw, timestamp, right

    assert let_in(intake, [case(*request) for request in requests]) == []


@pytest.mark.parametrize("minutes", [0, 5, 25, 85])
def test_zooms_retries_are_in_time_although_they_may_not_be_signed_anew(minutes: int) -> None:
    raw, timestamp = as_bytes(ended()), str(NOW - minutes * 60)

    assert signed_with([SECRET], timestamp, signature(raw, timestamp), raw, START) == SECRET


def test_an_empty_secret_lets_nobody_in() -> None:
    raw, timestamp = as_bytes(ended()), str(NOW)

    assert signed_with([""], timestamp, signature(raw, timestamp, ""), raw, START) is None
