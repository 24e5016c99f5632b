"""Signing in through the server: the browser leaves from its page and comes back to it."""

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from e2e.world import settings_for
from hosts.http.serving import Served, serving

import zoom_connector
from zoom_connector import Connector
from zoom_connector.catalogue import Catalogue
from zoom_connector.sandbox import Person, Sandbox

HOST, COLLEAGUE = "host@example.com", "colleague@example.com"


def leave(served: Served, name: str = "sales", **more: str) -> requests.Response:
    return served.post("/oauth/start", data={"connection": name, **more}, headers={"Origin": served.address})


def consent(zoom: Sandbox, left: requests.Response, email: str = HOST) -> str:
    """Let somebody click "Authorize", and return the path that Zoom sends the browser back to."""
    arrived = urlsplit(Person(zoom.url, email).authorize(left.headers["Location"]))
    return f"{arrived.path}?{arrived.query}"


def connections(served: Served) -> dict[str, str]:
    return {connection.name: connection.user for connection in served.connector.connections()}


def test_a_browser_that_left_from_the_page_comes_back_connected(served: Served, zoom: Sandbox) -> None:
    page = served.get("/oauth/start?connection=sales").text
    back = served.get(consent(zoom, leave(served)))

    assert 'name="connection" required value="sales"' in page
    assert (back.status_code, "sales is connected" in back.text, HOST in back.text) == (200, True, True)
    assert connections(served) == {"sales": HOST}


def test_the_way_to_zoom_leaves_a_cookie_that_only_the_way_back_carries(served: Served) -> None:
    left = leave(served)

    cookie = left.headers["Set-Cookie"].partition(";")[2].lower()
    assert (left.status_code, left.headers["Cache-Control"]) == (303, "no-store")
    assert sorted(part.strip() for part in cookie.split(";")) == [
        "httponly",
        "max-age=600",
        "path=/oauth/callback",
        "samesite=lax",
    ]


def test_under_an_https_address_the_cookie_is_for_https_only(connector: Connector) -> None:
    address = "https://zoom.example.com"
    with serving(connector, address=address) as served:
        left = served.post("/oauth/start", data={"connection": "sales"}, headers={"Origin": address})

    assert "; secure" in left.headers["Set-Cookie"].lower()
    assert "redirect_uri=https%3A%2F%2Fzoom.example.com%2Foauth%2Fcallback" in left.headers["Location"]


def test_another_browser_cannot_come_back_in_its_place(served: Served, zoom: Sandbox) -> None:
    path = consent(zoom, leave(served))
    served.browser.cookies.clear()

    back = served.get(path)

    assert (back.status_code, "began in another browser" in back.text) == (403, True)
    assert connections(served) == {}


def test_two_sign_ins_in_one_browser_do_not_disturb_each_other(served: Served, zoom: Sandbox) -> None:
    first, second = leave(served, "first"), leave(served, "second")

    for left in (first, second):
        assert served.get(consent(zoom, left)).status_code == 200

    assert connections(served) == {"first": HOST, "second": HOST}


def test_a_callback_without_a_state_leads_to_the_page_that_starts(served: Served) -> None:
    back = served.get("/oauth/callback?code=from-the-marketplace")

    assert back.status_code == 200
    assert '<a href="/oauth/start">' in back.text


def test_a_person_who_declines_is_told_what_that_means(served: Served, zoom: Sandbox) -> None:
    left = leave(served)
    arrived = urlsplit(Person(zoom.url, HOST).decline(left.headers["Location"]))

    back = served.get(f"{arrived.path}?{arrived.query}")

    explanation = served.connector.explain("sign_in_declined")
    assert (back.status_code, f"<h1>{explanation.title}</h1>" in back.text) == (400, True)
    assert connections(served) == {}


def test_a_name_that_belongs_to_another_user_stays_theirs_and_the_new_grant_is_ended(
    served: Served, zoom: Sandbox
) -> None:
    served.get(consent(zoom, leave(served)))

    back = served.get(consent(zoom, leave(served), COLLEAGUE))

    explanation = served.connector.explain("connection_exists")
    assert (back.status_code, f"<h1>{explanation.title}</h1>" in back.text) == (400, True)
    assert connections(served) == {"sales": HOST}
    assert [request.status for request in zoom.requests if request.template == "/oauth/revoke"] == [200]


def test_the_page_repeats_nothing_of_the_address_as_html(served: Served) -> None:
    form = served.get("/oauth/start", params={"connection": '"><script>'}).text
    declined = leave(served)
    state = declined.headers["Location"].partition("state=")[2].partition("&")[0]
    back = served.get("/oauth/callback", params={"state": state, "error": "<script>", "code": "the-code"}).text

    assert [text for text in ("<script>", "the-code") if text in form + back] == []


def test_a_name_that_cannot_be_one_is_explained(served: Served) -> None:
    answer = leave(served, "../etc")

    assert (answer.status_code, served.connector.explain("connection_name_invalid").title in answer.text) == (400, True)


@pytest.mark.parametrize("origin", ["https://evil.example.com", "null", "http://localhost:1"])
def test_another_site_cannot_start_a_sign_in(served: Served, origin: str) -> None:
    answer = served.post("/oauth/start", data={"connection": "sales"}, headers={"Origin": origin})

    assert (answer.status_code, "Location" in answer.headers) == (403, False)


def test_with_an_api_key_only_who_knows_it_starts_a_sign_in(zoom: Sandbox, tmp_path: Path) -> None:
    settings = settings_for(zoom, tmp_path, api_key="the-key")
    with zoom_connector.load(settings=settings) as guarded, serving(guarded) as served:
        asked = 'name="key"' in served.get("/oauth/start").text
        refused = [leave(served), leave(served, key="another"), leave(served, key="é")]
        left = leave(served, key="the-key")

    assert asked
    assert [(answer.status_code, "Location" in answer.headers) for answer in refused] == [(403, False)] * 3
    assert left.headers["Location"].startswith(zoom.url)


def test_the_pages_speak_the_language_of_the_browser(served: Served) -> None:
    words = Catalogue(language="fr").words

    page = served.get("/oauth/start", headers={"Accept-Language": "fr-BE, en;q=0.5"}).text
    explained = served.get("/oauth/callback?state=unknown", headers={"Accept-Language": "fr"}).text

    assert page.startswith('<!doctype html>\n<html lang="fr">')
    assert [text for text in ("Connect to Zoom", "Name of the connection") if escape(words(text)) not in page] == []
    assert escape(words("This sign-in began in another browser")) in explained
