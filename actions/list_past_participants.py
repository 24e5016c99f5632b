"""List who was in a past meeting: a row per person, over all the times they came in and all sessions of the meeting.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}/participants
"""

from zoom_connector import Inputs, Outputs, ZoomClient, attempt_list, attendees, read_session

_INSTANCES = "/past_meetings/{meeting_id}/instances"


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    held = _held(zoom, inputs)
    sessions = []
    for done, meeting in enumerate(held):
        zoom.progress(done, len(held), "sessions read")
        sessions.append(read_session(zoom, meeting))
    people = attendees(sessions)
    known = next((session.details for session in reversed(sessions) if session.details), {})
    return {
        "participants": people,
        "count": len(people),
        "sessions": [session.summary for session in sessions],
        "meeting_id": known.get("id"),
        "topic": known.get("topic"),
    }


def _held(zoom: ZoomClient, inputs: Inputs) -> list[str]:
    """Name the sessions asked for, the earliest first."""
    meeting = inputs["meeting_id"]
    if not meeting.isdecimal():
        return [meeting]
    rows = attempt_list(zoom, _INSTANCES, {"meeting_id": meeting})
    if not rows:
        return [meeting]
    first, last = inputs.get("from", ""), inputs.get("to", "9")
    days = [(row["start_time"], row["uuid"]) for row in rows if first <= row["start_time"][: len("2030-01-07")] <= last]
    return [uuid for _, uuid in sorted(days)]
