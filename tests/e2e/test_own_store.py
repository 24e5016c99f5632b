"""A platform keeps connections in a store of its own."""

import subprocess
import sys
from pathlib import Path

from e2e.world import SandboxTime, World
from store.memory import MemoryStore

import zoom_connector


def test_a_connector_works_with_a_store_that_the_platform_brings(world: World) -> None:
    clock = SandboxTime(world.zoom.clock)
    store = MemoryStore(clock)
    database = Path(world.settings.database_url.get_secret_value().removeprefix("sqlite:///"))
    database.unlink()
    meeting = {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00Z"}

    with zoom_connector.load(settings=world.settings, clock=clock, store=store) as connector:
        sales = world.connect(connector, "sales")
        world.zoom.clock.move(hours=2)
        made = [sales.run("create_meeting", meeting, idempotency_key="order-4711") for _ in range(2)]

    assert made[0] == made[1]
    assert [one.name for one in store.connections.all()] == ["sales"]
    assert not database.exists()


def test_a_store_that_the_platform_brings_needs_no_database_library() -> None:
    program = (
        "import sys, zoom_connector\n"
        "sys.modules.update(dict.fromkeys(['sqlalchemy', 'alembic', 'keyring', 'psycopg']))\n"
        "class Own: budget = claims = runs = apps = None\n"
        "zoom_connector.load(store=Own()).engine\n"
    )

    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
