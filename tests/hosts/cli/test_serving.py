"""`serve`, as a program."""

import os
import signal
import socket
from urllib.parse import urlsplit

import pytest
import requests
from events.signed import as_bytes, ended, signature

from zoom_connector.clock import SystemClock

from .conftest import Cli, free_port, started

SECRET = "example-webhook-secret"


@pytest.fixture
def env(cli: Cli) -> dict[str, str]:
    return {**os.environ, **cli.env, "ZOOM_CONNECTOR_WEBHOOK_SECRET": SECRET}


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_the_server_takes_events_until_it_is_stopped(env: dict[str, str], stop: signal.Signals, code: int) -> None:
    said: list[str] = []
    with started("serve", "--port", "0", env=env) as process, requests.Session() as browser:
        browser.trust_env = False
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.strip())
            if line.startswith("Ctrl-C"):
                break
        address = said[0].split()[-1]
        raw, timestamp = as_bytes(ended()), str(int(SystemClock().now().timestamp()))
        sent = {"x-zm-request-timestamp": timestamp, "x-zm-signature": signature(raw, timestamp, SECRET)}
        url = f"{address}/webhooks/zoom/sandbox-client"
        answers = [browser.post(url, data=raw, headers=headers, timeout=30) for headers in (sent, {})]
        ready = browser.get(f"{address}/readyz", timeout=30).json()
        browser.close()

        process.send_signal(stop)
        out, err = process.communicate(timeout=30)

    assert [answer.status_code for answer in answers] == [200, 401]
    assert (ready["status"], ready["endpoints"][0]["app"]) == ("ready", "sandbox-client")
    assert urlsplit(address).hostname == "127.0.0.1"
    assert [url, f"{address}/oauth/callback"] == [line for line in said if line in (url, f"{address}/oauth/callback")]
    assert (process.returncode, out) == (code, "")
    assert err == "" if code < 0 else err.startswith("Stopped.")


@pytest.mark.parametrize("host", ["0.0.0.1", "::", "192.0.2.1", "zoom.example.com"])
def test_without_a_key_nobody_but_this_machine_is_served(cli: Cli, host: str) -> None:
    result = cli("serve", "--host", host, "--port", free_port())

    assert (result.exit_code, result.stdout) == (2, "")
    assert "ZOOM_CONNECTOR_API_KEY" in result.stderr


def test_a_port_in_use_is_said_in_one_sentence(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = cli("serve", "--port", str(port))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Port {port} of 127.0.0.1 cannot be used here; name another one with --port.\n"
