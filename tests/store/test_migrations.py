from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from zoom_connector.store import migrations
from zoom_connector.store.database import Database
from zoom_connector.store.migrate import migrate
from zoom_connector.store.schema import HEAD, metadata


def test_the_migrations_make_the_tables_of_the_schema(database_url: str) -> None:
    database = Database(database_url, patience=10.0)

    def differences(sql: Connection) -> list[object]:
        migrate(sql)
        context = MigrationContext.configure(sql, opts={"version_table": "zoom_connector_version"})
        return list(compare_metadata(context, metadata))

    found = database.write(differences)
    database.close()

    assert found == []


def test_the_newest_migration_is_the_one_that_the_schema_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.__path__[0]))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]
