"""Make any call of the Zoom API, for what has no action of its own yet.

https://developers.zoom.us/docs/api/
"""

from typing import Any

from zoom_connector import Inputs, Outputs, ZoomClient

_MASK = "********"
_SECRETS = frozenset(
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
"""What Zoom calls the secrets in its answers."""


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    answer = zoom.send(inputs["method"], inputs["path"], inputs.get("query"), inputs.get("body"))
    return {"answer": _masked(answer)}


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _MASK if _is_secret(name, inner) else _masked(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_masked(inner) for inner in value]
    return value


def _is_secret(name: str, value: Any) -> bool:
    # In settings some of the names are switches: whether there must be a passcode.
    return name in _SECRETS and isinstance(value, str | int) and not isinstance(value, bool) and value != ""
