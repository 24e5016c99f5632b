"""The door of the API: token, scopes, limits, then the operation."""

from werkzeug.wrappers import Request, Response

from .answers import Refused, json_answer
from .call import Call
from .route import Route
from .samples import HEADER
from .tokens import Access
from .world import World


def answer_api(world: World, request: Request, found: tuple[Route, dict[str, str]] | None) -> Response:
    """Answer one request below `/v2`; the caller holds the world's lock.

    Raises:
        Refused: Zoom says no.
    """
    caller = _caller(world, request)
    if found is None:
        raise Refused(404, 2300, "This API endpoint is not recognized.")
    route, path = found
    held = _held(route, caller, world.behaviour.classic_write_reads)
    if not held and (route.classic or route.granular):
        status, code = world.behaviour.scope_error
        needed = route.classic if caller.app.classic else route.granular
        raise Refused(status, code, f"Invalid access token, does not contain scopes:[{', '.join(needed)}].")
    world.limits.count(caller.app.account.id if caller.user is None else caller.user.account.id, route.label)
    call = Call(
        world=world,
        caller=caller,
        whole_account=any(scope.endswith((":admin", ":master")) for scope in held),
        path=path,
        query=request.args.to_dict(),
        body=_body(request),
        label=route.label,
    )
    return json_answer(route.run(call), route.success, None if route.played else {HEADER: "sample"})


def _caller(world: World, request: Request) -> Access:
    if "access_token" in request.args:
        raise Refused(401, 124, "Invalid access token, this access token is not supported as query parameter string.")
    if (token := bearer(request)) is None:
        raise Refused(401, 124, "Requires an access token.")
    return world.tokens.look_up(token)


def bearer(request: Request) -> str | None:
    """Return the token of the Authorization header (RFC 6750, 2.1)."""
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer":
        return None
    return authorization.token


def _held(route: Route, caller: Access, classic_write_reads: bool) -> set[str]:
    """Return the scopes of the token that open this door; a higher level serves a lower one."""
    doors = {*route.classic, *route.granular}
    if classic_write_reads:
        doors |= {scope.replace(":read", ":write") for scope in route.classic}
    return {scope for scope in caller.scopes if doors & {scope, *_lower(scope)}}


def _lower(scope: str) -> set[str]:
    if scope.endswith(":master"):
        bare = scope.removesuffix(":master")
        return {bare, f"{bare}:admin"}
    return {scope.removesuffix(":admin")}


def _body(request: Request) -> dict[str, object]:
    if request.method in ("GET", "DELETE") or not request.get_data():
        return {}
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refused(400, 300, "Request Body should be a valid JSON object.")
    return body
