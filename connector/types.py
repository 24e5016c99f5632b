"""The shapes that JSON has when it enters or leaves the engine."""

from collections.abc import Mapping
from typing import Any

Inputs = Mapping[str, Any]
"""What a step was filled in with: field name to JSON value."""

Outputs = dict[str, Any]
"""What a step hands on: field name to JSON value."""

Schema = Mapping[str, Any]
"""A JSON Schema (2020-12) with the words of the manifests: `lookup`, `group`, `advanced`, `secret`, `multiline`."""
