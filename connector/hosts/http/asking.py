"""What a caller sends, checked against what `/openapi.json` says of it."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from fastapi import Request
from starlette.datastructures import QueryParams

from ...errors import Fault, InvalidInputs
from ...export.operation import Operation
from ...inputs import check, parse
from ...plugin import Connector
from ...types import Schema
from .bodies import body_of
from .problems import Refused

LONGEST = 10_000_000
"""Bytes of a body; a list of thousands of registrants is far below."""


@dataclass(frozen=True)
class Asked:
    """A request that is as it has to be."""

    connector: Connector
    """In the language of the caller."""
    parts: Mapping[str, str]
    """Of the path, by name."""
    query: Mapping[str, Any] = field(repr=False)
    """Typed; what was left out has its default, where there is one."""
    others: Mapping[str, str] = field(repr=False)
    """Parameters that the operation does not name."""
    body: Any = field(repr=False)


async def asked(request: Request, operation: Operation, connector: Connector) -> Asked:
    """Read a request.

    Raises:
        Refused: it is not as the operation is described.
    """
    if any("\0" in text for text in (*request.path_params.values(), *request.query_params.values())):
        # No database finds anything under such a name.
        raise Refused(404, InvalidInputs("nothing_here", path=request.url.path))
    query = _query(request.query_params, operation)
    others = {name: value for name, value in request.query_params.items() if name not in operation.query}
    body = None if operation.body is None else checked(await json_of(request), operation.body)
    return Asked(connector, request.path_params, query, others, body)


async def json_of(request: Request) -> Any:
    """Read the body of a request.

    Raises:
        Refused: it is no JSON, or says that it is none, or is too long.
    """
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    if kind != "application/json" or any(part.startswith("charset=") and "utf-8" not in part for part in parameters):
        raise Refused(415, InvalidInputs("content_type_wrong", found=kind))
    raw = await body_of(request, LONGEST)
    if raw is None:
        raise Refused(413, InvalidInputs("body_too_long", longest=LONGEST))
    try:
        read = json.loads(raw.decode(), parse_constant=_no_number, parse_float=_finite)
        # Half of a pair of surrogates can be written as JSON and as nothing else.
        json.dumps(read, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Refused(400, InvalidInputs("body_not_json", line=error.lineno, column=error.colno)) from error
    except (ValueError, RecursionError) as error:
        raise Refused(400, InvalidInputs("body_not_json")) from error
    return read


def checked(body: Any, schema: Schema) -> Any:
    """Return a body that follows a schema to the letter.

    Raises:
        Refused: it does not, with every fault.
    """
    try:
        check(_form(schema, body), body)
    except InvalidInputs as failure:
        raise Refused(422, failure) from failure
    return body


def _form(schema: Schema, body: Any) -> Schema:
    """Choose among forms the one whose constants the body has, so that the faults are about that one."""
    forms: list[Schema] = schema.get("anyOf", [])
    for form in forms:
        constants = {name: field["const"] for name, field in form["properties"].items() if "const" in field}
        if isinstance(body, Mapping) and constants.items() <= body.items():
            return form
    return forms[0] if forms else schema


def _query(sent: QueryParams, operation: Operation) -> dict[str, Any]:
    fields = {name: schema for name, schema in operation.query.items() if schema["type"] != "object"}
    given = {
        name: sent.getlist(name) if schema["type"] == "array" else parse(schema, sent[name])
        for name, schema in fields.items()
        if name in sent
    }
    checked(given, {"type": "object", "properties": fields, "required": list(operation.needs)})
    return {**{name: schema.get("default") for name, schema in fields.items()}, **given}


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def fault(pointer: str, keyword: str, expected: object = None) -> Refused:
    """Make the refusal of one thing that no schema says."""
    return Refused(422, InvalidInputs("inputs_invalid", [Fault(pointer, keyword, expected)]))
