"""An explanation as text, for hosts that people read."""

from ..explain import Explanation
from ..words import Words


def in_lines(explanation: Explanation, words: Words) -> str:
    """Write an explanation as lines: first the title, last the code and what Zoom said."""
    steps = [f"  {number}. {step}" for number, step in enumerate(explanation.steps, start=1)]
    mending = ["", words("Who can mend it: {who}", who=who(explanation, words)), *steps] if steps else []
    code_and_facts = ". ".join(filter(None, [explanation.code, what_zoom_said(explanation, words)]))
    return "\n".join([explanation.title, explanation.detail, *mending, "", code_and_facts])


def who(explanation: Explanation, words: Words) -> str:
    """Say who can act."""
    return {
        "workflow_author": words("you, in what you filled in"),
        "connection_owner": words("you, or whoever made this connection"),
        "other_user": words("the other user, by sharing access"),
        "zoom_admin": words("your Zoom admin"),
        "connector_admin": words("whoever installed this connector"),
        "zoom": "Zoom",
        "nobody": words("nobody; it passes by itself"),
    }[explanation.who]


def what_zoom_said(explanation: Explanation, words: Words) -> str:
    """Say what Zoom answered, with what its support asks for; empty where it was not asked."""
    zoom = explanation.zoom
    if zoom is None:
        return ""
    named = {"HTTP": zoom.status, words("code"): zoom.code, words("tracking id"): zoom.tracking_id}
    numbers = ", ".join(f"{name} {value}" for name, value in named.items() if value)
    said = f"{words('Zoom said:')} {zoom.message}" if zoom.message else words("Zoom's answer")
    return f"{said} ({numbers})" if numbers else said
