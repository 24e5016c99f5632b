"""What a command line looks like that runs an action or waits for a trigger, filled in with its examples."""

import json
import shlex
from collections.abc import Sequence
from typing import Any

from .catalogue import Action
from .trigger import Trigger

_WIDTH = 72
"""Letters, so that an indent and the backslash fit into 80 columns."""


def example_command(action: Action) -> list[str]:
    """Return the words of a command that fills in what must be filled in, with the first example of each."""
    properties = action.inputs.get("properties", {})
    examples = {
        name: next(iter(properties[name].get("examples", ())), "") for name in action.inputs.get("required", ())
    }
    fields = [f"{name}={_written(value)}" for name, value in examples.items()]
    return ["zoom-connector", "run", action.key, "-c", "NAME", *fields]


def example_listening(trigger: Trigger) -> list[str]:
    """Return the words of a command that waits for a trigger, narrowed down by the first example of a filter."""
    fields: dict[str, Any] = trigger.filters.get("properties", {})
    required = trigger.filters.get("required", ())
    plain = [name for name, field in fields.items() if field["type"] == "string" and not field.get("advanced")]
    chosen = required or [name for name in ("topic",) if name in plain] or plain[:1]
    filters = [f"{name}={_written(fields[name]['examples'][0])}" for name in chosen]
    return ["zoom-connector", "listen", trigger.key, "-c", "NAME", *filters]


def command_lines(words: Sequence[str]) -> list[str]:
    """Quote a command for a shell and break it where a shell lets it be broken."""
    lines = [""]
    for word in map(_quoted, words):
        if lines[-1] and len(lines[-1]) + len(word) >= _WIDTH:
            lines[-1] += " \\"
            lines.append(f"  {word}")
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _quoted(word: str) -> str:
    name, equals, value = word.partition("=")
    return f"{name}={shlex.quote(value)}" if equals and name.replace(".", "").isidentifier() else shlex.quote(word)
