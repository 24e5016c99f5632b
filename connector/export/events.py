"""What the web service can be asked about events and who is told of them."""

from .answers import listed, named
from .operation import FLAG, NAME, TEXT, TEXTS, Operation

EVENTS = (
    Operation(
        "list_subscriptions",
        "GET",
        "/subscriptions",
        "Events",
        "Who is told of what",
        listed("subscriptions", "Subscription"),
    ),
    Operation(
        "create_subscription",
        "POST",
        "/subscriptions",
        "Events",
        "Have events sent to an address, signed, again and again until they arrive",
        named("Subscribed"),
        201,
        body={
            "type": "object",
            "additionalProperties": False,
            "required": ["trigger", "connection", "to"],
            "properties": {
                "trigger": {"type": "string", "examples": ["recording_completed"]},
                "connection": {**NAME, "examples": ["sales"]},
                "to": {
                    "type": "string",
                    "pattern": "^https?://",  # a callable of the server's process is nobody else's to name
                    "description": "The https address that gets the events.",
                    "examples": ["https://hooks.example.com/zoom"],
                },
                "filters": {"type": "object", "description": "As the trigger's filters describe them.", "default": {}},
                "ordered": {**FLAG, "description": "Bring nothing before what happened earlier has arrived."},
                "reveal": {**TEXTS, "description": "Names of secret outputs that are not masked."},
                "safety_net": {**FLAG, "description": "Ask Zoom regularly as well, in case its message got lost."},
            },
        },
    ),
    Operation(
        "get_subscription", "GET", "/subscriptions/{subscription}", "Events", "One subscription", named("Subscription")
    ),
    Operation(
        "delete_subscription", "DELETE", "/subscriptions/{subscription}", "Events", "End a subscription", status=204
    ),
    Operation(
        "pause_subscription",
        "POST",
        "/subscriptions/{subscription}/pause",
        "Events",
        "Hold back everything for a subscription",
        named("Subscription"),
    ),
    Operation(
        "resume_subscription",
        "POST",
        "/subscriptions/{subscription}/resume",
        "Events",
        "Let a subscription go on where it was",
        named("Subscription"),
    ),
    Operation(
        "list_events",
        "GET",
        "/events",
        "Events",
        "What happened at Zoom, the latest first",
        listed("events", "Event"),
        query={
            "subscription": {"type": "string", "description": "Only what this subscription was or will be told of."},
            "name": {"type": "string", "description": "Only this event of Zoom.", "examples": ["meeting.ended"]},
            "after": {"type": "string", "format": "date-time", "description": "Only what was received from then on."},
            "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
        },
    ),
    Operation(
        "replay_event",
        "POST",
        "/events/{event}/replay",
        "Events",
        "Bring an event once more to a subscription that had it",
        named("Replayed"),
        body={
            "type": "object",
            "additionalProperties": False,
            "required": ["subscription"],
            "properties": {"subscription": TEXT},
        },
    ),
)
