"""Bring a database to the tables of this version, or say why not."""

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from ..errors import SettingsError
from .schema import HEAD

_VERSIONS = "zoom_connector_version"
"""Table of the current migration; its name also tells our databases from others."""


def is_current(connection: Connection) -> bool:
    """Say whether the tables are those of this version."""
    return _version(connection) == HEAD


def check(connection: Connection) -> None:
    """Say what is to be said of tables that are not those of this version; changes nothing.

    Raises:
        SettingsError: `database_behind`, a run would bring them up; `database_newer` and `database_foreign` as for
            `migrate`.
    """
    version = _version(connection)
    if version is None and inspect(connection).get_table_names():
        raise SettingsError("database_foreign")
    if version is None or version < HEAD:
        raise SettingsError("database_behind")
    if version > HEAD:
        raise SettingsError("database_newer")


def migrate(connection: Connection) -> None:
    """Run the missing migrations inside the transaction of `connection`.

    Raises:
        SettingsError: `database_newer`, a newer version of the connector has written it; `database_foreign`, the
            tables in it are not ours.
    """
    version = _version(connection)
    if version == HEAD:
        return
    if version is None and inspect(connection).get_table_names():
        raise SettingsError("database_foreign")
    _upgrade(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSIONS):
        return None
    return connection.execute(select(column("version_num")).select_from(table(_VERSIONS))).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    from alembic import command  # a start with an up-to-date database does not pay for Alembic
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection, "version_table": _VERSIONS})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        # The only revision that Alembic cannot find is one that a later version of ours wrote.
        raise SettingsError("database_newer") from error
