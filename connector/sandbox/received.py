"""What was asked of the local Zoom, for a test to look at afterwards; never a token."""

from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request

_SECRET = frozenset({"access_token", "code", "code_verifier", "refresh_token", "token", "client_secret"})


@dataclass(frozen=True)
class Received:
    """One request."""

    method: str
    path: str
    """As it came, percent-encoding and all."""
    template: str
    """Which operation it is, such as `/users/{userId}/meetings`; the path itself where there is none."""
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    """Fields of a form, without those that are secret."""
    json: Any = None
    range: str | None = None
    status: int | None = None
    """What was answered; None while nothing is, and for ever if the connection was reset before."""


def received(request: Request, path: str, template: str) -> Received:
    """Write down a request, without headers and without any field that may hold a token."""
    return Received(
        method=request.method,
        path=path,
        template=template,
        query={name: value for name, value in request.args.items() if name not in _SECRET},
        form={name: value for name, value in request.form.items() if name not in _SECRET},
        json=request.get_json(silent=True),
        range=request.headers.get("Range"),
    )
