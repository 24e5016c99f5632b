"""A process of its own that runs actions; a process that is started has to find this by its name."""

from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier, Event

import zoom_connector
from zoom_connector import ZoomConnectorError
from zoom_connector.settings import Settings

MEETING = {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00Z"}


def work(given: dict[str, str], name: str, everybody: Barrier, stop: Event, problems: "Queue[str]") -> None:
    """Run actions that read, renew and write until told to stop, and once more after that."""
    try:
        with zoom_connector.load(settings=Settings.load(**given)) as connector:
            number = 0
            last = False
            while not last:
                last = stop.is_set()
                number += 1
                sales = connector.connection("sales")
                sales.run("get_my_user", {})
                made = sales.run("create_meeting", MEETING, idempotency_key=f"{name} {number}")
                again = sales.run("create_meeting", MEETING, idempotency_key=f"{name} {number}")
                assert made == again
                if number == 1:
                    everybody.wait(60)
    except ZoomConnectorError as error:
        problems.put(f"{error}")
        everybody.abort()
