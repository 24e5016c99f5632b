"""Promise: the key of the database is changed while everybody works."""

import pytest
from e2e.worker import work
from e2e.world import World, settings_from
from processes import OTHERS

import zoom_connector
from zoom_connector import SettingsError
from zoom_connector.sandbox import Sandbox
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key
from zoom_connector.store.rotation import keys_in_use, rotate

WORKERS = 4


def test_a_key_is_changed_while_four_workers_run_actions(database_url: str) -> None:
    old, new = new_key(), new_key()
    everybody, stop, problems = OTHERS.Barrier(WORKERS + 1), OTHERS.Event(), OTHERS.Queue()
    with Sandbox() as zoom:
        given = settings_from(zoom, database_url, secret_key=old, plan="business")
        with zoom_connector.load(settings=Settings.load(**given)) as connector:
            World(zoom, Settings.load(**given)).connect(connector, "sales")
        given["secret_key"] = f"{new},{old}"
        names = [str(number) for number in range(WORKERS)]
        workers = [OTHERS.Process(target=work, args=(given, name, everybody, stop, problems)) for name in names]
        try:
            for worker in workers:
                worker.start()
            everybody.wait(60)
            zoom.clock.move(hours=2)  # so that tokens are renewed as well
            rotate(database_url, keys=[new, old])
            stop.set()
            for worker in workers:
                worker.join(60)
        finally:
            for worker in workers:
                worker.kill()

    assert problems.empty()
    assert [worker.exitcode for worker in workers] == [0] * WORKERS
    assert len(keys_in_use(database_url, keys=[new])) == 1
    with pytest.raises(SettingsError) as caught:
        keys_in_use(database_url, keys=[old])
    assert caught.value.code == "key_wrong"
