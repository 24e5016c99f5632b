"""Every trigger agrees with what Zoom publishes about its events: names, values, scopes and samples."""

import copy
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from contract.webhooks import NOT_FOR_TRIGGERS, Webhook, check_sample, check_trigger
from zoom_connector.catalogue import Catalogue
from zoom_connector.events.happening import Happenings
from zoom_connector.trigger import read_trigger

CATALOGUE = Catalogue()
HAPPENINGS = Happenings(CATALOGUE)
RAW: dict[str, Any] = {
    "title": "Participant joined",
    "description": "Fires when somebody enters a meeting.",
    "events": ["meeting.participant_joined"],
    "data": ["participants"],
    "filters": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "kind": {
                "type": "integer",
                "title": "Kind",
                "on": ["type"],
                "examples": [2],
                "oneOf": [{"const": 2, "title": "Scheduled"}],
            }
        },
    },
    "outputs": {
        "type": "object",
        "properties": {
            "uuid": {"type": "string", "title": "Meeting UUID"},
            "type": {"type": "integer", "title": "Kind"},
            "participant": {
                "type": "object",
                "title": "Participant",
                "properties": {"user_name": {"type": "string", "title": "Name"}},
            },
        },
    },
    "sample": {
        "event": "meeting.participant_joined",
        "event_ts": 1894006830000,
        "payload": {
            "account_id": "exampleAccountCCCCCCCC",
            "object": {
                "uuid": "aDYlohsHRtCd4ii1uC2+hA==",
                "host_id": "exampleHostAAAAAAAAAAA",
                "type": 2,
                "duration": 45,
                "participant": {
                    "user_id": "16778240",
                    "user_name": "Kim Poe",
                    "join_time": "2030-01-07T09:00:30Z",
                    "email": "kim@example.com",
                },
            },
        },
    },
    "scopes": {
        "classic": [
            "meeting:read",
            "meeting:write",
            "meeting:read:admin",
            "meeting:write:admin",
            "meeting:master",
        ],
        "granular": [
            "meeting:read:participant",
            "meeting:read:participant:admin",
            "meeting:read:participant:master",
        ],
    },
}
FAULTS = [
    ("events", ["meeting.participant_arrived"], "Zoom has no event meeting.participant_arrived"),
    ("scopes/classic", ["meeting:read"], "classic scopes: "),
    ("scopes/granular", ["meeting:read:meeting"], "granular scopes: "),
    ("sample/event", "meeting.started", "sample: meeting.started is not its event"),
    ("sample/event_ts", "today", "sample: event_ts 'today'"),
    ("sample/payload/object/type", 99, "sample: payload/object/type 99"),
    ("sample/payload/object/colour", "red", "sample: payload/object Unevaluated properties"),
    ("sample/payload/object/participant/colour", "red", "sample: payload/object/participant Unevaluated properties"),
    ("outputs/properties/color", {"type": "string", "title": "Colour"}, "output color: unknown"),
    (
        "outputs/properties/participant/properties/color",
        {"type": "string", "title": "Colour"},
        "output participant.color: unknown",
    ),
    ("filters/properties/kind/oneOf/0/const", 99, "filter kind: 99 is none of Zoom's at type"),
]


@pytest.mark.parametrize("key", CATALOGUE.triggers)
def test_the_trigger_is_what_zoom_publishes(key: str, webhooks: Mapping[str, Webhook]) -> None:
    assert check_trigger(webhooks, CATALOGUE.triggers[key]) == []


@pytest.mark.parametrize("key", CATALOGUE.triggers)
def test_the_sample_fills_every_output(key: str) -> None:
    assert check_sample(CATALOGUE.triggers[key]) == []


@pytest.mark.parametrize("key", [key for key, trigger in CATALOGUE.triggers.items() if not trigger.any_event])
def test_an_event_sent_again_later_is_another_happening_unless_the_trigger_knows_it_by_more(key: str) -> None:
    trigger = CATALOGUE.triggers[key]
    again = {**trigger.sample, "event_ts": 1900000000000}

    same = HAPPENINGS.key(again) == HAPPENINGS.key(trigger.sample)

    assert same is bool(trigger.happening)


def test_every_trigger_says_what_zooms_form_calls_its_event(webhooks: Mapping[str, Webhook]) -> None:
    labels = {trigger.key: trigger.zoom_label for trigger in CATALOGUE.triggers.values()}

    assert labels == {key: "".join(webhooks[name].label for name in CATALOGUE.triggers[key].events) for key in labels}


def test_every_event_has_its_trigger(webhooks: Mapping[str, Webhook]) -> None:
    events = Counter(name for trigger in CATALOGUE.triggers.values() for name in trigger.events)

    assert events == Counter(webhooks.keys() - NOT_FOR_TRIGGERS)


def test_a_right_trigger_has_no_deviation(webhooks: Mapping[str, Webhook]) -> None:
    trigger = read_trigger("participant_joined", "participants", RAW)

    assert check_trigger(webhooks, trigger) + check_sample(trigger) == []


@pytest.mark.parametrize(("place", "value", "deviation"), FAULTS)
def test_breaking_a_trigger_is_told(place: str, value: object, deviation: str, webhooks: Mapping[str, Webhook]) -> None:
    raw = copy.deepcopy(RAW)
    *way, last = place.split("/")
    inner: Any = raw
    for step in way:
        inner = inner[int(step) if step.isdecimal() else step]
    inner[last] = value

    found = check_trigger(webhooks, read_trigger("participant_joined", "participants", raw))

    assert [text for text in found if not text.startswith(deviation)] == []
    assert found != []


def test_an_output_that_the_sample_leaves_out_is_told() -> None:
    raw = copy.deepcopy(RAW)
    del raw["sample"]["payload"]["object"]["participant"]["user_name"]

    trigger = read_trigger("participant_joined", "participants", raw)

    assert check_sample(trigger) == ["'user_name' is a required property"]
