"""`connect`: through the real pages, with a browser that is a program here."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from zoom_connector.sandbox import Person, Sandbox, seed

from .conftest import PROGRAM, Cli


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


def browser_of(email: str, zoom: Sandbox, folder: Path, click: str = "authorize") -> dict[str, str]:
    """Make a browser in which somebody signs in at once; Python's `webbrowser` reads its name from `BROWSER`."""
    script = folder / "browser.py"
    script.write_text(
        f"import sys\nfrom zoom_connector.sandbox import Person\nPerson({zoom.url!r}, {email!r}).{click}(sys.argv[1])\n"
    )
    return {"BROWSER": f"{sys.executable} {script} %s"}


def connect(cli: Cli, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, "connect", *arguments]
    return subprocess.run(
        command, env={**cli.env, **env}, input="", capture_output=True, text=True, timeout=60, check=False
    )


@contextmanager
def connecting(cli: Cli, *arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Start to connect without a browser, and give the address that one should open."""
    command = [*PROGRAM, "connect", *arguments, "--no-browser"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=cli.env, text=True, **pipes) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        if "--client-id" in arguments:
            process.stdin.write("sandbox-granular-secret\n")
            process.stdin.flush()
        url = next(found[0] for line in process.stderr if (found := re.search(r"http://\S+/oauth/authorize\S+", line)))
        yield process, url
        process.kill()


def test_somebody_signs_in_with_a_browser(cli: Cli, zoom: Sandbox, tmp_path: Path, port: int) -> None:
    result = connect(cli, "sales", "--port", str(port), **browser_of(seed.HOST, zoom, tmp_path))

    assert result.returncode == 0, result.stderr
    assert f"    http://127.0.0.1:{port}/oauth/callback\n" in result.stderr
    assert result.stdout == (
        "sales is connected as host@example.com.\n"
        "Scopes: meeting:write, recording:read, user_info:read\n"
        "Try it:\n"
        "    zoom-connector run get_my_user -c sales\n"
    )


def test_with_json_only_the_connection_is_printed(cli: Cli, zoom: Sandbox, tmp_path: Path, port: int) -> None:
    result = connect(cli, "sales", "--json", "--port", str(port), **browser_of(seed.HOST, zoom, tmp_path))

    connected = json.loads(result.stdout)
    assert connected.pop("since")
    assert connected == {
        "name": "sales",
        "user": "host@example.com",
        "account": seed.ACCOUNT_ID,
        "state": "active",
        "scopes": ["meeting:write", "recording:read", "user_info:read"],
        "missing_scopes": [],
        "renewed": [],
    }


def test_without_a_browser_the_redirect_is_pasted(cli: Cli, zoom: Sandbox, port: int) -> None:
    with connecting(cli, "sales", "--paste", "--port", str(port)) as (process, url):
        redirect = Person(zoom.url, seed.HOST).authorize(url)
        out, _ = process.communicate(f"{redirect}\n", timeout=30)

    assert (process.returncode, out.splitlines()[0]) == (0, "sales is connected as host@example.com.")


def test_what_is_pasted_must_be_an_address(cli: Cli, port: int) -> None:
    with connecting(cli, "sales", "--paste", "--port", str(port)) as (process, _):
        out, err = process.communicate("abc\n", timeout=30)

    assert (process.returncode, out) == (2, "")
    assert "That is no address" in err


def test_the_secret_of_a_persons_own_app_is_read_from_standard_input(cli: Cli, zoom: Sandbox, port: int) -> None:
    own_app = ("--client-id", "sandbox-granular-client", "--port", str(port))
    with connecting(cli, "sales", *own_app) as (process, url):
        Person(zoom.url, seed.HOST).authorize(url)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out.splitlines()[0]) == (0, "sales is connected as host@example.com.")
    assert "sandbox-granular-secret" not in out + err


def test_the_same_user_again_renews_the_other_connections(
    connected: Cli, zoom: Sandbox, tmp_path: Path, port: int
) -> None:
    result = connect(connected, "reports", "--port", str(port), **browser_of(seed.HOST, zoom, tmp_path))

    assert "The same Zoom user is behind sales; that works again as well.\n" in result.stdout


def test_another_user_takes_over_a_name_only_when_told(
    connected: Cli, zoom: Sandbox, tmp_path: Path, port: int
) -> None:
    browser = browser_of(seed.COLLEAGUE, zoom, tmp_path)

    refused = connect(connected, "sales", "--json", "--port", str(port), **browser)
    users = [each["user"] for each in json.loads(connected("connections", "--json").stdout)]
    replaced = connect(connected, "sales", "--replace", "--json", "--port", str(port), **browser)

    assert (refused.returncode, json.loads(refused.stdout)["code"], users) == (3, "connection_exists", [seed.HOST])
    assert (replaced.returncode, json.loads(replaced.stdout)["user"]) == (0, seed.COLLEAGUE)


def test_a_declined_sign_in_is_explained(cli: Cli, zoom: Sandbox, tmp_path: Path, port: int) -> None:
    browser = browser_of(seed.HOST, zoom, tmp_path, click="decline")

    result = connect(cli, "sales", "--json", "--port", str(port), **browser)

    assert (result.returncode, json.loads(result.stdout)["code"]) == (3, "sign_in_declined")


def test_nobody_coming_back_in_time_is_explained(cli: Cli, port: int) -> None:
    result = connect(cli, "sales", "--no-browser", "--timeout", "1", "--json", "--port", str(port))

    assert (result.returncode, json.loads(result.stdout)["code"]) == (3, "sign_in_timeout")


def test_a_port_in_use_is_explained(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = connect(cli, "sales", "--json", "--port", str(taken.getsockname()[1]))

    assert (result.returncode, json.loads(result.stdout)["code"]) == (3, "port_in_use")


def test_without_an_app_somebody_is_told_what_to_set(cli: Cli, port: int) -> None:
    nameless = Cli({**cli.env, "ZOOM_CONNECTOR_CLIENT_ID": "", "ZOOM_CONNECTOR_CLIENT_SECRET": ""})

    result = connect(nameless, "sales", "--port", str(port))

    assert (result.returncode, result.stdout) == (3, "")
    assert "ZOOM_CONNECTOR_CLIENT_ID" in result.stderr
