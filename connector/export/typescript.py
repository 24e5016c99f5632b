"""Data as TypeScript, laid out for people: linters and differences read it line by line."""

import json
import re
from collections.abc import Mapping
from typing import Any

_WIDTH = 120


def literal(value: Any, depth: int = 0) -> str:
    """Write a value of JSON types; what fits goes on one line, names without quotes where they need none."""
    line = _line(value)
    if len(line) + depth <= _WIDTH or not isinstance(value, dict | list | tuple):
        return line
    indent, brackets = "\t" * (depth + 1), "{}" if isinstance(value, dict) else "[]"
    members = (
        [f"{_name(name)}: {literal(each, depth + 1)}" for name, each in value.items()]
        if isinstance(value, dict)
        else [literal(each, depth + 1) for each in value]
    )
    inside = "".join(f"{indent}{member},\n" for member in members)
    return f"{brackets[0]}\n{inside}{indent[1:]}{brackets[1]}"


def _line(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_name(name)}: {_line(each)}' for name, each in value.items())} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_line, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else json.dumps(name)
