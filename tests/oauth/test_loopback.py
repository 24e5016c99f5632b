import http.client
import socket
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest
from oauth.world import World

from zoom_connector.errors import SignInFailed
from zoom_connector.oauth.loopback import Loopback
from zoom_connector.sandbox import Person
from zoom_connector.words import Words


class Browser:
    """Keeps cookies and follows redirects, as browsers do."""

    def __init__(self) -> None:
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))

    def open(self, url: str) -> str:
        with self._opener.open(url, timeout=10) as answer:
            page: bytes = answer.read()
            return page.decode()


def browser_that_left_from(loopback: Loopback) -> Browser:
    """Open the page that leads to Zoom; here it leads back to the page that this machine shows without a state."""
    browser = Browser()
    browser.open(loopback.start(loopback.redirect_uri))
    return browser


def test_a_browser_that_comes_back_completes_the_sign_in(world: World) -> None:
    with Loopback() as loopback:
        begun = world.sign_ins.begin("sales", world.app, redirect_uri=loopback.redirect_uri)
        Person(world.zoom.url, "host@example.com").authorize(loopback.start(begun.url))
        connected = world.sign_ins.finish(loopback.wait(30))

    assert connected.connection.grant.person.email == "host@example.com"


def test_the_page_to_open_leads_to_zoom_and_leaves_a_cookie_that_only_the_way_back_carries() -> None:
    with Loopback() as loopback:
        start = urlsplit(loopback.start("https://zoom.example.com/oauth/authorize?state=abc"))
        connection = http.client.HTTPConnection(start.netloc, timeout=10)
        connection.request("GET", start.path)
        answer = connection.getresponse()
        connection.close()

    assert (answer.status, answer.getheader("Location")) == (302, "https://zoom.example.com/oauth/authorize?state=abc")
    assert answer.getheader("Set-Cookie", "").partition(";")[2] == " Path=/oauth/callback; HttpOnly; SameSite=Lax"


def test_another_browser_cannot_come_back_in_its_place() -> None:
    with Loopback() as loopback:
        browser = browser_that_left_from(loopback)
        with pytest.raises(HTTPError) as caught:
            Browser().open(f"{loopback.redirect_uri}?code=stolen&state=stolen")
        with caught.value as answer:
            page = answer.read().decode()
        browser.open(f"{loopback.redirect_uri}?code=abc&state=def")

        assert loopback.wait(30).endswith("?code=abc&state=def")
    assert (caught.value.code, "began in another browser" in page) == (403, True)


def test_the_redirect_is_on_this_machine_only() -> None:
    with Loopback() as loopback:
        port = loopback.redirect_uri.removeprefix("http://127.0.0.1:").removesuffix("/oauth/callback")

    assert port.isdigit()


def test_the_page_repeats_nothing_of_the_address() -> None:
    with Loopback() as loopback:
        page = browser_that_left_from(loopback).open(f"{loopback.redirect_uri}?code=the-code&state=the-state&error=<b>")
        arrived = loopback.wait(30)

    assert [text for text in ("the-code", "the-state", "<b>") if text in page] == []
    assert arrived == f"{loopback.redirect_uri}?code=the-code&state=the-state&error=<b>"


def test_a_callback_without_state_leads_to_the_sign_in_that_waits_and_the_wait_goes_on() -> None:
    with Loopback() as loopback:
        browser = browser_that_left_from(loopback)
        page = browser.open(f"{loopback.redirect_uri}?code=from-the-marketplace")
        browser.open(f"{loopback.redirect_uri}?code=abc&state=def")

        assert loopback.wait(30).endswith("?code=abc&state=def")
    assert '<a href="/">' in page


def test_a_callback_without_state_while_nothing_waits_is_told_how_to_start() -> None:
    with Loopback() as loopback:
        page = Browser().open(f"{loopback.redirect_uri}?code=from-the-marketplace")

    assert "zoom-connector connect" in page


def test_a_browser_that_asks_for_something_else_does_not_end_the_wait() -> None:
    with Loopback() as loopback:
        browser = browser_that_left_from(loopback)
        with pytest.raises(HTTPError) as caught:
            browser.open(loopback.redirect_uri.replace("/oauth/callback", "/favicon.ico"))
        browser.open(f"{loopback.redirect_uri}?code=abc&state=def")

        assert loopback.wait(30).endswith("?code=abc&state=def")
    with caught.value as answer:
        assert answer.code == 404


def test_a_connection_that_sends_nothing_holds_nobody_up() -> None:
    with Loopback() as loopback:
        browser = browser_that_left_from(loopback)
        host, port = loopback.redirect_uri.removeprefix("http://").partition("/")[0].split(":")
        with socket.create_connection((host, int(port))):
            browser.open(f"{loopback.redirect_uri}?code=abc&state=def")

            assert loopback.wait(30).endswith("?code=abc&state=def")


def test_no_callback_within_the_time_limit_is_a_finding_of_its_own() -> None:
    with Loopback() as loopback, pytest.raises(SignInFailed) as caught:
        loopback.wait(0.01)

    assert (caught.value.code, caught.value.params) == ("sign_in_timeout", {"seconds": 0.01})


def test_a_port_that_is_taken_is_named() -> None:
    with Loopback() as loopback:
        port = int(loopback.redirect_uri.split(":")[2].partition("/")[0])
        with pytest.raises(SignInFailed) as caught:
            Loopback(port)

    assert (caught.value.code, caught.value.params) == ("port_in_use", {"port": port})


def test_the_page_speaks_the_language_of_whoever_signs_in() -> None:
    words = Words("fr", {"Zoom has answered": "Zoom a répondu"})

    with Loopback(words=words) as loopback:
        page = browser_that_left_from(loopback).open(f"{loopback.redirect_uri}?code=abc&state=def")

    assert page.startswith('<!doctype html>\n<html lang="fr">')
    assert "<h1>Zoom a répondu</h1>" in page
