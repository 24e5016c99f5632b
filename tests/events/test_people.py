"""A filter with an e-mail address finds the events that name people by id only."""

from typing import Any

import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.errors import ZoomError
from zoom_connector.events.people import by_id

TRIGGERS = Catalogue().triggers


def ask(address: str) -> str:
    """Zoom knows Jo and nobody else."""
    if address != "jo@example.com":
        raise ZoomError("user_not_found")
    return "user-jo"


@pytest.mark.parametrize(
    ("trigger", "given", "kept"),
    [
        ("meeting_created", {"host": "jo@example.com"}, {"host": "user-jo"}),
        ("meeting_created", {"host": "user-jo", "topic": "me@home"}, {"host": "user-jo", "topic": "me@home"}),
        ("recording_completed", {"host": "jo@example.com"}, {"host": "user-jo"}),
        ("recording_completed", {"host": "gone@example.com"}, {"host": "gone@example.com"}),
        ("meeting_updated", {"operator": "jo@example.com"}, {"operator": "jo@example.com"}),
    ],
)
def test_an_address_becomes_the_users_id_where_events_have_ids(
    trigger: str, given: dict[str, Any], kept: dict[str, Any]
) -> None:
    assert by_id(TRIGGERS[trigger], given, ask) == kept


def test_an_address_that_no_event_could_have_and_zoom_does_not_know_is_refused() -> None:
    with pytest.raises(ZoomError):
        by_id(TRIGGERS["meeting_created"], {"host": "gone@example.com"}, ask)
