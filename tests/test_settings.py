import pytest
from pydantic import ValidationError

from zoom_connector.catalogue import Catalogue
from zoom_connector.errors import SettingsError
from zoom_connector.explain import explain
from zoom_connector.settings import Settings


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ZOOM_CONNECTOR_{name.upper()}", raising=False)


def test_one_machine_needs_no_settings() -> None:
    settings = Settings.load()

    assert settings.database_url.get_secret_value().startswith("sqlite:///")
    assert settings.database_url.get_secret_value().endswith("connections.db")
    assert (settings.secret_keys, settings.client_id, settings.plan) == ((), None, "pro")


def test_the_environment_is_read_with_its_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOOM_CONNECTOR_PLAN", "business")
    monkeypatch.setenv("ZOOM_CONNECTOR_ZOOM_URL", "https://zoomgov.com/")
    monkeypatch.setenv("ZOOM_CONNECTOR_SECRET_KEY", "new-key, old-key")

    settings = Settings.load()

    assert (settings.plan, settings.zoom_url) == ("business", "https://zoomgov.com")
    assert settings.secret_keys == ("new-key", "old-key")


def test_what_is_given_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOOM_CONNECTOR_CLIENT_ID", "from-the-environment")

    assert Settings.load(client_id="given").client_id == "given"


def test_a_setting_left_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOOM_CONNECTOR_DATABASE_URL", "")
    monkeypatch.setenv("ZOOM_CONNECTOR_PLAN", "")

    settings = Settings.load()

    assert (settings.database_url.get_secret_value() != "", settings.plan) == (True, "pro")


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("plan", "platinum", "It must be one of these: 'free', 'pro', 'business'."),
        ("event_retention_days", "soon", "It must be a whole number."),
        ("event_retention_days", "-1", "It must not be less than 0."),
        ("allow_private_sinks", "platinum", "It must be true or false."),
        (
            "zoom_url",
            "http://zoom.example.com",
            "An address must begin with https:// (or http://127.0.0.1: for a local Zoom).",
        ),
        ("client_id", b"\xff", "Its value cannot be read."),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_repeated(name: str, value: str | bytes, fault: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.load(**{name: value})

    told = explain(caught.value, Catalogue().errors)
    assert told.code == "setting_invalid"
    assert told.detail == f"The connector cannot start with it: ZOOM_CONNECTOR_{name.upper()}. {fault}"
    assert str(value) not in repr(caught.value)


def test_no_secret_is_shown() -> None:
    settings = Settings.load(
        client_secret="client-secret", secret_key="the-key", database_url="postgresql://jo:password@db.example.com/zoom"
    )

    assert [secret for secret in ("client-secret", "the-key", "password") if secret in repr(settings)] == []


def test_a_platform_that_builds_the_settings_itself_sees_no_value_either() -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(plan="the-wrong-value")  # type: ignore[arg-type]  # that is the point

    assert "the-wrong-value" not in str(caught.value)


def test_webhook_secrets_are_listed_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOOM_CONNECTOR_WEBHOOK_SECRET", "newer, older,")

    settings = Settings.load()

    assert settings.webhook_secrets == ("newer", "older")
    assert "newer" not in repr(settings)


def test_without_settings_events_are_kept_for_a_month_and_no_webhook_is_believed() -> None:
    settings = Settings.load()

    assert (settings.event_retention_days, settings.webhook_secrets, settings.api_key) == (30, (), None)


def test_a_public_address_is_kept_without_a_slash_at_its_end() -> None:
    assert Settings.load(public_url="https://zoom.example.com/").public_url == "https://zoom.example.com"
