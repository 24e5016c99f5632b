"""The reference of all actions as Markdown pages, one for each resource, out of nothing but the manifests."""

from collections.abc import Iterator, Mapping, Sequence

from .calls import Call
from .catalogue import Action, Catalogue
from .examples import command_lines, example_command
from .scope_sets import calls_of
from .scopes import Usage, at_level
from .types import Schema

_DOES = {"read": "reads", "create": "creates", "update": "changes", "delete": "deletes"}
_KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "array": "list",
    "object": "settings",
}
_FORMATS = {"date": "day", "date-time": "time", "email": "e-mail address"}
DO_NOT_EDIT = "<!-- Written by tools/docs.py out of the manifests. -->"
"""Begins every page."""


def resources(catalogue: Catalogue) -> dict[str, list[Action]]:
    """Return the actions of every resource, in the order in which people read the resources."""
    actions: dict[str, list[Action]] = {resource: [] for resource in catalogue.identity.resources}
    for action in catalogue.actions.values():
        actions.setdefault(action.resource, []).append(action)
    return {resource: there for resource, there in actions.items() if there}


def title_of(catalogue: Catalogue, resource: str) -> str:
    """Return a resource's title; one that `connector.json` does not know is called as its folder."""
    return catalogue.identity.resources.get(resource, resource.replace("_", " ").capitalize())


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Write a page for every resource.

    Returns:
        Name of a file -> its text.
    """
    return {f"{resource}.md": _page(catalogue, resource, there) for resource, there in resources(catalogue).items()}


def overview(catalogue: Catalogue, folder: str) -> str:
    """Write the table of all actions, by resource.

    Args:
        catalogue: where the actions are.
        folder: where the pages are, as seen from the page that shows the table.
    """
    rows = [
        (
            f"[{title_of(catalogue, resource)}]({folder}/{resource}.md)",
            ", ".join(action.title for action in there),
        )
        for resource, there in resources(catalogue).items()
    ]
    return "\n".join(table(("Resource", "Actions"), rows))


def kind(schema: Schema) -> str:
    """Say in a word or two what a value is."""
    inner = schema.get("items")
    if inner is not None:
        named = "rows" if inner.get("type") == "object" else f"list of {kind(inner)}"
    else:
        named = "choice" if "oneOf" in schema else _FORMATS.get(schema.get("format", ""), "")
        if schema.get("type") == "object" and "properties" not in schema:
            named = "names and values"
        named = named or _KINDS.get(schema.get("type", ""), "anything")
    return f"{named}, secret" if schema.get("secret") else named


def _page(catalogue: Catalogue, resource: str, actions: Sequence[Action]) -> str:
    lines = [DO_NOT_EDIT, "", f"# {title_of(catalogue, resource)}", ""]
    lines += [f"- [{action.title}](#{action.key})" for action in actions]
    for action in actions:
        lines += ["", *_action(catalogue, action)]
    return "\n".join([*lines, ""])


def _action(catalogue: Catalogue, action: Action) -> Iterator[str]:
    yield f'<a id="{action.key}"></a>'
    yield from ("", f"## {action.title}", "", action.description, "")
    yield f"`{action.key}` · {_DOES[action.effect]}"
    needed = [catalogue.identity.requirements[word]["description"] for word in action.requires]
    if needed:
        yield from ("", f"Requires: {' '.join(needed)}")
    yield from ("", *_scopes(action))
    for head, schema in (("Field", action.inputs), ("Output", action.outputs)):
        yield from shown(head, schema)
    yield from ("", "```console", *prompted(command_lines(example_command(action))), "```")


def _scopes(action: Action) -> list[str]:
    if action.any_operation:
        return ["Scopes: those of the call that the step names."]
    calls = calls_of(action)
    if not calls:
        return ["Asks Zoom nothing."]
    return scopes_of(calls)


def scopes_of(calls: Sequence[Call]) -> list[str]:
    """Write the table of what some calls of Zoom need."""
    rows = [(_call(call), _alternatives(call, "user"), _alternatives(call, "admin")) for call in calls]
    return table(("Zoom is asked", "Scopes of a user-managed app", "Scopes of an admin-managed app"), rows)


def _call(call: Call) -> str:
    if call.method == "EVENT":
        return f"to send `{call.path}`"
    purpose = f" {call.purpose}" if call.purpose else ""
    return f"`{call.method} {call.path}`{' (optional)' if call.optional else ''}{purpose}"


def _alternatives(call: Call, usage: Usage) -> str:
    if not call.scopes.granular and not call.scopes.classic:
        return "Zoom publishes none"
    families = (at_level(call.scopes.granular, usage), at_level(call.scopes.classic, usage))
    named = [" or ".join(f"`{scope}`" for scope in scopes) for scopes in families]
    return f"{named[0] or 'none'}; classic {named[1] or 'none'}"


def shown(head: str, schema: Schema) -> Iterator[str]:
    """Write the table of what people fill in (`head` is Field or Filter) or map (Output), and what is inside of it."""
    rows = list(_fields(schema))
    if rows:
        yield from ("", *table((head, "Name", "What it is" if head == "Output" else "What it takes", "Help"), rows))
    for name, inner in schema.get("properties", {}).items():
        yield from _deep(name, inner)


def _fields(schema: Schema, inside: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Give a row for every field that people fill in or map; those of rows as `field[].inner`."""
    required = schema.get("required", ())
    for name, inner in schema.get("properties", {}).items():
        if "title" in inner:
            path = f"{inside}{name}"
            mark = " (required)" if name in required else ""
            yield f"`{path}`{mark}", inner["title"], _takes(inner), _help(inner)
            rows = inner.get("items", {})
            yield from _fields(rows, f"{path}[]." if rows.get("type") == "object" else f"{path}[][].")


