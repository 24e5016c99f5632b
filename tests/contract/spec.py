"""Read Zoom's published OpenAPI files and close their schemas.

The files are not part of this repository: the folder that holds them is named by `ZOOM_SPEC_DIR`
(`operations.json` and `*.methods.json`). Zoom's schemas are open, so a misspelt field would pass; `closed`
refuses every name that Zoom does not list.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Schema = dict[str, Any]


@dataclass(frozen=True)
class Deviation:
    """Where Zoom's schema is wrong, and why we think so."""

    field: str
    """Name of the property, wherever it stands."""
    published: Schema
    """Keywords as Zoom publishes them; the deviation applies only while they stand so."""
    instead: Schema
    reason: str


PLANS = [2**bit for bit in (4, 5, 6, 7, 25, 27, 28, 29, 30, 42, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 54)]
ROUNDED = {72057594037927940: 2**56, 144115188075855870: 2**57, 576460752303423500: 2**59}
"""The plans of Zoom Workplace, in the order in which Zoom publishes them."""

DEVIATIONS = (
    Deviation(
        "status",
        {"enum": ["completed"]},
        {"enum": ["completed", "processing"]},
        "A recording that Zoom still works on says `processing`; its description says so, its enum does not.",
    ),
    Deviation(
        "weekly_days",
        {"enum": ["1", "2", "3", "4", "5", "6", "7"]},
        {"pattern": "^[1-7](,[1-7])*$"},
        "Several days are one text with commas; the enum allows a single day.",
    ),
    Deviation(
        "file_type",
        {"enum": ["MP4", "M4A", "CHAT", "TRANSCRIPT", "CSV", "TB", "CC", "CHAT_MESSAGE", "SUMMARY"]},
        {"enum": ["MP4", "M4A", "CHAT", "TRANSCRIPT", "CSV", "TB", "CC", "CHAT_MESSAGE", "SUMMARY", "TIMELINE"]},
        "TIMELINE is in the description and in real answers, not in the enum.",
    ),
    Deviation(
        "request_user_department",
        {"format": "email"},
        {},
        "A department is no e-mail address; the published example of one is none either.",
    ),
    *(
        Deviation(
            "zoom_one_type",
            {"enum": [*none, *PLANS, *ROUNDED]},
            {"enum": [*none, *PLANS, *ROUNDED.values()]},
            "Plans are powers of two; those beyond 2**53 lost their last digits, which the description still has.",
        )
        for none in ([], [0])
    ),
)

NAMES_OF_IDS = re.compile(r"(^|_)(id|pmi)$|^meeting_number$")


@dataclass(frozen=True)
class Scopes:
    """Scopes of one operation; each list holds alternatives."""

    classic: frozenset[str]
    granular: frozenset[str]


@dataclass(frozen=True)
class Operation:
    """What Zoom publishes about one operation; the schemas as they stand, open."""

    method: str
    path: str
    scopes: Scopes
    label: str | None
    """Rate-limit label in lower case, such as `light`; None where Zoom publishes none."""
    success: tuple[int, ...]
    query: Mapping[str, Schema] = field(default_factory=dict)
    body_schema: Schema | None = None
    """Schema of the JSON body; None where the operation takes none."""
    response_schema: Schema | None = None
    """Schema of the JSON answer of a success; None where it has no body."""


