"""What the local Zoom knows of tracking fields."""

from ..operations import tracking_fields
from ..route import Route

ROUTES = (
    Route(
        "GET",
        "/tracking_fields",
        "medium",
        ("tracking_fields:read:admin",),
        ("tracking_field:read:list_tracking_fields:admin",),
        tracking_fields.list_tracking_fields,
    ),
    Route(
        "POST",
        "/tracking_fields",
        "light",
        ("tracking_fields:write:admin",),
        ("tracking_field:write:tracking_field:admin",),
        tracking_fields.create_tracking_field,
        201,
    ),
    Route(
        "GET",
        "/tracking_fields/{fieldId}",
        "light",
        ("tracking_fields:read:admin",),
        ("tracking_field:read:tracking_field:admin",),
        tracking_fields.get_tracking_field,
    ),
    Route(
        "PATCH",
        "/tracking_fields/{fieldId}",
        "light",
        ("tracking_fields:write:admin",),
        ("tracking_field:update:tracking_field:admin",),
        tracking_fields.update_tracking_field,
        204,
    ),
    Route(
        "DELETE",
        "/tracking_fields/{fieldId}",
        "light",
        ("tracking_fields:write:admin",),
        ("tracking_field:delete:tracking_field:admin",),
        tracking_fields.delete_tracking_field,
        204,
    ),
)
