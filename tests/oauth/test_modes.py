import pytest

from zoom_connector.catalogue import Identity
from zoom_connector.errors import Fault, InvalidInputs, SettingsError
from zoom_connector.oauth.modes import app_for
from zoom_connector.settings import Settings
from zoom_connector.store import App


def test_the_platforms_app_comes_from_the_settings(identity: Identity) -> None:
    settings = Settings.load(client_id="platform-client", client_secret="platform-secret")

    app = app_for("oauth_authorization_code", {}, identity=identity, settings=settings)

    assert app == App("platform-client", "platform-secret")


def test_an_app_of_ones_own_comes_with_the_connection(identity: Identity) -> None:
    inputs = {"client_id": " own-client ", "client_secret": "own-secret\n"}

    app = app_for("oauth_byo_client", inputs, identity=identity, settings=Settings.load())

    assert app == App("own-client", "own-secret")


def test_every_field_left_empty_is_named(identity: Identity) -> None:
    with pytest.raises(InvalidInputs) as caught:
        app_for("oauth_byo_client", {"client_id": " "}, identity=identity, settings=Settings.load())

    assert caught.value.faults == (Fault("/client_id", "required"), Fault("/client_secret", "required"))


def test_a_platform_without_an_app_is_told_what_to_set(identity: Identity) -> None:
    with pytest.raises(SettingsError) as caught:
        app_for("oauth_authorization_code", {}, identity=identity, settings=Settings.load(client_id="alone"))

    expected = {"settings": ["ZOOM_CONNECTOR_CLIENT_ID", "ZOOM_CONNECTOR_CLIENT_SECRET"]}
    assert (caught.value.code, caught.value.params) == ("app_not_configured", expected)


def test_an_unknown_mode_is_answered_with_the_known_ones(identity: Identity) -> None:
    with pytest.raises(InvalidInputs) as caught:
        app_for("password", {}, identity=identity, settings=Settings.load())

    assert (caught.value.code, caught.value.params) == (
        "mode_unknown",
        {"mode": "password", "known": ["oauth_authorization_code", "oauth_byo_client"]},
    )
