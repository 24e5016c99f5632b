"""What an action gave back, laid out for people: a record as lines, rows as a table, long text as it stands."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ...outputs import MASK
from ...types import Outputs, Schema
from .caller import words
from .output import console, printable, say, table

_WIDEST = 40
"""Letters in a cell of a table, so that one long text does not push the other columns out."""
_GAP = 3
"""What the table puts between two columns."""
_FOR_PROGRAMS = ("uuid", "_id", "_url")
"""How the names of columns end that say nothing to a person."""


def print_outputs(schema: Schema, outputs: Outputs) -> None:
    """Print the outputs of an action. Empty ones are left out; so is what only programs read, and that is said."""
    properties: Mapping[str, Schema] = schema.get("properties", {})
    lines: list[tuple[str, str]] = []
    texts: list[str] = []
    tables: list[tuple[str, Sequence[Mapping[str, Any]]]] = []
    for name, value in outputs.items():
        field = properties.get(name, {})
        if _has_rows(field, value):
            tables.append((name, value))
        elif isinstance(value, dict) and "properties" not in field:
            texts.append(json.dumps(value, indent=2, ensure_ascii=False))
        elif isinstance(value, str) and "\n" in value:
            texts.append(value)
        elif value not in (None, "", [], {}) and name != "more":
            lines.append((field.get("title", name), _line(name, value)))
    _print_record(lines)
    for text in texts:
        say(text)
    for name, rows in tables:
        _print_rows(properties.get(name, {}), name, rows)
    if outputs.get("more") is True:
        say(words("There are more rows than these."))
    if not outputs:
        say(words("Done."))


def _has_rows(field: Schema, value: Any) -> bool:
    declared = field.get("items", {}).get("type") == "object"
    return isinstance(value, list) and (declared or any(isinstance(row, dict) for row in value))


def _line(name: str, value: Any) -> str:
    if value == MASK:
        return words("{mask} (to see it: --reveal {name})", mask=MASK, name=name)
    if isinstance(value, dict):
        return words("{count} values (to see them: --json)", count=len(value))
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if isinstance(value, list):
        return ", ".join(_text(inner) for inner in value)
    return "" if value is None else str(value)


def _print_record(lines: Sequence[tuple[str, str]]) -> None:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for title, text in lines:
        grid.add_row(printable(title), printable(text))
    if lines:
        console().print(grid)


def _print_rows(field: Schema, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    title = field.get("title", name)
    if not rows:
        return say(words("{title}: none", title=title))
    declared: Mapping[str, Schema] = field.get("items", {}).get("properties", {})
    possible = list(declared) or list(dict.fromkeys(key for row in rows for key in row))
    columns = {
        declared.get(column, {}).get("title", column): [_cell(row.get(column)) for row in rows]
        for column in possible
        if not column.endswith(_FOR_PROGRAMS) and any(_shows(row.get(column)) for row in rows)
    }
    fitting = _fitting(columns, console().width - 1)
    console().print(table(list(fitting), zip(*fitting.values(), strict=True), title=f"{title} ({len(rows)})"))
    if len(fitting) < len(possible):
        say(words("To see every field: --json"), style="dim")
    return None


def _shows(value: Any) -> bool:
    return value not in (None, "", [], MASK) and not isinstance(value, dict)


def _cell(value: Any) -> str:
    text = " ".join(_text(value).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _fitting(columns: Mapping[str, list[str]], width: int) -> dict[str, list[str]]:
    """Take columns from the left as long as there is room; a narrow one may still fit after a wide one did not."""
    fitting: dict[str, list[str]] = {}
    for title, cells in columns.items():
        needed = max(len(text) for text in (title, *cells)) + _GAP
        if needed <= width or not fitting:
            fitting[title] = cells
            width -= needed
    return fitting
