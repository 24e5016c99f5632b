"""What a step hands on: only what its manifest declares, in the declared types, with secrets masked."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .errors import InvalidInputs
from .types import Schema

MASK = "********"
"""Stands in for a secret that the caller did not ask to see."""
SECRET_NAMES = frozenset(
    {
        "access_token",
        "authorized_channel_token",
        "client_secret",
        "custom_header_value",
        "download_access_token",
        "download_token",
        "dynamic_host_key",
        "encrypted_passcode",
        "encrypted_password",
        "h323_passcode",
        "h323_password",
        "host_key",
        "leader_pin",
        "listen_only_password",
        "meeting_password",
        "new_secret",
        "participant_password",
        "participant_pin_code",
        "passcode",
        "password",
        "phone_password",
        "pmi_password",
        "pstn_password",
        "recording_play_passcode",
        "refresh_token",
        "secret_token",
        "session_key",
        "start_url",
        "stream_key",
        "token",
        "verification_token",
        "webinar_password",
        "zak",
    }
)
"""What Zoom calls the secrets in its answers and events."""


def shape(schema: Schema, value: Any) -> Any:
    """Keep what the schema declares and turn it into the declared types.

    Zoom sends ids as numbers in one place and as text in the next; here they have one type. A value that cannot be
    turned into its declared type is left out.
    """
    shaped = _shape(schema, value)
    return {} if shaped is _ABSENT else shaped


def mask(schema: Schema, value: Any, reveal: Collection[str] = ()) -> Any:
    """Replace what is marked `secret`, except the fields named in `reveal`."""
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        return {
            name: MASK
            if properties.get(name, {}).get("secret") and name not in reveal and inner not in ("", None)
            else mask(properties.get(name, {}), inner, reveal)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [mask(schema.get("items", {}), inner, reveal) for inner in value]
    return value


def mask_known(value: Any, reveal: Collection[str] = ()) -> Any:
    """Replace what Zoom itself calls a secret, in a value that no schema describes, except the names in `reveal`."""
    if isinstance(value, Mapping):
        return {
            name: MASK if name not in reveal and _is_secret(name, inner) else mask_known(inner, reveal)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [mask_known(inner, reveal) for inner in value]
    return value


def check_reveal(schema: Schema, reveal: Collection[str], known: Collection[str] = ()) -> None:
    """Refuse a `reveal` that names no secret output.

    Args:
        schema: of the outputs.
        reveal: what is to be shown.
        known: names that may be revealed as well.

    Raises:
        InvalidInputs: `unknown_reveal`, with the names that are secret.
    """
    secret = secret_outputs(schema)
    unknown = sorted(set(reveal) - {*secret, *known})
    if unknown:
        raise InvalidInputs("unknown_reveal", names=unknown, secret=secret)


def secret_outputs(schema: Schema) -> list[str]:
    """Return the names of the secrets among outputs: what may be named in `reveal`."""
    return sorted(set(_secrets(schema)))


def _is_secret(name: str, value: Any) -> bool:
    # In settings some of the names are switches: whether there must be a passcode.
    return name in SECRET_NAMES and isinstance(value, str | int) and not isinstance(value, bool) and value != ""


_ABSENT = object()


def _shape(schema: Schema, value: Any) -> Any:
    match schema.get("type"):
        case "object":
            return _shape_object(schema, value) if isinstance(value, Mapping) else _ABSENT
        case "array":
            if not isinstance(value, list):
                return _ABSENT
            rows = [_shape(schema.get("items", {}), inner) for inner in value]
            return [row for row in rows if row is not _ABSENT]
        case "string":
            return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else _ABSENT
        case "integer" | "number" as kind:
            return _number(kind, value)
        case "boolean":
            return {"true": True, "false": False}.get(str(value).lower(), _ABSENT)
        case _:
            return value


def _shape_object(schema: Schema, value: Mapping[str, Any]) -> Any:
    properties = schema.get("properties")
    if properties is None:
        return dict(value)
    shaped = {name: _shape(properties[name], value[name]) for name in properties if name in value}
    return {name: inner for name, inner in shaped.items() if inner is not _ABSENT}


def _number(kind: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _ABSENT
    try:
        number = float(value)
    except (TypeError, ValueError):
        return _ABSENT
    if isinstance(value, int):
        return value
    return int(number) if kind == "integer" or number.is_integer() else number


def _secrets(schema: Schema) -> Iterator[str]:
    for name, inner in schema.get("properties", {}).items():
        if inner.get("secret"):
            yield name
        yield from _secrets(inner)
    if "items" in schema:
        yield from _secrets(schema["items"])