def _takes(schema: Schema) -> str:
    choices = schema.get("oneOf") or schema.get("items", {}).get("oneOf", ())
    listed = "<br>".join(f"`{choice['const']}` {choice['title']}" for choice in choices)
    low, high = schema.get("minimum"), schema.get("maximum")
    limits = f", {low} to {high}" if low is not None and high is not None else ""
    return f"{kind(schema)}{limits}{':<br>' if listed else ''}{listed}"


def _help(schema: Schema) -> str:
    parts = [schema.get("description", "")]
    if "lookup" in schema:
        parts.append(f"Chosen from `{schema['lookup']['action']}`.")
    if schema.get("advanced"):
        parts.append("Advanced.")
    return " ".join(part for part in parts if part)


def _deep(name: str, schema: Schema) -> Iterator[str]:
    """Give the settings inside a field, which have names of Zoom's and no help."""
    inner = [f"`{path}` {kind(value)}{_enum(value)}" for path, value in _leaves(schema, name) if "title" not in value]
    if inner:
        yield from ("", "<details>", f"<summary>What is inside <code>{name}</code></summary>", "", ", ".join(inner), "")
        yield "</details>"


def _leaves(schema: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    nested: Mapping[str, Schema] = schema.get("properties") or schema.get("items", {}).get("properties") or {}
    for name, inner in nested.items():
        deeper = f"{path}{'[]' if 'items' in schema else ''}.{name}"
        if "properties" in inner or "properties" in inner.get("items", {}):
            yield from _leaves(inner, deeper)
        else:
            yield deeper, inner


def _enum(schema: Schema) -> str:
    return f" ({' / '.join(map(str, schema['enum']))})" if "enum" in schema else ""


def prompted(lines: Sequence[str]) -> list[str]:
    """Put the prompt before the first line of a command."""
    return [f"$ {lines[0]}", *lines[1:]]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Write a table."""
    cells = [
        heads,
        ["---"] * len(heads),
        *([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows),
    ]
    return [f"| {' | '.join(row)} |" for row in cells]
