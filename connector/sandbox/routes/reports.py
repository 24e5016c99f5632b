"""What the local Zoom knows of reports."""

from ..operations import reports
from ..route import Route

ROUTES = (
    Route(
        "GET",
        "/report/meetings/{meetingId}",
        "heavy",
        ("report:read:admin",),
        ("report:read:meeting:admin",),
        reports.report_meeting,
    ),
    Route(
        "GET",
        "/report/meetings/{meetingId}/participants",
        "heavy",
        ("report:read:admin",),
        ("report:read:list_meeting_participants:admin",),
        reports.report_participants,
    ),
    Route(
        "GET",
        "/report/meetings/{meetingId}/polls",
        "heavy",
        ("report:read:admin",),
        ("report:read:list_meeting_polls:admin",),
        reports.report_polls,
    ),
    Route(
        "GET",
        "/report/meetings/{meetingId}/qa",
        "heavy",
        ("report:read:admin",),
        ("report:read:meeting_qna:admin",),
        reports.report_questions,
    ),
    Route(
        "GET",
        "/report/users/{userId}/meetings",
        "heavy",
        ("report:read:admin",),
        ("report:read:user:admin",),
        reports.report_user_meetings,
    ),
    Route(
        "GET",
        "/report/users",
        "heavy",
        ("report:read:admin",),
        ("report:read:list_users:admin",),
        reports.report_hosts,
    ),
    Route(
        "GET",
        "/report/daily",
        "heavy",
        ("report:read:admin",),
        (),
        reports.report_daily,
    ),
)
