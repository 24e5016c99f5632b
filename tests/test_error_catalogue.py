"""The error catalogue and the source agree: every failure has its entry, and no entry is out of reach."""

import ast
import inspect
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

from zoom_connector import errors
from zoom_connector.catalogue import Catalogue

ROOT = Path(__file__).parent.parent
CATALOGUE = Catalogue().errors
CLASSES = {
    name: value
    for name, value in inspect.getmembers(errors, inspect.isclass)
    if issubclass(value, errors.ZoomConnectorError)
}


def test_the_catalogue_follows_its_schema() -> None:
    schema = json.loads((ROOT / "manifests/schemas/errors.schema.json").read_text(encoding="utf-8"))
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    assert [f"{fault.json_path}: {fault.message}" for fault in checker.iter_errors(CATALOGUE)] == []


def test_every_code_that_the_source_raises_has_an_entry() -> None:
    assert sorted({code for code, _ in raised()} - CATALOGUE.keys()) == []


def test_what_may_work_later_in_the_source_may_work_later_in_the_catalogue() -> None:
    retryable = {code for code, name in raised() if name in CLASSES and CLASSES[name].retryable}

    assert sorted(code for code in retryable & CATALOGUE.keys() if "retryable" not in CATALOGUE[code]) == []


def test_no_entry_is_out_of_reach() -> None:
    words = {word for module in modules() for word in strings(module)}
    reachable = {code for code, entry in CATALOGUE.items() if "recognise" in entry or code in words}

    assert sorted(CATALOGUE.keys() - reachable) == []


def test_every_fault_that_the_source_finds_has_a_sentence() -> None:
    sentences = CATALOGUE["inputs_invalid"]["faults"]
    found = {
        argument.value
        for module in modules()
        for call in calls(module)
        if called(call) == "Fault" and len(call.args) > 1
        for argument in [call.args[1]]
        if isinstance(argument, ast.Constant)
    }

    assert sorted(found - sentences.keys()) == []


Nodes = Sequence[ast.AST]
"""Everything in the source of a module."""


@cache
def modules() -> list[Nodes]:
    files = [file for folder in ("connector", "actions", "triggers") for file in (ROOT / folder).rglob("*.py")]
    sources = [file.read_text(encoding="utf-8") for file in files if "sandbox" not in file.parts]
    return [list(ast.walk(ast.parse(source))) for source in sources]


def calls(module: Nodes) -> list[ast.Call]:
    return [node for node in module if isinstance(node, ast.Call)]


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def strings(module: Nodes) -> set[str]:
    return {node.value for node in module if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def raised() -> Iterator[tuple[str, str]]:
    """Yield (code, class): written into the exception, or set aside in a variable `code` or a table for it."""
    for module in modules():
        failures = [call for call in calls(module) if called(call) in {*CLASSES, "NoAnswer"} and call.args]
        for call in failures:
            yield from ((code, called(call)) for code in choices(call.args[0]))
        for node in module:
            if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["code"]:
                yield from ((code, "") for code in choices(node.value))
            if isinstance(node, ast.Dict) and any(isinstance(call.args[0], ast.Name) for call in failures):
                yield from ((code, "") for value in node.values for code in choices(value))


def choices(value: ast.expr) -> list[str]:
    if isinstance(value, ast.IfExp):
        return choices(value.body) + choices(value.orelse)
    return [value.value] if isinstance(value, ast.Constant) and isinstance(value.value, str) else []
