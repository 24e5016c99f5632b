"""Operations on tracking fields.

https://developers.zoom.us/docs/api/meetings/#tag/tracking-field
"""

from dataclasses import asdict
from typing import Any

from ..call import Call


def list_tracking_fields(call: Call) -> dict[str, Any]:
    """Answer `GET /tracking_fields`."""
    rows = [asdict(field) for field in call.account.tracking_fields.listed()]
    return {"total_records": len(rows), "tracking_fields": rows}


def create_tracking_field(call: Call) -> dict[str, Any]:
    """Answer `POST /tracking_fields`."""
    return asdict(call.account.tracking_fields.add(call.body))


def get_tracking_field(call: Call) -> dict[str, Any]:
    """Answer `GET /tracking_fields/{fieldId}`."""
    return asdict(call.account.tracking_fields.find(call.path["fieldId"]))


def update_tracking_field(call: Call) -> None:
    """Answer `PATCH /tracking_fields/{fieldId}`."""
    call.account.tracking_fields.change(call.path["fieldId"], call.body)


def delete_tracking_field(call: Call) -> None:
    """Answer `DELETE /tracking_fields/{fieldId}`."""
    call.account.tracking_fields.remove(call.path["fieldId"])
