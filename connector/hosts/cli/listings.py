"""Commands that only read manifests: what there is, what one thing looks like, what a failure means."""

import sys
from typing import Annotated, Any

import typer

from ...calls import Call
from ...catalogue import Action, Catalogue
from ...examples import example_command
from ...reference import kind
from ...scope_sets import calls_of
from ...trigger import Trigger
from ...types import Schema
from .output import AsJson, console, print_json, refuse, say, show_command, table


def triggers(as_json: AsJson = False) -> None:
    """List what can start a workflow."""
    found = list(Catalogue().triggers.values())
    if as_json:
        print_json([summary(trigger) for trigger in found])
    elif found:
        console().print(table(["Trigger", "What happened"], [(each.key, each.description) for each in found]))
    else:
        say("There are no triggers yet.")


def describe(
    key: Annotated[str, typer.Argument(help="An action or a trigger, such as create_meeting.")], as_json: AsJson = False
) -> None:
    """Show the fields, outputs and scopes of one action or trigger."""
    from ...plugin import load

    found = Catalogue().triggers.get(key) or load().action(key)
    if as_json:
        print_json(_described(found))
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
        refuse("There is no text to explain; write it after the command, in quotes.")
    explanation = explanation_of(wanted, Catalogue().errors)
    if as_json:
        print_json(explanation.as_dict())
    else:
        print_explanation(explanation)


def summary(found: Action | Trigger) -> dict[str, Any]:
    """Return what a listing says of one action or trigger."""
    about = {"key": found.key, "resource": found.resource, "title": found.title, "description": found.description}
    return {**about, "effect": found.effect} if isinstance(found, Action) else about


def _described(found: Action | Trigger) -> dict[str, Any]:
    if isinstance(found, Trigger):
        return {**summary(found), "events": found.events, "outputs": found.outputs, "sample": found.sample}
    return {
        **summary(found),
        "requires": found.requires,
        "data": found.data,
        "inputs": found.inputs,
        "outputs": found.outputs,
        "sample": found.sample,
        "calls": [
            {
                "method": call.method,
                "path": call.path,
                "optional": call.optional,
                "scopes": {"classic": call.scopes.classic, "granular": call.scopes.granular},
            }
            for call in calls_of(found)
        ],
    }


def _print_trigger(trigger: Trigger) -> None:
    say(f"{trigger.title} ({trigger.key})", style="bold")
    say(f"{trigger.description}\nZoom's events: {', '.join(trigger.events) or 'none, it asks Zoom now and then'}")
    console().print(table(["Output", "Type", "What it is"], _rows(trigger.outputs), title="Outputs"))


def _print_action(action: Action) -> None:
    say(f"{action.title} ({action.key})", style="bold")
    say(action.description)
    for word in action.requires:
        say(f"Needs: {Catalogue().identity.requirements[word]['description']}")
    groups = dict.fromkeys(_group(inner) for inner in action.inputs.get("properties", {}).values())
    for group in groups:
        rows = _rows(action.inputs, group=group)
        console().print(table(["Field", "Type", "What it is"], rows, title=group or "Fields (* must be filled in)"))
    outputs = _rows(action.outputs)
    if outputs:
        console().print(table(["Output", "Type", "What it is"], outputs, title="Outputs"))
    for call in calls_of(action):
        say(f"Scopes for {call.method} {call.path}: {_scopes(call)}{' (optional)' if call.optional else ''}")
    say("\nTry it:")
    show_command(example_command(action))


def _scopes(call: Call) -> str:
    return " or ".join([*call.scopes.classic, *call.scopes.granular]) or "none known"


def _group(schema: Schema) -> str:
    return "Advanced" if schema.get("advanced") else schema.get("group", "")


def _rows(schema: Schema, *, group: str | None = None) -> list[tuple[str, str, str]]:
    required = schema.get("required", ())
    return [
        (f"{name}{' *' if name in required else ''}", kind(inner), _meaning(inner))
        for name, inner in schema.get("properties", {}).items()
        if group is None or _group(inner) == group
    ]


def _meaning(schema: Schema) -> str:
    choices = ", ".join(f"{choice['const']} = {choice['title']}" for choice in schema.get("oneOf", ()))
    parts = [f"{schema.get('title', '')}.", schema.get("description", ""), f"{choices}." if choices else ""]
    if "lookup" in schema:
        parts.append(f"Values come from {schema['lookup']['action']}.")
    return " ".join(part for part in parts if part.strip("."))
