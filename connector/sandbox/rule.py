"""What a value in the body of a request must be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True)
class Rule:
    """What a value must be."""

    type: type
    choices: tuple[object, ...] = ()
    least: int | None = None
    """Smallest number, or shortest text or list."""
    most: int | None = None
    """Largest number, or longest text or list."""

    def accepts(self, value: object) -> bool:
        if not isinstance(value, self.type) or (isinstance(value, bool) and self.type is not bool):
            return False
        size = len(value) if isinstance(value, str | list) else value
        if isinstance(size, int) and not (
            (self.least is None or size >= self.least) and (self.most is None or size <= self.most)
        ):
            return False
        return not self.choices or value in self.choices


TEXT, FLAG, LIST, OBJECT = Rule(str), Rule(bool), Rule(list), Rule(dict)


def refused(values: object, rules: Mapping[str, Rule], prefix: str = "") -> Iterator[str]:
    """Name what the rules do not accept, by dotted paths; names without a rule are ignored."""
    if not isinstance(values, dict):
        yield prefix.rstrip(".") or "body"
        return
    for name, value in values.items():
        if name in rules and not rules[name].accepts(value):
            yield prefix + name


def missing(values: object, *names: str, prefix: str = "") -> Iterator[str]:
    """Name what must be there and is not."""
    for name in names:
        if not isinstance(values, dict) or values.get(name) in (None, ""):
            yield prefix + name


def is_address(value: object) -> bool:
    """Tell whether a value looks like an e-mail address."""
    return isinstance(value, str) and len(value) <= 128 and bool(_ADDRESS.fullmatch(value))
