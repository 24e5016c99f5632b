"""Register many people for a meeting, in batches where Zoom takes them, and say of each row what became of it.

https://developers.zoom.us/docs/api/meetings/#tag/invitation--registration/POST/meetings/{meetingId}/batch_registrants
"""

import re
from typing import Any

from zoom_connector import (
    Fault,
    Inputs,
    InvalidInputs,
    MissingScopes,
    OutcomeUnknown,
    Outputs,
    RateLimited,
    ReconnectRequired,
    ZoomClient,
    ZoomConnectorError,
    ZoomUnavailable,
    attempt,
    attempt_list,
    read_table,
    read_table_file,
)

_BATCH = "/meetings/{meeting_id}/batch_registrants"
_ONE = "POST /meetings/{meeting_id}/registrants"
_LIST = "GET /meetings/{meeting_id}/registrants"
_QUESTIONS = "/meetings/{meeting_id}/registrants/questions"

_PER_BATCH = 30
_PER_MEETING = 4999
_IN_BATCH = {"email", "first_name", "last_name"}
_LONGEST = {"email": 128, "first_name": 64, "last_name": 64}
_LOST_IN_A_ROW = 3
"""After so many lost answers nothing more is sent."""
_ABOUT_THE_MEETING = (200, 404, 1001, 3000, 3001, 3038, 3161)
"""What Zoom would say of every row: no right, no such meeting, no registration, over, no hosting."""
_NOT_IN_BATCHES = 303

_COLUMNS = {
    "email": ("e mail", "email address", "e mail address", "mail"),
    "first_name": ("firstname", "given name", "name"),
    "last_name": ("lastname", "surname", "family name"),
    "org": ("organisation", "organization", "company"),
    "zip": ("postal code", "postcode"),
    "state": ("province", "state or province"),
    "comments": ("questions and comments",),
    **dict.fromkeys(("address", "city", "country", "phone", "industry", "job_title", "no_of_employees"), ()),
    **dict.fromkeys(("purchasing_time_frame", "role_in_purchase_process"), ()),
}
_FIELD = {name: field for field, names in _COLUMNS.items() for name in (field.replace("_", " "), *names)}
"""A header as people write it -> Zoom's name."""

_ALONE, _TOGETHER = {"occurrence_ids", "language"}, {"send_confirmation"}
"""Inputs that only one of the two calls takes."""

Row = dict[str, Any]
Pair = tuple[Row, Row]
"""What is sent for a registrant, and the row that says what became of it."""


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    given, ignored = _given(zoom, inputs)
    results = [
        {"row": number, "email": row.get("email", ""), "state": "not_tried"} for number, row in enumerate(given, 1)
    ]
    seen: set[str] = set()
    good: list[Pair] = []
    for registrant, result in zip(given, results, strict=True):
        if not _complete(registrant):
            _tell(zoom, result, InvalidInputs("registrant_incomplete"))
        elif result["email"].casefold() in seen:
            _tell(zoom, result, InvalidInputs("registrant_twice"))
        else:
            seen.add(result["email"].casefold())
            good.append((registrant, result))
    of_all = {name: value for name, value in inputs.items() if name not in ("registrants", "csv", "csv_file")}
    _Adding(zoom, of_all).all(good)
    states = ("registered", "failed", "unknown", "not_tried")
    counts = {state: sum(result["state"] == state for result in results) for state in states}
    complete = counts["registered"] == len(results)
    return {"registrants": results, **counts, "complete": complete, "ignored_columns": ignored}


def _given(zoom: ZoomClient, inputs: Inputs) -> tuple[list[Row], list[str]]:
    """Return the registrants as Zoom takes them, and the columns that mean nothing to it."""
    source, *others = [name for name in ("registrants", "csv", "csv_file") if name in inputs] or [""]
    if not source:
        raise InvalidInputs("inputs_invalid", [Fault("/registrants", "required")])
    if others:
        raise InvalidInputs("inputs_invalid", [Fault(f"/{name}", "only_one", source) for name in others])
    ignored: list[str] = []
    if source == "registrants":
        rows = [{name: value for name, value in row.items() if value not in ("", None)} for row in inputs[source]]
    else:
        table = read_table(inputs[source]) if source == "csv" else read_table_file(inputs[source])
        rows, ignored = _translated(zoom, inputs["meeting_id"], table)
        if not any("email" in row for row in rows):
            raise InvalidInputs("inputs_invalid", [Fault(f"/{source}", "csv_columns")])
    if len(rows) > _PER_MEETING:
        raise InvalidInputs("inputs_invalid", [Fault(f"/{source}", "maxItems", _PER_MEETING)])
    return rows, ignored


