"""Change settings of a user and name those that Zoom dropped, which it does without an error.

https://developers.zoom.us/docs/api/users/#tag/users/PATCH/users/{userId}/settings
"""

from zoom_connector import Fault, Inputs, InvalidInputs, Outputs, ZoomClient

_CHANGE = "PATCH /users/{user_id}/settings"
_READ = "GET /users/{user_id}/settings"

_KEPT_APART = {
    "meeting_security": {"meeting_security"},
    "meeting_authentication": {"meeting_authentication", "authentication_option"},
    "recording_authentication": {"recording_authentication", "authentication_option"},
}
"""What Zoom looks at only when the option asks for it, and then at nothing else."""


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    whose = {name: inputs[name] for name in ("user_id", "option") if name in inputs}
    settings = {name: value for name, value in inputs.items() if name not in whose}
    faults = [Fault(f"/{name}", "other_settings") for name in settings if not _belongs(name, inputs.get("option"))]
    if faults:
        raise InvalidInputs("inputs_invalid", faults)

    zoom.call(_CHANGE, inputs)
    return {"not_applied": zoom.not_applied(_CHANGE, *_comparable(settings, zoom.call(_READ, whose)))}


def _belongs(name: str, option: str | None) -> bool:
    if option is None:
        return not any(name in names for names in _KEPT_APART.values())
    return name in _KEPT_APART[option]


def _comparable(settings: Inputs, answer: Outputs) -> tuple[Inputs, Outputs]:
    """Put the one sign-in rule that was sent beside the same of all that Zoom lists."""
    if "authentication_option" not in settings:
        return settings, answer
    sent = dict(settings["authentication_option"])
    action = sent.pop("action", "update")
    if action != "update":
        sent["visible"] = action == "show"
    rules = answer.get("authentication_options", [])
    found: Outputs = next((rule for rule in rules if rule.get("id") == sent.get("id")), {})
    return {**settings, "authentication_option": sent}, {**answer, "authentication_option": found}
