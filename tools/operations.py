"""Write manifests/operations.json: effect, scopes and rate-limit label of every operation that Zoom publishes.

Usage: ZOOM_SPEC_DIR=<folder> python tools/operations.py
"""

import json
import os
from pathlib import Path

TARGET = Path(__file__).parent.parent / "manifests" / "operations.json"

_EFFECTS = {"GET": "read", "POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete"}


def render(folder: Path) -> str:
    """Return the text of the file: one line per operation, ordered by path and then by method.

    Args:
        folder: holds `operations.json`, the table of Zoom's operations.
    """
    rows = json.loads((folder / "operations.json").read_text(encoding="utf-8"))
    lines = [
        f"  {json.dumps(_name(row))}: {json.dumps(_facts(row))}"
        for row in sorted(rows, key=lambda row: (row["path"], row["method"]))
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _name(row: dict[str, str | list[str] | None]) -> str:
    return f"{row['method']} {row['path']}"


def _facts(row: dict[str, str | list[str] | None]) -> dict[str, object]:
    label = row["rate_limit_label"]
    return {
        "effect": _EFFECTS[str(row["method"])],
        "scopes": {"classic": row["classic_scopes"] or [], "granular": row["granular_scopes"] or []},
        # Where Zoom publishes no label, the middle one neither hurries nor starves the caller.
        "rate_limit": str(label).lower().replace("-", "_") if label else "medium",
    }


if __name__ == "__main__":
    TARGET.write_text(render(Path(os.environ["ZOOM_SPEC_DIR"])), encoding="utf-8")
    print(f"{TARGET}: {len(json.loads(TARGET.read_text(encoding='utf-8')))} operations")
