"""The parts that the pages about actions and triggers are made of: tables in Markdown, and values in words."""

from collections.abc import Iterator, Mapping, Sequence

from .calls import Call
from .scopes import Usage, at_level
from .types import Schema
from .words import PLAIN, Words


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Write a table."""
    cells = [
        heads,
        ["---"] * len(heads),
        *([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows),
    ]
    return [f"| {' | '.join(row)} |" for row in cells]


def prompted(lines: Sequence[str]) -> list[str]:
    """Put the prompt before the first line of a command."""
    return [f"$ {lines[0]}", *lines[1:]]


def kind(schema: Schema, words: Words = PLAIN) -> str:
    """Say in a word or two what a value is."""
    named = _kind(schema, words)
    return words("{kind}, secret", kind=named) if schema.get("secret") else named


def _kind(schema: Schema, words: Words) -> str:
    inner = schema.get("items")
    if inner is not None:
        return words("rows") if inner.get("type") == "object" else words("list of {kind}", kind=kind(inner, words))
    if "oneOf" in schema:
        return words("choice")
    if schema.get("type") == "object" and "properties" not in schema:
        return words("names and values")
    formats = {"date": words("day"), "date-time": words("time"), "email": words("e-mail address")}
    kinds = {
        "string": words("text"),
        "integer": words("whole number"),
        "number": words("number"),
        "boolean": words("yes or no"),
        "array": words("list"),
        "object": words("settings"),
    }
    named = formats.get(schema.get("format", "")) or kinds.get(schema.get("type", ""))
    return named or words("anything")


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
        # MkDocs reads Markdown inside of HTML only where it is told to; elsewhere the attribute means nothing.
        yield from ("", '<details markdown="1">', f"<summary>What is inside <code>{name}</code></summary>")
        yield from ("", ", ".join(inner), "", "</details>")


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
