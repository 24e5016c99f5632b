"""Bodies of requests, up to a length."""

from fastapi import Request
from starlette.requests import ClientDisconnect


async def body_of(request: Request, longest: int) -> bytes | None:
    """Return the body of a request; None when it is longer than so many bytes, or its sender has gone."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > longest:
        return None
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > longest:
                return None
            parts.append(part)
    except ClientDisconnect:
        return None
    return b"".join(parts)
