"""What the local Zoom knows of groups of users."""

from ..operations import groups
from ..route import Route

ROUTES = (
    Route(
        "GET",
        "/groups",
        "medium",
        (
            "group:read:admin",
            "group:write:admin",
        ),
        ("group:read:list_groups:admin",),
        groups.list_groups,
    ),
    Route(
        "POST",
        "/groups",
        "light",
        ("group:write:admin",),
        ("group:write:group:admin",),
        groups.create_group,
        201,
    ),
    Route(
        "GET",
        "/groups/{groupId}",
        "light",
        (
            "group:read:admin",
            "group:write:admin",
        ),
        ("group:read:group:admin",),
        groups.get_group,
    ),
    Route(
        "GET",
        "/groups/{groupId}/members",
        "medium",
        (
            "group:read:admin",
            "group:write:admin",
        ),
        ("group:read:list_members:admin",),
        groups.list_members,
    ),
    Route(
        "POST",
        "/groups/{groupId}/members",
        "medium",
        ("group:write:admin",),
        ("group:write:member:admin",),
        groups.add_members,
        201,
    ),
    Route(
        "DELETE",
        "/groups/{groupId}/members/{memberId}",
        "light",
        ("group:write:admin",),
        ("group:delete:member:admin",),
        groups.remove_member,
        204,
    ),
)
