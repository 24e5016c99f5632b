import socket
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest
from oauth.world import World

from zoom_connector.errors import SignInFailed
from zoom_connector.oauth.loopback import Loopback
from zoom_connector.sandbox import Person


def browse(url: str) -> str:
    with build_opener(ProxyHandler({})).open(url, timeout=10) as answer:
        page: bytes = answer.read()
        return page.decode()


def test_a_browser_that_comes_back_completes_the_sign_in(world: World) -> None:
    with Loopback() as loopback:
        begun = world.sign_ins.begin("sales", world.app, redirect_uri=loopback.redirect_uri)
        Person(world.zoom.url, "host@example.com").authorize(begun.url)
        connected = world.sign_ins.finish(loopback.wait(30))

    assert connected.connection.grant.person.email == "host@example.com"


def test_the_redirect_is_on_this_machine_only() -> None:
    with Loopback() as loopback:
        port = loopback.redirect_uri.removeprefix("http://127.0.0.1:").removesuffix("/oauth/callback")

    assert port.isdigit()


def test_the_page_repeats_nothing_of_the_address() -> None:
    with Loopback() as loopback:
        page = browse(f"{loopback.redirect_uri}?code=the-code&state=the-state&error=<b>")
        arrived = loopback.wait(30)

    assert [text for text in ("the-code", "the-state", "<b>") if text in page] == []
    assert arrived == f"{loopback.redirect_uri}?code=the-code&state=the-state&error=<b>"


def test_a_callback_without_state_is_told_how_to_start_and_the_wait_goes_on() -> None:
    with Loopback() as loopback:
        page = browse(f"{loopback.redirect_uri}?code=from-the-marketplace")
        browse(f"{loopback.redirect_uri}?code=abc&state=def")

        assert loopback.wait(30).endswith("?code=abc&state=def")
    assert "zoom-connector connect" in page


def test_a_browser_that_asks_for_something_else_does_not_end_the_wait() -> None:
    with Loopback() as loopback:
        with pytest.raises(HTTPError) as caught:
            browse(loopback.redirect_uri.replace("/oauth/callback", "/favicon.ico"))
        browse(f"{loopback.redirect_uri}?code=abc&state=def")

        assert loopback.wait(30).endswith("?code=abc&state=def")
    with caught.value as answer:
        assert answer.code == 404


def test_a_connection_that_sends_nothing_holds_nobody_up() -> None:
    with Loopback() as loopback:
        host, port = loopback.redirect_uri.removeprefix("http://").partition("/")[0].split(":")
        with socket.create_connection((host, int(port))):
            browse(f"{loopback.redirect_uri}?code=abc&state=def")

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
