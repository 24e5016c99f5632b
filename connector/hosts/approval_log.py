"""Who decided what about which app: one line of JSON for each decision, in a file that only grows."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from ..errors import FileFailed, ZoomConnectorError

if TYPE_CHECKING:
    from ..approvals import Decision
    from ..connection import Connection


def log_file() -> Path:
    """Return where the lines are: in the user's data folder, beside the database of a plain installation."""
    return user_data_path("zoom-connector", appauthor=False) / "approvals.log"


@contextmanager
def logged(admin: "Connection", decision: "Decision") -> Iterator[None]:
    """Write down a decision and what came of it; where that cannot be done, nothing is decided.

    Raises:
        FileFailed: `folder_not_writable`, before anything is sent.
    """
    file = log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as error:
        raise FileFailed("folder_not_writable", path=str(file), reason=error.strerror) from error
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        outcome = "interrupted"
        try:
            yield
            outcome = "done"
        except ZoomConnectorError as failure:
            outcome = admin.connector.explain(failure).code
            raise
        finally:
            log.write(json.dumps(_line(admin, decision, outcome), ensure_ascii=False) + "\n")


def _line(admin: "Connection", decision: "Decision", outcome: str) -> dict[str, object]:
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": admin.user,
        "connection": admin.name,
        "what": decision.verb,
        "app": {"id": decision.app.id, "name": decision.app.name},
        "everybody": decision.everybody,
        "users": [{"id": each.id, "email": each.email} for each in decision.people],
        "groups": [{"id": each.id, "name": each.name} for each in decision.groups],
        "outcome": outcome,
    }
