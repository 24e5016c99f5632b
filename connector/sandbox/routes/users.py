"""What the local Zoom knows of users."""

from ..operations.users import (
    get_user,
    list_users,
)
from ..route import USER, Route, granular

ROUTES = (
    Route(
        "GET",
        "/users/{userId}",
        "light",
        (*USER, "user_info:read", "user_profile"),
        granular("user:read:user", "admin"),
        get_user,
    ),
    Route("GET", "/users", "medium", USER, ("user:read:list_users:admin",), list_users),
)
