"""`connect`: through the real pages, with a browser in which somebody clicks at once."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen

from zoom_connector.sandbox import Person, Sandbox, seed

from .conftest import Browser, Cli, free_port, started


@contextmanager
def pasting(cli: Cli) -> Iterator[tuple["Popen[str]", str]]:
    """Start to connect on a machine without a browser, and give the address to open elsewhere."""
    with started("connect", "sales", "--paste", "--port", free_port(), env=cli.env) as process:
        assert process.stderr is not None
        yield (
            process,
            next(found[0] for line in process.stderr if (found := re.search(r"http://\S+/oauth/authorize\S+", line))),
        )


def test_somebody_signs_in_with_a_browser(cli: Cli, zoom: Sandbox, browser: Browser) -> None:
    browser(Person(zoom.url, seed.HOST).authorize)
    port = free_port()

    result = cli("connect", "sales", "--port", port)

    assert result.exit_code == 0, result.output
    assert f"    http://127.0.0.1:{port}/oauth/callback\n" in result.stderr
    assert result.stdout == (
        "sales is connected as host@example.com.\n"
        "Scopes: meeting:write, recording:read, user_info:read\n"
        "Try it:\n"
        "    zoom-connector run get_my_user -c sales\n"
    )


def test_with_json_only_the_connection_is_printed(cli: Cli, zoom: Sandbox, browser: Browser) -> None:
    browser(Person(zoom.url, seed.HOST).authorize)

    result = cli("connect", "sales", "--json", "--port", free_port())

    connected = json.loads(result.stdout)
    assert connected.pop("since")
    assert connected == {
        "name": "sales",
        "user": "host@example.com",
        "account": seed.ACCOUNT_ID,
        "state": "active",
        "scopes": ["meeting:write", "recording:read", "user_info:read"],
        "missing_scopes": [],
        "lost_scopes": [],
        "renewed": [],
    }


def test_somebody_is_prepared_for_each_page_that_zoom_may_show(cli: Cli, zoom: Sandbox, browser: Browser) -> None:
    browser(Person(zoom.url, seed.HOST).authorize)

    result = cli("connect", "sales", "--port", free_port())

    pages = ("Authorize", "Pre-approve", "Request pre-approval", "OAuth Redirect URL", "OAuth Allow List")
    assert [page for page in pages if f'"{page}"' not in result.stderr] == []
    assert 'zoom-connector connect sales --refused "You cannot authorize ..."' in result.stderr


def test_without_a_browser_the_redirect_is_pasted(cli: Cli, zoom: Sandbox) -> None:
    with pasting(cli) as (process, url):
        redirect = Person(zoom.url, seed.HOST).authorize(url)
        out, _ = process.communicate(f"{redirect}\n", timeout=30)

    assert (process.returncode, out.splitlines()[0]) == (0, "sales is connected as host@example.com.")


def test_what_is_pasted_must_be_an_address(cli: Cli) -> None:
    with pasting(cli) as (process, _):
        out, err = process.communicate("abc\n", timeout=30)

    assert (process.returncode, out) == (2, "")
    assert "That is no address" in err


def test_the_secret_of_a_persons_own_app_is_read_from_standard_input(cli: Cli, zoom: Sandbox, browser: Browser) -> None:
    browser(Person(zoom.url, seed.HOST).authorize)
    own_app = ("--client-id", "sandbox-granular-client", "--port", free_port())

    result = cli("connect", "sales", *own_app, input="sandbox-granular-secret\n")

    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "sales is connected as host@example.com.")
    assert "meeting:write:meeting" in result.stdout
    assert "sandbox-granular-secret" not in result.output


def test_an_app_of_ones_own_without_its_secret_is_wrong_usage(cli: Cli) -> None:
    result = cli("connect", "sales", "--client-id", "sandbox-granular-client", input="")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "The client secret is missing; write it to standard input, as its first line.\n"


def test_the_same_user_again_renews_the_other_connections(connected: Cli, zoom: Sandbox, browser: Browser) -> None:
    browser(Person(zoom.url, seed.HOST).authorize)

    result = connected("connect", "reports", "--port", free_port())

    assert "The same Zoom user is behind sales; that works again as well.\n" in result.stdout


def test_another_user_takes_over_a_name_only_when_told(connected: Cli, zoom: Sandbox, browser: Browser) -> None:
    browser(Person(zoom.url, seed.COLLEAGUE).authorize)

    refused = connected("connect", "sales", "--json", "--port", free_port())
    users = [each["user"] for each in json.loads(connected("connections", "--json").stdout)]
    last_asked = zoom.requests[-1].path
    replaced = connected("connect", "sales", "--replace", "--json", "--port", free_port())

    assert (refused.exit_code, json.loads(refused.stdout)["code"], users) == (3, "connection_exists", [seed.HOST])
    assert last_asked == "/oauth/revoke"
    assert (replaced.exit_code, json.loads(replaced.stdout)["user"]) == (0, seed.COLLEAGUE)


def test_a_declined_sign_in_is_explained(cli: Cli, zoom: Sandbox, browser: Browser) -> None:
    browser(Person(zoom.url, seed.HOST).decline)

    result = cli("connect", "sales", "--json", "--port", free_port())

    assert (result.exit_code, json.loads(result.stdout)["code"]) == (3, "sign_in_declined")


def test_nobody_coming_back_in_time_is_explained(cli: Cli) -> None:
    result = cli("connect", "sales", "--no-browser", "--timeout", "1", "--json", "--port", free_port())

    assert (result.exit_code, json.loads(result.stdout)["code"]) == (3, "sign_in_timeout")


def test_a_port_in_use_is_explained(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = cli("connect", "sales", "--json", "--port", str(taken.getsockname()[1]))

    assert (result.exit_code, json.loads(result.stdout)["code"]) == (3, "port_in_use")


def test_without_an_app_somebody_is_told_what_to_set(cli: Cli) -> None:
    nameless = Cli({**cli.env, "ZOOM_CONNECTOR_CLIENT_ID": "", "ZOOM_CONNECTOR_CLIENT_SECRET": ""})

    result = nameless("connect", "sales", "--port", free_port())

    assert (result.exit_code, result.stdout) == (3, "")
    assert "ZOOM_CONNECTOR_CLIENT_ID" in result.stderr


def test_a_report_of_zooms_page_becomes_a_letter_without_asking_zoom(cli: Cli, zoom: Sandbox) -> None:
    result = cli("connect", "sales", "--refused", "You cannot authorize Sandbox automation", "--for", "create_meeting")

    assert (result.exit_code, zoom.requests) == (3, [])
    subject = "Please approve an app in the Zoom App Marketplace: Sandbox automation"
    assert result.stdout.startswith(f"{subject}\n\nHello,\n")
    assert "Client ID: sandbox-client\n" in result.stdout
    assert "meeting:write:meeting. Reason: Create meeting: " in result.stdout


def test_a_report_of_something_else_is_explained_without_a_letter(cli: Cli) -> None:
    result = cli("connect", "sales", "--refused", "Invalid redirect: https://example.com (4,700)", "--json")

    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["code"], answer["approval_request"]) == (3, "redirect_mismatch", None)


def test_a_sign_in_that_nobody_finished_ends_with_a_letter(cli: Cli, zoom: Sandbox) -> None:
    result = cli("connect", "sales", "--no-browser", "--timeout", "1", "--port", free_port())

    assert result.exit_code == 3
    assert "Client ID: sandbox-client\n" in result.stdout
    link = next(line.rpartition(" ")[2] for line in result.stdout.splitlines() if "/oauth/authorize?" in line)
    assert "Sandbox automation" in Person(zoom.url, seed.ADMIN).read(link)
