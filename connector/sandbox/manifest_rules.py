"""What Zoom finds in the manifest of an app; it is generous, and not all that it accepts can be published.

https://developers.zoom.us/docs/build-flow/manifests/
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .people import is_classic

_LONGEST_NAME = 50
_FOR_USERS, _FOR_ADMINS = "USER_OPERATION", "ADMIN_MANAGEMENT"


def wrong_settings(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name what is wrong: where, and why."""
    name = _part(manifest, "display_information").get("display_name")
    if not isinstance(name, str) or not name:
        yield "display_information.display_name", "display_name is required"
    elif len(name) >= _LONGEST_NAME:
        yield "display_information.display_name", f"display_name must be shorter than {_LONGEST_NAME} characters"
    oauth = _part(manifest, "oauth_information")
    usage, scopes = oauth.get("usage"), oauth.get("scopes", [])
    if usage not in (_FOR_USERS, _FOR_ADMINS):
        yield "oauth_information.usage", f"usage must be {_FOR_USERS} or {_FOR_ADMINS}"
    yield from _wrong_scopes(scopes if isinstance(scopes, list) else [], usage)
    features = _part(manifest, "features")
    for number, domain in enumerate(features.get("domain_allow_list") or ()):
        if not isinstance(domain, dict):
            yield f"features.domain_allow_list[{number}]", "must be an object"


def _wrong_scopes(scopes: list[Any], usage: object) -> Iterator[tuple[str, str]]:
    rows = [row for row in scopes if isinstance(row, dict)]
    for row in rows:
        scope = str(row.get("scope", ""))
        if is_classic(scope) or scope.endswith((":admin", ":master")) is not (usage == _FOR_ADMINS):
            yield "oauth_information.scopes", f"{scope} is not a valid scope name when usage is {usage}"
    if rows and all(row.get("optional") is not False for row in rows):
        yield "oauth_information.scopes", "at least one scope must not be optional"


def _part(manifest: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = manifest.get(name)
    return part if isinstance(part, dict) else {}
