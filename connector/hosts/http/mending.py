"""What a failure means, what keeps things from working, and who may use which app."""

from dataclasses import asdict
from typing import Any

from ...approvals import carry_out, decide, overview
from .. import facts
from ..approval_log import logged
from .asking import Asked
from .service import Answers


def answers() -> dict[str, Answers]:
    """Return who answers what."""
    return {
        "explain": lambda asked: asked.connector.explain(asked.body["text"]).as_dict(),
        "examine": lambda asked: asked.connector.doctor(asked.query["connection"]).as_dict(),
        "list_approvals": _approvals,
        "decide_approval": _decide,
    }


def _approvals(asked: Asked) -> dict[str, Any]:
    return {"apps": [asdict(app) for app in overview(asked.connector.connection(asked.query["connection"]))]}


def _decide(asked: Asked) -> dict[str, Any]:
    body = asked.body
    admin = asked.connector.connection(body["connection"])
    decision = decide(
        admin,
        body["do"],
        body["app"],
        everybody=body.get("everybody", False),
        emails=body.get("users", ()),
        groups=body.get("groups", ()),
    )
    dry_run = body.get("dry_run", False)
    if not dry_run:
        with logged(admin, decision):
            carry_out(admin, decision)
    return {**facts.decision(decision), "done": not dry_run}
