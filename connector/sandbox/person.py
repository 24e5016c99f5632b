"""A person with a browser, for signing in without one."""

from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

_TIMEOUT = 30.0


class ConsentRefused(Exception):
    """The page has no such button; the text of the exception is what the page says."""


class Person:
    """Somebody with a Zoom user, who opens the consent page and clicks on it.

    Args:
        zoom_url: origin of the local Zoom; nothing else is ever asked to sign this person in.
        email: who it is.
    """

    def __init__(self, zoom_url: str, email: str) -> None:
        self._zoom_url = zoom_url
        self._email = email
        self._cookie = ""

    def authorize(self, authorize_url: str, *, share_access: bool = False) -> str:
        """Click "Authorize" and follow the redirect.

        Args:
            authorize_url: the consent page, or a page on this machine that leads to it.
            share_access: tick "Allow this app to use my shared access permissions".

        Returns:
            The redirect with its code. On this machine it has been opened, as a browser would.

        Raises:
            ConsentRefused: Zoom does not offer it to this person.
        """
        return self._click(authorize_url, "authorize", {"shared_access": "yes"} if share_access else {})

    def decline(self, authorize_url: str) -> str:
        """Click "Decline" and follow the redirect."""
        return self._click(authorize_url, "decline", {})

    def pre_approve(self, authorize_url: str) -> None:
        """Click "Pre-approve", as an admin."""
        self._click(authorize_url, "pre_approve", {})

    def request_approval(self, authorize_url: str, reason: str) -> None:
        """Click "Request pre-approve"."""
        self._click(authorize_url, "request", {"reason": reason})

    def read(self, authorize_url: str) -> str:
        """Return what the page says."""
        return self._page(authorize_url).text

    def _page(self, authorize_url: str) -> "_Page":
        authorize_url = self._arrive(authorize_url)
        if not authorize_url.startswith(f"{self._zoom_url}/"):
            raise ValueError("not a page of this local Zoom")
        page = _Page()
        page.url = authorize_url.partition("?")[0]
        page.feed(_send(f"{authorize_url}&{urlencode({'as': self._email})}").text)
        return page

    def _arrive(self, url: str) -> str:
        """Follow a page on this machine to Zoom's, and keep its cookie for the way back."""
        if url.startswith(f"{self._zoom_url}/") or urlsplit(url).hostname != "127.0.0.1":
            return url
        start = _send(url)
        self._cookie = start.cookie
        return start.location

    def _click(self, authorize_url: str, decision: str, fields: dict[str, str]) -> str:
        page = self._page(authorize_url)
        if decision not in page.decisions:
            raise ConsentRefused(page.text)
        location = _send(page.url, {**page.fields, **fields, "decision": decision}).location
        if location and urlsplit(location).hostname == "127.0.0.1":
            _send(location, cookie=self._cookie)
        return location


class _Page(HTMLParser):
    """The text of a page, its hidden fields and its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.url = ""
        self.fields: dict[str, str] = {}
        self.decisions: set[str] = set()
        self._words: list[str] = []
        self._silent = False

    @property
    def text(self) -> str:
        return " ".join(self._words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._silent = tag == "title"
        if tag == "input" and given.get("type") == "hidden":
            self.fields[given["name"]] = given["value"]
        if tag == "button" and given.get("name") == "decision":
            self.decisions.add(given["value"])

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._silent:
            self._words.append(data.strip())


@dataclass(frozen=True)
class _Answer:
    location: str
    """Where it redirects to; empty if it does not."""
    cookie: str
    """The one that it sets, without its attributes."""
    text: str


def _send(url: str, form: dict[str, str] | None = None, *, cookie: str = "") -> _Answer:
    """Fetch a page, or send a form to it."""
    parts = urlsplit(url)
    # http.client follows no redirects and knows no proxies, which is just right here.
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_TIMEOUT)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if form is None:
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        else:
            connection.request("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        kept = answer.getheader("Set-Cookie", "").partition(";")[0]
        return _Answer(answer.getheader("Location", ""), kept, answer.read().decode())
    finally:
        connection.close()
