"""The routes of the service: each operation of `export.operations` and whoever answers it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from ...export.operation import Operation
from ...export.operations import operations
from ...plugin import Connector
from .access import KeyHolders
from .asking import Asked, asked
from .problems import for_caller

Answers = Callable[[Asked], Any]
"""Answers a request in JSON types, in a thread of its own; or with a whole answer, where more is to be said."""


def routes(connector: Connector, holders: KeyHolders, answers: Mapping[str, Answers]) -> APIRouter:
    """Return the routes of the operations.

    Args:
        connector: what is asked.
        holders: may ask.
        answers: id of an operation -> who answers it.
    """
    by_path: dict[str, dict[str, Operation]] = {}
    for operation in operations(connector.catalogue):
        by_path.setdefault(operation.path, {})[operation.method] = operation

    async def answer(request: Request, operation: Operation) -> Response:
        if not operation.open:
            await run_in_threadpool(holders.demand, request)
        sent = await asked(request, operation, for_caller(connector, request))
        said = await run_in_threadpool(answers[operation.id], sent)
        if isinstance(said, Response):
            return said
        return Response(status_code=204) if operation.answer is None else JSONResponse(said, operation.status)

    def endpoint(methods: Mapping[str, Operation]) -> Callable[[Request], Awaitable[Response]]:
        async def of_method(request: Request) -> Response:
            return await answer(request, methods[request.method])

        return of_method

    router = APIRouter()
    for path, methods in by_path.items():  # one route for all methods, so that a 405 names them all
        router.add_api_route(path, endpoint(methods), methods=list(methods))
    return router
