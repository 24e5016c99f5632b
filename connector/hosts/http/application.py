"""The web application: everything that is served, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CollectorRegistry

from ...api_keys import ApiKeys
from ...events.endpoints import Secrets
from ...events.happening import Happenings
from ...events.intake import Intake
from ...plugin import Connector
from . import actions, catalogue, connections, mending, monitoring, service, sign_in, subscriptions, webhooks
from .access import KeyHolders
from .headers import EveryAnswer
from .jobs import Jobs
from .problems import told_by


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
    holders, jobs = KeyHolders(ApiKeys(engine.store.api_keys, settings.api_key)), Jobs(connector)
    registry = CollectorRegistry()

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(background.start)
        jobs.start()
        yield
        await run_in_threadpool(jobs.stop)
        await run_in_threadpool(intake.close)
        await run_in_threadpool(background.stop)

    answers = {
        **catalogue.answers(address, holders),
        **connections.answers(address),
        **jobs.answers(),
        **subscriptions.answers(),
        **mending.answers(),
    }
    served = FastAPI(title=connector.catalogue.identity.title, lifespan=living, openapi_url=None)
    served.include_router(webhooks.routes(intake, registry))
    served.include_router(sign_in.routes(connector, address, holders))
    served.include_router(actions.routes(connector, holders, jobs))
    served.include_router(service.routes(connector, holders, answers))
    served.include_router(monitoring.routes(engine.store, engine.clock, holders, registry))

    served.add_middleware(EveryAnswer)
    told_by(connector, served)
    return served
