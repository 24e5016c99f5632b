"""What the local Zoom knows of settings of users and accounts, and domains."""

from ..operations import user_settings
from ..route import USER, USER_WRITE, Route, granular

ROUTES = (
    Route(
        "GET",
        "/users/{userId}/settings",
        "medium",
        USER,
        granular("user:read:settings", "admin"),
        user_settings.get_user_settings,
    ),
    Route(
        "PATCH",
        "/users/{userId}/settings",
        "medium",
        USER_WRITE,
        granular("user:update:settings", "admin"),
        user_settings.update_user_settings,
        204,
    ),
    Route(
        "GET",
        "/accounts/{accountId}/settings",
        "medium",
        ("account:read:admin",),
        ("account:read:settings:admin", "account:read:settings:master"),
        user_settings.get_account_settings,
    ),
    Route(
        "GET",
        "/accounts/{accountId}/managed_domains",
        "light",
        ("account:read:admin",),
        ("account:read:managed_domains:master",),
        user_settings.list_managed_domains,
    ),
    Route(
        "GET",
        "/accounts/{accountId}/trusted_domains",
        "light",
        ("account:read:admin",),
        ("account:read:trusted_domains:master",),
        user_settings.list_trusted_domains,
    ),
)
