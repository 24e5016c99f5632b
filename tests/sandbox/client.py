"""A client of the local Zoom that is none of ours: plain HTTP."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from zoom_connector.sandbox import Person, Sandbox, seed

REDIRECT = "https://platform.example.com/oauth/callback"
SECRETS = {
    "sandbox-client": "sandbox-secret",
    "sandbox-granular-client": "sandbox-granular-secret",
    "sandbox-full-client": "sandbox-full-secret",
    "sandbox-admin-client": "sandbox-admin-secret",
    "sandbox-server-client": "sandbox-server-secret",
}
VERIFIER = "verifier-of-a-test-that-is-long-enough-for-the-rfc"


def challenge(verifier: str = VERIFIER) -> str:
    """The S256 challenge of RFC 7636, 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def session() -> requests.Session:
    """A session that knows nothing of this machine's proxies."""
    plain = requests.Session()
    plain.trust_env = False
    return plain


def authorize_url(zoom: Sandbox, client_id: str = seed.CLIENT_ID, **changed: str | None) -> str:
    """The address of the consent page; a parameter that is None is left out."""
    fields = {"response_type": "code", "client_id": client_id, "redirect_uri": REDIRECT, **changed}
    return (
        f"{zoom.url}/oauth/authorize?{urlencode({name: value for name, value in fields.items() if value is not None})}"
    )


def code_of(location: str) -> str:
    """The code in a redirect."""
    return parse_qs(urlsplit(location).query)["code"][0]


def ask_token(zoom: Sandbox, client_id: str = seed.CLIENT_ID, **form: str) -> requests.Response:
    """Ask the token endpoint."""
    with session() as http:
        return http.post(f"{zoom.url}/oauth/token", data=form, auth=(client_id, SECRETS[client_id]), timeout=10)


def sign_in(zoom: Sandbox, email: str = seed.HOST, client_id: str = seed.CLIENT_ID, *, share: bool = False) -> Any:
    """Authorize as this user and exchange the code; returns the answer of the token endpoint."""
    location = Person(zoom.url, email).authorize(authorize_url(zoom, client_id), share_access=share)
    form = {"grant_type": "authorization_code", "code": code_of(location), "redirect_uri": REDIRECT}
    return ask_token(zoom, client_id, **form).json()


@dataclass
class Client:
    """Calls the API with one token."""

    zoom: Sandbox
    token: str = field(repr=False)

    @classmethod
    def of(cls, zoom: Sandbox, email: str = seed.HOST, client_id: str = seed.CLIENT_ID) -> "Client":
        return cls(zoom, sign_in(zoom, email, client_id)["access_token"])

    def __call__(self, method: str, path: str, body: Any = None, **query: str | int) -> requests.Response:
        url = path if path.startswith("http") else f"{self.zoom.url}/v2{path}"
        return self.send(method, url, json=body, params=query)

    def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, **more: Any) -> requests.Response:
        with session() as http:
            authorization = {"Authorization": f"Bearer {self.token}"}
            return http.request(method, url, headers={**authorization, **(headers or {})}, timeout=10, **more)

    def create(self, **body: Any) -> Any:
        """Create a meeting for the user of the token."""
        return self("POST", "/users/me/meetings", body).json()


def said(answer: requests.Response) -> tuple[int, int, str]:
    """How Zoom says no: status, code and text."""
    return answer.status_code, answer.json()["code"], answer.json()["message"]


def wrong(answer: requests.Response) -> list[str]:
    """The fields that a refusal names."""
    return [error["field"] for error in answer.json()["errors"]]
