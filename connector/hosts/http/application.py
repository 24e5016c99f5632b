"""The web application: everything that is served, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry

from ...errors import ZoomConnectorError
from ...events.endpoints import Secrets
from ...events.happening import Happenings
from ...events.intake import Intake
from ...plugin import Connector
from . import doctor, monitoring, sign_in, webhooks
from .access import KeyHolders


class Background(Protocol):
    """What works beside the server, in threads of its own."""

    def start(self) -> None:
        """Begin, and return."""

    def stop(self) -> None:
        """End what is going on, and return when it has ended."""

    def wake(self) -> None:
        """Look at once whether there is something to do."""


def application(connector: Connector, *, address: str, background: Background) -> FastAPI:
    """Make the application.

    Args:
        connector: what it serves; whoever made it closes it.
        address: where browsers reach the application, without a path.
        background: started and stopped with the application.

    Raises:
        SettingsError: the settings, the key or the database are missing or wrong.
    """
    settings, engine = connector.settings, connector.engine
    secrets = Secrets(engine.store.webhooks, settings, engine.clock)
    intake = Intake(engine.store, secrets.of, Happenings(connector.catalogue), engine.clock, stored=background.wake)
    holders = KeyHolders(settings.api_key.get_secret_value() if settings.api_key else "")
    registry = CollectorRegistry()

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(background.start)
        yield
        await run_in_threadpool(intake.close)
        await run_in_threadpool(background.stop)

    served = FastAPI(title=connector.catalogue.identity.title, lifespan=living, openapi_url=None)
    served.include_router(webhooks.routes(intake, registry))
    served.include_router(sign_in.routes(connector, address, holders))
    served.include_router(doctor.routes(connector, holders))
    served.include_router(monitoring.routes(engine.store, engine.clock, holders, registry))

    @served.exception_handler(ZoomConnectorError)
    def explained(_: Request, failure: ZoomConnectorError) -> JSONResponse:
        explanation = connector.explain(failure)
        status = 503 if explanation.retryable else 500
        problem = {"type": "about:blank", "status": status, **explanation.as_dict()}
        return JSONResponse(problem, status, media_type="application/problem+json")

    return served
