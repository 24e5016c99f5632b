"""What a subscription is told has no secrets in it, wherever Zoom puts them."""

from zoom_connector.catalogue import Catalogue
from zoom_connector.events.messages import masked
from zoom_connector.outputs import MASK
from zoom_connector.trigger import said

CHANGED = {"settings": {"schedule_meeting": {"pmi_password": "example-passcode", "host_video": True}}}
BODY = {
    "event": "user.settings_updated",
    "event_ts": 1894003200000,
    "payload": {
        "account_id": "exampleAccountCCCCCCCC",
        "object": {"id": "exampleUserCCCCCCCCCCC", **CHANGED},
        "old_object": CHANGED,
    },
}


def test_secrets_among_changed_settings_are_masked() -> None:
    trigger = Catalogue().triggers["user_settings_updated"]

    told = masked(trigger, said(trigger, BODY), ())

    hidden = {"settings": {"schedule_meeting": {"pmi_password": MASK, "host_video": True}}}
    assert (told["settings"], told["old_object"]) == (hidden["settings"], hidden)
    assert "example-passcode" not in str(told)


def test_a_secret_that_was_asked_for_is_told() -> None:
    trigger = Catalogue().triggers["user_settings_updated"]

    told = masked(trigger, said(trigger, BODY), ["pmi_password"])

    assert told["settings"] == CHANGED["settings"]


def test_no_sample_of_an_event_shows_its_secrets() -> None:
    secrets = ("example-passcode", "example-download-token")

    told = [masked(trigger, said(trigger, trigger.sample), ()) for trigger in Catalogue().triggers.values()]

    assert [one["event"] for one in told if any(secret in str(one) for secret in secrets)] == []
