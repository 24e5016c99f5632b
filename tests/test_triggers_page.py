"""What docs/triggers.md shows is true: its receiver takes what is delivered, and its commands and figures exist."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from events.receiver import receiving
from standardwebhooks import WebhookVerificationError

from zoom_connector.clock import SystemClock
from zoom_connector.events.health import Endpoint, Health
from zoom_connector.events.messages import Message
from zoom_connector.events.sinks import Sinks
from zoom_connector.hosts.cli.commands import app
from zoom_connector.hosts.http.metrics import Figures
from zoom_connector.store.feed import Sink

PAGE = (Path(__file__).parent.parent / "docs" / "triggers.md").read_text(encoding="utf-8")
SECRET = "whsec_ZXhhbXBsZS1zZWNyZXQtb2Ytc2luaw=="
MESSAGE = Message("msg_1", "recording_completed", "2030-01-07T09:50:00Z", {"topic": "Weekly review"}, "sub_1", "sales")


@pytest.fixture
def receive() -> Callable[..., Any]:
    """The receiver of the page."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - it is our own documentation
    function: Callable[..., Any] = names["receive"]
    return function


def test_the_receiver_takes_a_message_once_and_nothing_that_is_forged(receive: Callable[..., Any]) -> None:
    sinks, seen = Sinks(SystemClock(), private=True, resolve=lambda host, port: ["127.0.0.1"]), set[str]()
    with receiving() as receiver:
        for _ in range(2):
            sinks.hand_over(Sink("https", receiver.url(), SECRET), MESSAGE)

    first, second = [receive(got.body, got.headers, SECRET, seen) for got in receiver.got]

    assert (first["type"], first["data"], second) == ("recording_completed", {"topic": "Weekly review"}, None)
    with pytest.raises(WebhookVerificationError):
        receive(receiver.got[0].body.replace(b"Weekly", b"Weakly"), receiver.got[0].headers, SECRET, set())


def test_every_command_on_the_page_is_there_with_its_options() -> None:
    commands = typer.main.get_group(app).commands
    shown = re.findall(r"zoom-connector ([a-z-]+)((?: [^`\n]*)?)", PAGE)

    assert {name for name, _ in shown} - commands.keys() == set()
    for name, rest in shown:
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z][a-z-]+", rest.partition("#")[0])) - known == set(), name


def test_every_figure_on_the_page_is_there() -> None:
    looked = Health([Endpoint("a", None, None, overdue=False)], [])
    figures = {family.name for family in Figures(lambda: looked).collect()}

    for named in re.findall(r"`zoom_connector_(\w+)`", PAGE):
        assert f"zoom_connector_{named}" in figures
    for ending in re.findall(r"`…(_\w+)`", PAGE):
        assert any(figure.endswith(ending) for figure in figures | {"zoom_connector_webhook_answer_seconds"}), ending
