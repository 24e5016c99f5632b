"""Recording files: a link that redirects, ranges, and a page of HTML for whoever may not have the file."""

from werkzeug.wrappers import Request, Response

from .answers import Refused, html_answer
from .api import bearer
from .pages import PASSCODE_PAGE
from .recordings import Recording, RecordingFile
from .world import World


def answer_link(world: World, request: Request, key: str) -> Response:
    """Answer a `download_url`: Zoom sends the client on to where the file is."""
    found = _opened(world, request, key)
    if isinstance(found, Response):
        return found
    return Response(status=302, headers={"Location": f"{world.origin}/file/{key}"})


def answer_file(world: World, request: Request, key: str) -> Response:
    """Send a file, or the part that was asked for (RFC 9110, 14)."""
    found = _opened(world, request, key)
    if isinstance(found, Response):
        return found
    recording, file = found
    size, etag = file.content.size, f'"{file.key}"'
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Content-Disposition": f'attachment; filename="{recording.meeting_id}-{file.key}.{file.extension.lower()}"',
    }
    wanted = request.range
    if wanted is None or request.headers.get("If-Range", etag) != etag:
        headers["Content-Length"] = str(size)
        return Response(file.content.chunks(), headers=headers, content_type=file.content.media_type)
    span = wanted.range_for_length(size)
    if span is None:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, stop = span
    headers |= {"Content-Length": str(stop - start), "Content-Range": f"bytes {start}-{stop - 1}/{size}"}
    return Response(file.content.chunks(start, stop), 206, headers, content_type=file.content.media_type)


def _opened(world: World, request: Request, key: str) -> tuple[Recording, RecordingFile] | Response:
    """Find the file, or return what Zoom answers instead of it; the token may be of either kind."""
    found, token = world.recordings.file(key), bearer(request)
    if found is None or token is None or found[0].processing or found[1].processing or found[1].refused:
        return html_answer(PASSCODE_PAGE)
    if world.tokens.opens(token, found[0].uuid):
        return found
    try:
        caller = world.tokens.look_up(token)
    except Refused:
        return html_answer(PASSCODE_PAGE)
    if world.behaviour.oauth_downloads_refused:
        return Refused(401, 124, "Invalid access token.").answer()
    host = found[0].host
    allowed = caller.user is host or (
        caller.user is not None and caller.user.account is host.account and caller.user.is_admin
    )
    return found if allowed else html_answer(PASSCODE_PAGE)
