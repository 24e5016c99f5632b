"""What an app's developer may look up: calls of the API, and events that were sent.

https://developers.zoom.us/docs/api/marketplace/#tag/app/GET/marketplace/apps/{appId}/api_call_logs
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from ..answers import Refused, invalid_parameter
from ..call import Call
from ..clock import zulu
from ..deliveries import TAKEN, Delivery, Try
from .apps import app_of

_WEEK = timedelta(days=7)
_ALL, _FAILED, _ARRIVED = "1", "2", "3"
_OTHER_FAILURE = 16


def list_calls(call: Call) -> dict[str, Any]:
    """Answer `GET /marketplace/apps/{appId}/api_call_logs`."""
    app, asked = app_of(call), call.query
    if asked.get("duration", "7") not in ("7", "14", "30"):
        raise invalid_parameter("duration")
    since = call.world.clock.now() - timedelta(days=int(asked.get("duration", "7")))
    rows = [
        {
            "url_pattern": entry.pattern,
            "method": entry.method,
            "http_status": entry.status,
            "time": zulu(entry.moment),
            "trace_id": entry.trace_id,
        }
        for entry in reversed(call.world.calls)
        if entry.client_id == app.client_id
        and entry.moment >= since
        and asked.get("query", "") in entry.pattern
        and asked.get("method") in (None, entry.method)
        and asked.get("status_code") in (None, str(entry.status))
    ]
    shown, page = call.world.paging.page(rows, f"{app.id} calls", asked, largest=100)
    return {"page_size": page["page_size"], "next_page_token": page["next_page_token"], "call_logs": shown}


def list_deliveries(call: Call) -> dict[str, Any]:
    """Answer `GET /marketplace/apps/{appId}/webhook_logs`."""
    app, (first, last) = app_of(call), _range(call)
    kind, retry = call.query.get("type", _FAILED), call.query.get("retry_num")
    if retry not in (None, "0", "1", "2", "3"):
        raise Refused(400, 1506, "The 'retry_num' value must be an integer within the range of 0 to 3.")
    rows = [
        _try(delivery, number, tried)
        for delivery in reversed(call.world.webhooks.deliveries)
        for number, tried in enumerate(delivery.tries)
        if delivery.endpoint.app is app
        and first <= tried.at <= last
        and call.query.get("event") in (None, delivery.body["event"])
        and (kind == _ALL or (tried.status in TAKEN) is (kind == _ARRIVED))
        and retry in (None, str(number))
    ]
    shown, page = call.world.paging.page(rows, f"{app.id} deliveries", call.query)
    return {"page_size": page["page_size"], "next_page_token": page["next_page_token"], "webhook_logs": shown}


def _try(delivery: Delivery, number: int, tried: Try) -> dict[str, Any]:
    row: dict[str, Any] = {
        "event": delivery.body["event"],
        "endpoint": delivery.endpoint.url,
        "date_time": zulu(tried.at),
        "request_id": delivery.id,
        "request_body": json.dumps(delivery.body),
        "retry_num": number,
    }
    if tried.status is not None:
        row["status"] = tried.status
    return row if tried.status in TAKEN else row | {"failed_reason_type": _OTHER_FAILURE}


def _range(call: Call) -> tuple[datetime, datetime]:
    now = call.world.clock.now()
    last = _moment(call, "to", now)
    first = _moment(call, "from", last - _WEEK)
    if first > now:
        raise Refused(404, 1504, "The 'from' date must be before the current date(UTC).")
    if last < first:
        raise Refused(404, 1501, "The 'to' date must be after the 'from' date.")
    if last - first > _WEEK:
        raise Refused(404, 1502, "The date range must be within the last seven days.")
    return first, last


def _moment(call: Call, name: str, otherwise: datetime) -> datetime:
    text = call.query.get(name)
    if not text:
        return otherwise
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise Refused(404, 1503, "The dates must follow the format: `yyyy-MM-dd'T'HH:mm:ss'Z'`.") from None
