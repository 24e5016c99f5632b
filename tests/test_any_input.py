"""Whatever comes from outside ends in a value or in a failure of ours, and gets nowhere it should not."""

import json
from typing import Any
from urllib.parse import unquote

import requests
from hypothesis import assume, given
from hypothesis import strategies as st

from zoom_connector import ZoomConnectorError
from zoom_connector.calls import Call, Scopes
from zoom_connector.catalogue import Catalogue
from zoom_connector.explain import explain
from zoom_connector.outputs import shape
from zoom_connector.zoom.answers import decode
from zoom_connector.zoom.request import build, trusted

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    ["code", "message", "errors", "error", "reason", "status", "errorCode", "errorMessage", "field", "id"]
)
ANSWERS = st.dictionaries(FIELDS, JSON | st.lists(st.dictionaries(FIELDS, JSON, max_size=5), max_size=5), max_size=5)
HEADERS = st.dictionaries(
    st.sampled_from(["Date", "Retry-After", "X-RateLimit-Type", "X-RateLimit-Reset", "x-zm-trackingid"]),
    st.text(st.characters(codec="latin-1"), max_size=40)
    | st.sampled_from(["5", "2030-01-07T00:00:00Z", "-1", "9" * 30]),
)
MEETING = Call("GET", "/meetings/{meeting_id}/recordings", "read", Scopes(), "light")
ERRORS = Catalogue().errors


def as_bytes(value: Any) -> bytes:
    return json.dumps(value).encode()


@given(st.integers(100, 599), HEADERS, st.binary(max_size=200) | ANSWERS.map(as_bytes))
def test_any_answer_is_a_value_or_a_failure_of_ours(status: int, headers: dict[str, str], body: bytes) -> None:
    try:
        decode(status, headers, body)
    except ZoomConnectorError as failure:
        outcome = explain(failure, ERRORS).title
    else:
        outcome = "a value"

    assert outcome


@given(st.text(max_size=200) | ANSWERS.map(lambda value: as_bytes(value).decode()))
def test_any_text_can_be_explained(text: str) -> None:
    explanation = explain(text, ERRORS)

    assert explanation.code in ERRORS
    assert "{" not in explanation.title + explanation.detail


@given(st.text(min_size=1))
def test_any_id_stays_one_segment_of_the_path(meeting_id: str) -> None:
    assume(meeting_id not in (".", ".."))
    assume(not any("\ud800" <= letter <= "\udfff" for letter in meeting_id))

    path = build(MEETING, {"meeting_id": meeting_id}).path

    first, meetings, segment, recordings = path.split("/")
    twice = meeting_id.startswith("/") or "//" in meeting_id
    assert (first, meetings, recordings) == ("", "meetings", "recordings")
    assert (unquote(unquote(segment)) if twice else unquote(segment)) == meeting_id


@given(
    st.text(max_size=30),
    st.sampled_from(["", ".zoom.us", "zoom.us", "@zoom.us", "/zoom.us", "\\.zoom.us", "#.zoom.us"]),
)
def test_a_token_goes_to_no_host_but_zooms(start: str, end: str) -> None:
    url = f"https://{start}{end}"
    try:
        asked = requests.Request("GET", url).prepare().url or ""
    except (requests.RequestException, UnicodeError):
        return  # nothing would be sent
    host = asked.removeprefix("https://").partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]

    assert not trusted(url, ["zoom.us"]) or f".{host.removesuffix(':443').lower()}".endswith(".zoom.us")


@given(JSON | st.dictionaries(st.sampled_from(["id", "topic", "settings", "secret_sauce"]), JSON))
def test_only_declared_outputs_come_out_of_any_answer(answer: Any) -> None:
    schema = Catalogue().actions["get_meeting"].outputs

    shaped = shape(schema, answer)

    assert shaped.keys() <= schema["properties"].keys()
    assert shaped.get("settings", {}).keys() <= schema["properties"]["settings"]["properties"].keys()
