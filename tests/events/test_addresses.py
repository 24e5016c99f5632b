"""No sink leads into the host's own network, however its address is written."""

from collections.abc import Sequence

import pytest

from zoom_connector.errors import InvalidInputs
from zoom_connector.events.addresses import Destination, destination, is_public, resolve

PUBLIC = "93.184.215.14"


def to(*addresses: str) -> "Names":
    return Names(addresses)


class Names:
    """A name server that knows one answer and notes what it was asked."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses = addresses
        self.asked: list[tuple[str, int]] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        return self.addresses


def refusal(url: str, names: Names, *, private: bool = False) -> str:
    with pytest.raises(InvalidInputs) as caught:
        destination(url, private=private, resolve=names)
    assert "example-key" not in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    "address", ["8.8.8.8", PUBLIC, "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address) is True


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104 (not bound to)
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001::1",
        "2001:db8::1",
        "100::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700:4700::1111%eth0",
        "fec0::1",
        "ff02::1",
        "4000::1",
        "no address",
        "",
    ],
)
def test_an_address_that_the_host_alone_may_reach_is_not_public(address: str) -> None:
    assert is_public(address) is False


def test_a_destination_is_what_a_request_needs() -> None:
    names = to(PUBLIC, "2606:4700:4700::1111", PUBLIC)

    found = destination("https://hooks.example.com/a/b?key=example-key#part", private=False, resolve=names)

    assert found == Destination(
        "https",
        "hooks.example.com",
        443,
        "hooks.example.com",
        "/a/b?key=example-key",
        (PUBLIC, "2606:4700:4700::1111"),
    )
    assert names.asked == [("hooks.example.com", 443)]
    assert "example-key" not in repr(found)


def test_a_port_and_an_address_in_brackets_are_understood() -> None:
    found = destination("https://[2606:4700:4700::1111]:8443", private=False, resolve=to("2606:4700:4700::1111"))

    assert (found.host, found.port, found.netloc, found.path) == (
        "2606:4700:4700::1111",
        8443,
        "[2606:4700:4700::1111]:8443",
        "/",
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.com/a",
        "http://hooks.example.com/a",
        "ftp://hooks.example.com/a",
        "file:///etc/passwd",
        "https://",
        "https:///a",
        "https://user:example-key@hooks.example.com/",
        "https://hooks.example.com:0/",
        "https://hooks.example.com:99999/",
        "https://[::1/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_https_address_is_refused_before_anything_is_looked_up(url: str) -> None:
    names = to(PUBLIC)

    assert (refusal(url, names), names.asked) == ("sink_url_invalid", [])


@pytest.mark.parametrize("url", ["https://hooks.example.com/?key=example-key", "https://127.0.0.1/", "https://[::1]/"])
def test_one_private_address_among_those_of_a_name_is_enough_to_refuse_it(url: str) -> None:
    assert refusal(url, to(PUBLIC, "10.0.0.1")) == "sink_private"


@pytest.mark.parametrize("written", ["https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://0/"])
def test_an_address_in_disguise_is_seen_through(written: str) -> None:
    with pytest.raises(InvalidInputs) as caught:
        destination(written, private=False, resolve=resolve)

    assert caught.value.code in ("sink_private", "sink_host_unknown")


def test_a_name_that_nobody_knows_is_refused() -> None:
    def nobody(host: str, port: int) -> Sequence[str]:
        raise OSError

    with pytest.raises(InvalidInputs) as caught:
        destination("https://hooks.example.com/", private=False, resolve=nobody)

    assert (caught.value.code, refusal("https://hooks.example.com/", to())) == (
        "sink_host_unknown",
        "sink_host_unknown",
    )


def test_where_private_sinks_are_allowed_plain_http_and_this_machine_will_do() -> None:
    found = destination("http://localhost:5678/hook", private=True, resolve=to("127.0.0.1"))

    assert found == Destination("http", "localhost", 5678, "localhost:5678", "/hook", ("127.0.0.1",))
    assert refusal("ftp://localhost/", to("127.0.0.1"), private=True) == "sink_url_invalid"
