"""Where Zoom brings events."""

import asyncio
import time

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry, Histogram

from ...events.intake import LONGEST, REFUSED, Intake
from .bodies import body_of

_PROBLEM = "application/problem+json"


def routes(intake: Intake, registry: CollectorRegistry) -> APIRouter:
    """Return the route that takes events in.

    Args:
        intake: takes them; the server's loop never waits for it.
        registry: is told how long answers take. Zoom waits for three seconds.
    """
    router = APIRouter()
    answered = Histogram(
        "zoom_connector_webhook_answer_seconds",
        "Time from the end of a webhook's body to its answer, by HTTP status.",
        ["status"],
        buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
        registry=registry,
    )

    @router.post("/webhooks/zoom/{app}")
    async def receive(app: str, request: Request) -> JSONResponse:
        raw = await body_of(request, LONGEST)
        began = time.perf_counter()
        answer = REFUSED
        if raw is not None:
            answer = await asyncio.wrap_future(intake.receive(app, request.headers, raw))
        answered.labels(str(answer.status)).observe(time.perf_counter() - began)
        return JSONResponse(answer.json, answer.status, media_type=None if answer.status == 200 else _PROBLEM)

    return router
