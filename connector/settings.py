"""What the installation says. The environment is read here, and in `environment` what is no setting."""

from typing import Any, Literal, Self

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from .errors import SettingsError

_PREFIX = "ZOOM_CONNECTOR_"


def _own_database() -> str:
    return f"sqlite:///{user_data_path('zoom-connector', appauthor=False) / 'connections.db'}"


class Settings(BaseSettings):
    """The settings of one installation; the defaults serve one machine.

    What is not given as an argument comes from the environment variable of the same name with the prefix
    `ZOOM_CONNECTOR_`. Use `load` for an error that can be explained.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_ignore_empty=True, frozen=True, hide_input_in_errors=True)

    database_url: SecretStr = SecretStr("")
    """An SQLAlchemy URL, which may hold a password; SQLite in the user's data folder when left out."""
    secret_key: SecretStr | None = None
    """Fernet keys that encrypt the database, newest first, separated by commas."""
    client_id: str | None = None
    """The platform's own app at Zoom, for connections that bring none."""
    client_secret: SecretStr | None = None
    plan: Literal["free", "pro", "business"] = "pro"
    """The Zoom plan, which decides how many calls per second Zoom allows."""
    zoom_url: str | None = None
    """Where people sign in, instead of the address in `connector.json`; a government cloud or a local Zoom."""
    api_url: str | None = None
    """Where calls go when Zoom's own answer names no address."""
    public_url: str | None = None
    """Where people and Zoom reach `zoom-connector serve`, such as https://zoom.example.com."""
    api_key: SecretStr | None = None
    """What callers of `serve` show; without one it serves this machine only."""
    webhook_secret: SecretStr | None = None
    """Secret tokens that Zoom signs the own app's webhooks with, newest first, separated by commas."""
    lang: str | None = None
    """What to speak, such as fr; a caller of a host may ask for another language."""
    event_retention_days: int = Field(default=30, ge=0)
    """How long it is kept what events say."""
    allow_private_sinks: bool = False
    """Events may be sent into the host's own network, and without encryption; on a developer's machine."""

    @field_validator("database_url")
    @classmethod
    def _default_database(cls, value: SecretStr) -> SecretStr:
        return value if value.get_secret_value() else SecretStr(_own_database())

    @field_validator("zoom_url", "api_url", "public_url")
    @classmethod
    def _origin(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise PydanticCustomError("not_an_origin", "not an origin")
        return value.rstrip("/") if value else value

    @classmethod
    def load(cls, **given: Any) -> Self:
        """Read the settings.

        Args:
            given: settings that take the place of the environment's.

        Raises:
            SettingsError: `setting_invalid`, with the environment variable and what is wrong (pydantic's word for it),
                never the value.
        """
        try:
            return cls(**given)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            name = _PREFIX + "_".join(str(part) for part in first["loc"]).upper()
            # What pydantic lists ("'free', 'pro' or 'business'") is put into sentences of any language.
            limits: dict[str, Any] = {
                limit: str(each).replace(" or ", ", ") for limit, each in first.get("ctx", {}).items()
            }
            raise SettingsError("setting_invalid", setting=name, fault=first["type"], **limits) from None

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The keys of `secret_key`, newest first."""
        return _listed(self.secret_key)

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The tokens of `webhook_secret`, newest first."""
        return _listed(self.webhook_secret)


def _listed(secrets: SecretStr | None) -> tuple[str, ...]:
    parts = secrets.get_secret_value().split(",") if secrets else []
    return tuple(part.strip() for part in parts if part.strip())
