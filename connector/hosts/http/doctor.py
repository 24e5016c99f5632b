"""`GET /doctor`: what the doctor finds, for whoever holds the key."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from ...errors import InvalidInputs
from ...plugin import Connector
from .access import KeyHolders, key_missing


def routes(connector: Connector, holders: KeyHolders) -> APIRouter:
    """Return the route of the doctor.

    Args:
        connector: what is looked at.
        holders: may see what is wrong.
    """
    router = APIRouter()

    @router.get("/doctor")
    def doctor(request: Request, connection: str | None = None) -> Response:
        if not holders.sent(request):
            return key_missing()
        try:
            return JSONResponse(connector.doctor(connection).as_dict())
        except InvalidInputs as failure:
            problem = {"type": "about:blank", "status": 404, **connector.explain(failure).as_dict()}
            return JSONResponse(problem, 404, media_type="application/problem+json")

    return router