def _translated(zoom: ZoomClient, meeting: str, table: list[dict[str, str]]) -> tuple[list[Row], list[str]]:
    """Give columns Zoom's names; others may be questions of the meeting's own."""
    others = sorted({name for row in table for name in row} - _FIELD.keys())
    asked = attempt(zoom, _QUESTIONS, {"meeting_id": meeting}) if others else None
    questions = {
        " ".join(re.sub("[_-]", " ", question["title"]).casefold().split()): question["title"]
        for question in (asked or {}).get("custom_questions", [])
    }
    rows = []
    for line in table:
        row: Row = {_FIELD[name]: value for name, value in line.items() if name in _FIELD}
        answers = [{"title": questions[name], "value": value} for name, value in line.items() if name in questions]
        rows.append(row | ({"custom_questions": answers} if answers else {}))
    return rows, [name for name in others if name not in questions]


class _Adding:
    """Adds registrants, and notes in the row of each what became of them."""

    def __init__(self, zoom: ZoomClient, of_all: Row) -> None:
        self.zoom = zoom
        self.together = {name: value for name, value in of_all.items() if name not in _ALONE}
        self.alone = {name: value for name, value in of_all.items() if name not in _TOGETHER}
        self.batches = not of_all.keys() & _ALONE and zoom.may(_BATCH)
        self.lost = 0

    def all(self, pairs: list[Pair]) -> None:
        """Add them; what would fail for every row ends it, and is the failure of the step when nothing was done."""
        try:
            for start in range(0, len(pairs), _PER_BATCH):
                self.zoom.progress(start, len(pairs), "registrants added")
                self.some(pairs[start : start + _PER_BATCH])
        except ZoomConnectorError as error:
            if all(result["state"] not in ("registered", "unknown") for _, result in pairs):
                raise
            for _, result in pairs:
                if result["state"] == "not_tried":
                    _tell(self.zoom, result, error, "not_tried")
        self.find([result for _, result in pairs if result["state"] == "unknown"])

    def some(self, pairs: list[Pair]) -> None:
        """Add a batch; what Zoom refuses or leaves out is added one by one, so that each row has its own reason."""
        fitting = [(registrant, result) for registrant, result in pairs if registrant.keys() <= _IN_BATCH]
        if self.batches and len(fitting) > 1:
            self.batch(fitting)
        for registrant, result in pairs:
            if result["state"] == "not_tried":
                self.one(registrant, result)

    def batch(self, pairs: list[Pair]) -> None:
        try:
            answer = self.zoom.call(_BATCH, self.together | {"registrants": [registrant for registrant, _ in pairs]})
        except OutcomeUnknown as error:
            self.lose([result for _, result in pairs], error)
        except ZoomConnectorError as error:
            if _is_final(error):
                raise
            self.batches = error.zoom is None or error.zoom.code != _NOT_IN_BATCHES
        else:
            self.lost = 0
            _match([result for _, result in pairs], answer.get("registrants", []), "registrant_id")

    def one(self, registrant: Row, result: Row) -> None:
        try:
            added = self.zoom.call(_ONE, self.alone | registrant)
        except OutcomeUnknown as error:
            self.lose([result], error)
        except ZoomConnectorError as error:
            if _is_final(error):
                raise
            _tell(self.zoom, result, error)
        else:
            self.lost = 0
            _match([result], [added | {"email": result["email"]}], "registrant_id")

    def lose(self, results: list[Row], error: OutcomeUnknown) -> None:
        for result in results:
            _tell(self.zoom, result, error, "unknown")
        self.lost += 1
        if self.lost == _LOST_IN_A_ROW:
            raise error

    def find(self, results: list[Row]) -> None:
        """Look among the registrants for those about whom the answer was lost."""
        for status in ("approved", "pending") if results else ():
            asked = {"meeting_id": self.alone["meeting_id"], "status": status}
            try:
                _match(results, attempt_list(self.zoom, _LIST, asked) or [], "id")
            except ZoomConnectorError:
                return  # they stay unknown, and the other rows are told


def _match(results: list[Row], answer: list[Row], id: str) -> None:
    """Note those whom an answer of Zoom has."""
    found = {str(row.get("email", "")).casefold(): row for row in answer}
    for result in results:
        if row := found.get(result["email"].casefold()):
            for name in ("reason", "reason_title", "reason_detail"):
                result.pop(name, None)
            result |= {"state": "registered", "registrant_id": row.get(id), "join_url": row.get("join_url")}


def _is_final(error: ZoomConnectorError) -> bool:
    """Say whether the next row would fare no better."""
    if isinstance(error, RateLimited):
        # Zoom also counts how often one person is registered for one meeting.
        return error.zoom is None or "registrant" not in error.zoom.message.lower()
    about_all = error.zoom is not None and error.zoom.code in _ABOUT_THE_MEETING
    return about_all or isinstance(error, ReconnectRequired | MissingScopes | ZoomUnavailable)


def _tell(zoom: ZoomClient, result: Row, error: ZoomConnectorError, state: str = "failed") -> None:
    problem = zoom.explain(error)
    result |= {"state": state, "reason": problem.code, "reason_title": problem.title, "reason_detail": problem.detail}


def _complete(registrant: Row) -> bool:
    fits = all(len(str(registrant.get(name, ""))) <= longest for name, longest in _LONGEST.items())
    address = re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", str(registrant.get("email", "")))
    return fits and bool(registrant.get("first_name")) and address is not None
