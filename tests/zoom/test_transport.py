"""Failures before and after a request went out, and how they are told apart."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zoom_connector.zoom.transport import NoAnswer, exchange

from .foreign import LOST, START, Server


def told(session: requests.Session, url: str) -> tuple[str, bool]:
    with pytest.raises(NoAnswer) as caught:
        exchange(session, "POST", url, token="example", timeout=(0.5, 0.2))
    return caught.value.code, caught.value.sent


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken, but nobody listens on it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def self_signed(tmp_path: Path) -> Iterator[str]:
    """A server whose certificate nobody knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    valid = builder.not_valid_before(START - timedelta(days=9000)).not_valid_after(START + timedelta(days=9000))
    certificate = valid.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "server.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain) + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")

    def refuse(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, pytest.raises(OSError):  # noqa: PT011 (the client breaks off, each platform in its own words)
            context.wrap_socket(connection, server_side=True).recv(1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=refuse, args=[listener])
        thread.start()
        yield f"https://localhost:{listener.getsockname()[1]}"
        thread.join()


def test_a_refused_connection_sent_nothing(session: requests.Session, closed_port: int) -> None:
    assert told(session, f"http://127.0.0.1:{closed_port}") == ("zoom_unreachable", False)


def test_an_unknown_host_was_sent_nothing(session: requests.Session) -> None:
    session.trust_env = False  # a proxy would answer in its place

    assert told(session, "http://nobody.invalid") == ("zoom_unreachable", False)


def test_an_unreachable_proxy_was_sent_nothing(session: requests.Session, server: Server, closed_port: int) -> None:
    session.proxies = {"http": f"http://127.0.0.1:{closed_port}"}

    assert (told(session, server.url), server.seen) == (("zoom_unreachable", False), [])


def test_a_server_with_a_wrong_certificate_was_sent_nothing(session: requests.Session, self_signed: str) -> None:
    assert told(session, self_signed) == ("zoom_unreachable", False)


def test_a_connection_that_broke_may_have_carried_the_request(session: requests.Session, server: Server) -> None:
    server.script(LOST)

    assert told(session, server.url) == ("zoom_unreachable", True)


def test_an_answer_that_takes_too_long_may_still_come(session: requests.Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert told(session, f"http://127.0.0.1:{silent.getsockname()[1]}") == ("zoom_timeout", True)


def test_a_reused_connection_that_breaks_proves_nothing(session: requests.Session, server: Server) -> None:
    exchange(session, "GET", server.url, token=None, timeout=(1, 1))
    server.script(LOST)

    assert told(session, server.url) == ("zoom_unreachable", True)
