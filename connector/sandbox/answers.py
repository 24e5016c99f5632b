"""The ways in which Zoom answers, and the one exception that says no."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.wrappers import Response


class Refused(Exception):
    """Zoom says no, in the shape of its API: a number, a text and, for a wrong body, the fields."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def answer(self) -> Response:
        """Return the HTTP answer."""
        body: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.errors:
            body["errors"] = list(self.errors)
        return json_answer(body, self.status, self.headers)


class TokenRefused(Exception):
    """The token endpoint says no: OAuth's class of the error, and Zoom's reason."""

    def __init__(self, error: str, reason: str) -> None:
        super().__init__(reason)
        self.error = error
        self.reason = reason

    def answer(self) -> Response:
        """Return the HTTP answer."""
        return json_answer({"reason": self.reason, "error": self.error}, 400)


def invalid_fields(*fields: str) -> Refused:
    """Refuse a body because of these fields, named by their dotted paths."""
    errors = [{"field": name, "message": "Invalid field."} for name in dict.fromkeys(fields)]
    return Refused(400, 300, "Validation Failed.", errors=errors)


def invalid_parameter(name: str) -> Refused:
    """Refuse a parameter of the query."""
    return Refused(400, 300, f"Invalid parameter: {name}.")


def json_answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer in JSON; None is an answer without a body."""
    if body is None:
        return Response(status=status, headers=headers, content_type=None)
    return Response(json.dumps(body), status, headers, content_type="application/json;charset=UTF-8")


def html_answer(page: str, status: int = 200) -> Response:
    """Return a page."""
    return Response(page, status, content_type="text/html;charset=utf-8")
