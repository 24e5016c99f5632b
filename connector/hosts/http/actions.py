"""`POST /connections/{connection}/actions/{key}`: one route runs every action."""

import asyncio
import re
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from ...export.openapi import IDEMPOTENCY_KEY, RUN
from ...export.schemas import secrets_of
from ...plugin import Connector
from ...types import Outputs, Schema
from .access import KeyHolders
from .asking import checked, json_of
from .jobs import Jobs, Run
from .problems import for_caller

_PATIENCE = 20.0
"""Seconds that a caller waits who does not say how long; platforms and proxies give up after 30 and more."""
_LONGEST_WAIT = 60.0
_WAIT = re.compile(r"wait\s*=\s*\"?(\d{1,6})")


def routes(connector: Connector, holders: KeyHolders, jobs: Jobs) -> APIRouter:
    """Return the route that runs actions.

    Args:
        connector: what runs them.
        holders: may run them.
        jobs: goes on with those that take longer than their caller waits.
    """
    router = APIRouter()

    @router.post(RUN)
    async def run(connection: str, key: str, request: Request) -> Response:
        await run_in_threadpool(holders.demand, request)
        caller = for_caller(connector, request)
        action = caller.action(key)
        inputs = checked(await json_of(request), action.inputs)
        reveal, repeated = _reveal(request, action.outputs), _idempotency_key(request)
        begun = Run(await run_in_threadpool(caller.connection, connection), key)
        jobs.run(begun, inputs, idempotency_key=repeated, reveal=reveal)
        outputs = asyncio.wrap_future(begun.future)
        outputs.add_done_callback(_looked_at)
        await asyncio.wait([outputs], timeout=patience(request.headers.getlist("prefer")))
        if outputs.done():
            return JSONResponse(outputs.result())
        told = await run_in_threadpool(jobs.hand_out, begun)
        return JSONResponse(told, 202, {"Location": f"/jobs/{begun.id}"})

    return router


def patience(prefer: Sequence[str]) -> float:
    """Read how many seconds a caller waits, from the header Prefer (RFC 7240, 4.1 and 4.3)."""
    wishes = ",".join(prefer).lower()
    if found := _WAIT.search(wishes):
        return min(float(found[1]), _LONGEST_WAIT)
    return 0.0 if "respond-async" in wishes else _PATIENCE


def _looked_at(outputs: "asyncio.Future[Outputs]") -> None:
    """Let nobody complain that a failure was not looked at when its caller was told to ask for it later."""
    if not outputs.cancelled():
        outputs.exception()


def _reveal(request: Request, outputs: Schema) -> list[str]:
    names = request.query_params.getlist("reveal")
    known: Schema = {"type": "array", "items": {"enum": secrets_of(outputs)}}
    checked({"reveal": names}, {"type": "object", "properties": {"reveal": known}})
    return names


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None:
        checked({"Idempotency-Key": key}, {"type": "object", "properties": {"Idempotency-Key": IDEMPOTENCY_KEY}})
    return key
