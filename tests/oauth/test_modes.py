import pytest

from zoom_connector.catalogue import Identity
from zoom_connector.errors import SettingsError
from zoom_connector.oauth.modes import app_for, missing_scopes
from zoom_connector.settings import Settings
from zoom_connector.store import App, AppKind

CREDENTIALS = {"client_id": "own-client", "client_secret": "own-secret"}


def app(kind: AppKind) -> App:
    return App("own-client", "own-secret", kind)


def test_the_platforms_app_comes_from_the_settings() -> None:
    settings = Settings.load(client_id="platform-client", client_secret="platform-secret")

    assert app_for("oauth_authorization_code", {}, settings) == App("platform-client", "platform-secret")


@pytest.mark.parametrize(
    ("mode", "more", "kind"),
    [
        ("oauth_byo_client", {}, AppKind.USER),
        ("oauth_byo_client", {"usage": "user"}, AppKind.USER),
        ("oauth_byo_client", {"usage": "admin"}, AppKind.ADMIN),
        ("server_to_server", {"account_id": "account-1", "default_user": "me"}, AppKind.SERVER),
    ],
)
def test_an_app_of_ones_own_comes_with_the_connection(mode: str, more: dict[str, str], kind: AppKind) -> None:
    assert app_for(mode, CREDENTIALS | more, Settings.load()) == app(kind)


def test_a_platform_without_an_app_is_told_what_to_set() -> None:
    with pytest.raises(SettingsError) as caught:
        app_for("oauth_authorization_code", {}, Settings.load(client_id="alone"))

    expected = {"settings": ["ZOOM_CONNECTOR_CLIENT_ID", "ZOOM_CONNECTOR_CLIENT_SECRET"]}
    assert (caught.value.code, caught.value.params) == ("app_not_configured", expected)


@pytest.mark.parametrize(
    ("kind", "held", "missing"),
    [
        (AppKind.USER, {"meeting:write", "recording:read", "user_info:read"}, ()),
        (AppKind.USER, {"meeting:write", "recording:read", "user:read"}, ()),
        (AppKind.USER, {"recording:read"}, ("meeting:write", "user_info:read")),
        (AppKind.ADMIN, {"meeting:write:admin", "recording:read:admin", "user:read:admin"}, ()),
        (AppKind.ADMIN, {"meeting:write:admin", "user:read:admin"}, ("recording:read:admin",)),
        (
            AppKind.ADMIN,
            {"meeting:write", "recording:read", "user_info:read"},
            ("meeting:write:admin", "recording:read:admin", "user:read:admin"),
        ),
        (AppKind.USER, {"meeting:write:admin", "user:read:admin"}, ("recording:read:admin",)),
        (
            AppKind.SERVER,
            {"user:read:user:admin", "cloud_recording:read:list_user_recordings:admin"},
            (
                "meeting:write:meeting:admin",
                "meeting:read:meeting:admin",
                "meeting:read:list_meetings:admin",
                "meeting:read:list_upcoming_meetings:admin",
                "meeting:read:invitation:admin",
                "meeting:update:meeting:admin",
                "meeting:update:status:admin",
                "meeting:delete:meeting:admin",
                "cloud_recording:read:list_recording_files:admin",
                "cloud_recording:read:meeting_transcript:admin",
            ),
        ),
    ],
)
def test_missing_scopes_are_named_in_the_family_and_at_the_level_of_the_app(
    identity: Identity, kind: AppKind, held: set[str], missing: tuple[str, ...]
) -> None:
    assert missing_scopes(identity, app(kind), held) == missing