class Spec:
    """Every operation that Zoom publishes, found by method and path."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = tuple(operations)

    @classmethod
    def load(cls, folder: str | Path) -> "Spec":
        """Read the folder that `ZOOM_SPEC_DIR` names."""
        folder = Path(folder)
        bodies: dict[tuple[str, str], Schema] = {}
        for file in sorted(folder.glob("*.methods.json")):
            for path, item in json.loads(file.read_text("utf-8"))["paths"].items():
                bodies.update({(method.upper(), path): operation for method, operation in item.items()})
        rows = json.loads((folder / "operations.json").read_text("utf-8"))
        return cls([_operation(row, bodies.get((row["method"], row["path"]), {})) for row in rows])

    def operation(self, method: str, path: str) -> Operation:
        """Find an operation; parameters may have any name, and a literal such as `me` may stand in a parameter's place.

        Raises:
            KeyError: Zoom publishes no such operation.
        """
        wanted = path.strip("/").split("/")
        fitting = [
            (literals, operation)
            for operation in self.operations
            if operation.method == method.upper()
            and (literals := _literals_in_common(operation.path.strip("/").split("/"), wanted)) is not None
        ]
        if not fitting:
            raise KeyError(f"{method} {path}")
        return max(fitting, key=lambda found: found[0])[1]


def closed(schema: Schema) -> Schema:
    """Translate a schema of Zoom's to JSON Schema 2020-12 in which no object takes a name that it does not list.

    `allOf` counts as one object and `oneOf` is read as `anyOf` (Zoom's alternatives overlap), `nullable` becomes a
    type, integer ids may be text, and `DEVIATIONS` are applied.
    """
    translated = _translated(schema)
    # The event `account.updated` has `$changed_field_name` for whatever changed.
    if _lists_names(translated) and "$changed_field_name" not in translated.get("properties", {}):
        translated["unevaluatedProperties"] = False
    return translated


def _translated(schema: Schema) -> Schema:
    result = _flat(schema)
    if "oneOf" in result:
        result["anyOf"] = result.pop("oneOf")
    if "anyOf" in result:
        result["anyOf"] = [_translated(part) for part in result["anyOf"]]
    if "properties" in result:
        result.pop("additionalProperties", None)
        # The settings of an account's chat have a keyword among their properties: "type": "object".
        listed = {name: value for name, value in result["properties"].items() if isinstance(value, dict)}
        # The event `meeting.participant_bind` requires a `join_time` that it does not list.
        required: Schema = {name: {} for name in result.get("required", [])}
        result["properties"] = {name: _property(name, value) for name, value in (required | listed).items()}
    if "items" in result:
        result["items"] = closed(result["items"])
    if result.pop("nullable", False) and "type" in result:
        result["type"] = [result["type"], "null"]
        if "enum" in result:
            result["enum"] = [*result["enum"], None]
    return result


def _flat(schema: Schema) -> Schema:
    result = {keyword: value for keyword, value in schema.items() if keyword != "allOf"}
    for part in map(_flat, schema.get("allOf", [])):
        properties = part.get("properties", {}) | result.get("properties", {})
        required = sorted({*part.get("required", []), *result.get("required", [])})
        result = part | result | {"properties": properties, "required": required}
    return result


def _property(name: str, schema: Schema) -> Schema:
    for deviation in DEVIATIONS:
        if name == deviation.field and deviation.published.items() <= schema.items():
            schema = {key: value for key, value in schema.items() if key not in deviation.published} | deviation.instead
    if schema.get("type") == "integer" and NAMES_OF_IDS.search(name):
        schema = schema | {"type": ["integer", "string"]}
    return closed(schema)


def _lists_names(schema: Schema) -> bool:
    return "properties" in schema or any(_lists_names(part) for part in schema.get("anyOf", []))


def _literals_in_common(template: list[str], wanted: list[str]) -> int | None:
    if len(template) != len(wanted):
        return None
    literals = 0
    for mine, theirs in zip(template, wanted, strict=True):
        if not mine.startswith("{"):
            if mine != theirs:
                return None
            literals += 1
    return literals


def _operation(row: Schema, body: Schema) -> Operation:
    success = tuple(int(code) for code in row["success_codes"] or ())
    return Operation(
        method=row["method"],
        path=row["path"],
        scopes=Scopes(frozenset(row["classic_scopes"] or ()), frozenset(row["granular_scopes"] or ())),
        label=row["rate_limit_label"] and row["rate_limit_label"].lower().replace("-", "_"),
        success=success,
        query={item["name"]: item["schema"] for item in body.get("parameters", []) if item["in"] == "query"},
        body_schema=_json_schema(body.get("requestBody", {})),
        response_schema=next(
            (schema for code in success if (schema := _json_schema(body.get("responses", {}).get(str(code), {})))), None
        ),
    )


def _json_schema(holder: Schema) -> Schema | None:
    content = holder.get("content", {})
    schema: Schema | None = content.get("application/json", {}).get("schema")
    return schema
