"""What a supervisor asks: does the process live, can it work, how is it doing."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from ...clock import Clock
from ...errors import ZoomConnectorError
from ...events.health import Health, look
from ...store.protocol import Store
from .access import KeyHolders
from .metrics import Figures


def routes(store: Store, clock: Clock, holders: KeyHolders, registry: CollectorRegistry) -> APIRouter:
    """Return the routes for supervisors.

    Args:
        store: what is looked at.
        clock: tells what is late.
        holders: may see more than that it works.
        registry: what else Prometheus is told.
    """
    router, started = APIRouter(), clock.now()

    def health() -> Health:
        return look(store, clock.now(), since=started)

    registry.register(Figures(health))

    @router.get("/healthz")
    def living() -> dict[str, str]:
        return {"status": "alive"}

    @router.get("/readyz")
    def ready(request: Request) -> JSONResponse:
        try:
            found = health()
        except ZoomConnectorError as failure:
            return JSONResponse({"status": "not_ready", "warnings": [{"code": failure.code}]}, 503)
        # A warning is for people: taking the process out of service would not mend it.
        state: dict[str, Any] = {"status": "ready"}
        if holders.sent(request):
            state |= {"warnings": found.warnings, **asdict(found)}
        return JSONResponse(jsonable_encoder(state))

    @router.get("/metrics")
    def metrics(request: Request) -> Response:
        holders.demand(request)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
