"""Commands that only read manifests: what there is, what one thing looks like, what a failure means."""

import sys
from typing import Annotated

import typer

from ...calls import Call
from ...catalogue import Action
from ...examples import example_command
from ...reference_parts import kind
from ...scope_sets import calls_of
from ...trigger import Trigger
from ...types import Schema
from .. import facts
from .caller import catalogue, load, words
from .output import AsJson, console, print_json, refuse, say, show_command, table


def triggers(as_json: AsJson = False) -> None:
    """List what can start a workflow."""
    found = list(catalogue().triggers.values())
    if as_json:
        print_json([facts.summary(trigger) for trigger in found])
    elif found:
        heads = [words("Trigger"), words("What happened")]
        console().print(table(heads, [(each.key, each.description) for each in found]))
    else:
        say(words("There are no triggers yet."))


def describe(
    key: Annotated[str, typer.Argument(help="An action or a trigger, such as create_meeting.")], as_json: AsJson = False
) -> None:
    """Show the fields, outputs and scopes of one action or trigger."""
    found = catalogue().triggers.get(key) or load().action(key)
    if as_json:
        print_json(facts.description(found))
    elif isinstance(found, Trigger):
        _print_trigger(found)
    else:
        _print_action(found)


def explain(
    text: Annotated[
        list[str], typer.Argument(help="A text, number or address that Zoom showed; - reads it from input.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say what a failure means, who can mend it and how."""
    from ...explain import explain as explanation_of
    from .explanations import print_explanation

    wanted = sys.stdin.read() if text == ["-"] else " ".join(text)
    if not wanted.strip():
        refuse(words("There is no text to explain; write it after the command, in quotes."))
    explanation = explanation_of(wanted, catalogue().errors)
    if as_json:
        print_json(explanation.as_dict())
    else:
        print_explanation(explanation)


def _print_trigger(trigger: Trigger) -> None:
    say(f"{trigger.title} ({trigger.key})", style="bold")
    events = trigger.events or words("none, it asks Zoom now and then")
    say(trigger.description)
    say(words("Zoom's events: {events}", events=events))
    console().print(table(_heads(words("Output")), _rows(trigger.outputs), title=words("Outputs")))


def _print_action(action: Action) -> None:
    say(f"{action.title} ({action.key})", style="bold")
    say(action.description)
    for word in action.requires:
        say(words("Needs: {requirement}", requirement=catalogue().identity.requirements[word]["description"]))
    groups = dict.fromkeys(_group(inner) for inner in action.inputs.get("properties", {}).values())
    for group in groups:
        rows = _rows(action.inputs, group=group)
        title = group or words("Fields (* must be filled in)")
        console().print(table(_heads(words("Field")), rows, title=title))
    outputs = _rows(action.outputs)
    if outputs:
        console().print(table(_heads(words("Output")), outputs, title=words("Outputs")))
    for call in calls_of(action):
        needed = {"method": call.method, "path": call.path, "scopes": _scopes(call)}
        optional = words("Scopes for {method} {path}: {scopes} (optional)", **needed)
        say(optional if call.optional else words("Scopes for {method} {path}: {scopes}", **needed))
    say("\n" + words("Try it:"))
    show_command(example_command(action))


def _heads(first: str) -> list[str]:
    return [first, words("Type"), words("What it is")]


def _scopes(call: Call) -> str:
    return f" {words('or')} ".join([*call.scopes.classic, *call.scopes.granular]) or words("none known")


def _group(schema: Schema) -> str:
    return words("Advanced") if schema.get("advanced") else str(schema.get("group", ""))


def _rows(schema: Schema, *, group: str | None = None) -> list[tuple[str, str, str]]:
    required = schema.get("required", ())
    return [
        (f"{name}{' *' if name in required else ''}", kind(inner, catalogue().words), _meaning(inner))
        for name, inner in schema.get("properties", {}).items()
        if group is None or _group(inner) == group
    ]


def _meaning(schema: Schema) -> str:
    choices = ", ".join(f"{choice['const']} = {choice['title']}" for choice in schema.get("oneOf", ()))
    parts = [f"{schema.get('title', '')}.", schema.get("description", ""), f"{choices}." if choices else ""]
    if "lookup" in schema:
        parts.append(words("Values come from {action}.", action=schema["lookup"]["action"]))
    return " ".join(part for part in parts if part.strip("."))
