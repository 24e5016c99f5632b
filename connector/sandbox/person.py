"""A person with a browser, for signing in without one."""

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

    def authorize(self, authorize_url: str, *, share_access: bool = False) -> str:
        """Click "Authorize" and follow the redirect.

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
        if not authorize_url.startswith(f"{self._zoom_url}/"):
            raise ValueError("not a page of this local Zoom")
        page = _Page()
        page.feed(_send(f"{authorize_url}&{urlencode({'as': self._email})}")[1])
        return page

    def _click(self, authorize_url: str, decision: str, fields: dict[str, str]) -> str:
        page = self._page(authorize_url)
        if decision not in page.decisions:
            raise ConsentRefused(page.text)
        location, _ = _send(authorize_url.partition("?")[0], {**page.fields, **fields, "decision": decision})
        if location and urlsplit(location).hostname == "127.0.0.1":
            _send(location)
        return location


class _Page(HTMLParser):
    """The text of a page, its hidden fields and its buttons."""

    def __init__(self) -> None:
        super().__init__()
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


def _send(url: str, form: dict[str, str] | None = None) -> tuple[str, str]:
    """Fetch a page, or send a form to it; return where the answer redirects to ("" if it does not) and its text."""
    parts = urlsplit(url)
    # http.client follows no redirects and knows no proxies, which is just right here.
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_TIMEOUT)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if form is None:
            connection.request("GET", path)
        else:
            connection.request("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.getheader("Location", ""), answer.read().decode()
    finally:
        connection.close()
