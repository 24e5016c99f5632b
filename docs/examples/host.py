"""A platform in a hundred lines: finds a connector, draws the form of a step, runs it, and starts flows by a trigger.

python host.py sales form create_meeting > form.html
python host.py sales run create_meeting '{"topic": "Kick-off", "start_time": "2030-01-07T10:00:00Z"}'
python host.py sales on recording_completed
"""

import html
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import entry_points
from typing import Any

from zoom_connector import Connection, Connector, ZoomConnectorError


def find(name: str, **brought: Any) -> Connector:
    """Load a connector by its entry point, with what this platform brings: a store, a session, a clock, settings."""
    (found,) = entry_points(group="automation.connectors", name=name)
    connector: Connector = found.load()(**brought)
    return connector


def form(connection: Connection, key: str) -> Iterator[str]:
    """Draw the form of a step in HTML."""
    action = connection.connector.action(key)
    yield f"<form><h1>{html.escape(action.title)}</h1><p>{html.escape(action.description)}</p>"
    for name, field in action.inputs["properties"].items():
        label = field["title"] + (" *" if name in action.inputs.get("required", ()) else "")
        tip = html.escape(field.get("description", ""))
        line = f"<label>{html.escape(label)} {control(connection, key, name, field)}</label> <small>{tip}</small>"
        yield f"<details><summary>Advanced</summary>{line}</details>" if field.get("advanced") else f"<p>{line}</p>"
    yield "<button>Run</button></form>"


def control(connection: Connection, key: str, name: str, field: Mapping[str, Any]) -> str:
    """Draw one field; what there is to choose from comes from the manifest or from the connected account."""
    kinds = {"boolean": "checkbox", "integer": "number", "number": "number"}
    kind = "password" if field.get("secret") else kinds.get(field["type"], "text")
    choices = tuple((choice["const"], choice["title"]) for choice in field.get("oneOf", ()))
    if "lookup" in field and not field["lookup"].get("depends_on"):
        with suppress(ZoomConnectorError):  # where the connection may not ask for them, people type
            choices = connection.choices(key, name).choices
    options = "".join(f'<option value="{html.escape(str(value))}">{html.escape(label)}' for value, label in choices)
    return f'<input name="{name}" type="{kind}" list="{name}-list"><datalist id="{name}-list">{options}</datalist>'


def run(connection: Connection, key: str, inputs: Mapping[str, Any], stop: threading.Event) -> dict[str, Any]:
    """Run a step; what comes back is its outputs, or the explanation why there are none."""

    def progress(done: int, total: int | None, message: str) -> None:
        print(f"{message}: {done} of {total or '?'}", file=sys.stderr)

    try:
        return {"outputs": connection.run(key, inputs, progress=progress, stop=stop)}
    except ZoomConnectorError as failure:
        return {"failure": connection.connector.explain(failure).as_dict()}


def start_flows(connection: Connection, trigger: str, flow: Callable[[Mapping[str, Any]], object]) -> None:
    """Start a flow whenever something happens, from now on and after a restart too, while a worker runs."""
    feed, name = connection.connector.feed, f"{connection.name}.{trigger}"
    feed.register(name, lambda message: flow(message.data))
    if name not in [each.sink.target for each in feed.subscriptions()]:
        connection.subscribe(trigger, to=name)


def main(name: str, what: str, key: str, inputs: str = "{}") -> None:
    """Do what the command line says; Ctrl-C stops a run where that does no harm."""
    logging.basicConfig(level=logging.INFO)
    stop = threading.Event()
    with find("zoom") as connector, ThreadPoolExecutor() as threads:
        connection = connector.connection(name)
        if what == "form":
            print("\n".join(form(connection, key)))
        elif what == "run":
            running = threads.submit(run, connection, key, json.loads(inputs), stop)
            try:
                running.exception()  # waits until it is done
            except KeyboardInterrupt:
                stop.set()
            print(json.dumps(running.result(), indent=2))
        elif what == "on":
            start_flows(connection, key, lambda data: print(json.dumps(data)))
            with connector.feed.worker():
                stop.wait()  # until Ctrl-C


if __name__ == "__main__":
    main(*sys.argv[1:])
