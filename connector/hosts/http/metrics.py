"""What Prometheus reads about webhooks and subscriptions.

https://prometheus.io/docs/practices/naming/
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from ...events.health import Endpoint, Health, Telling


class Figures(Collector):
    """Looks how everything stands whenever it is asked.

    Args:
        look: does the looking.
    """

    def __init__(self, look: Callable[[], Health]) -> None:
        self._look = look

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the figures of this moment."""
        health = self._look()
        for name, meaning, of_endpoint in _ENDPOINT:
            yield _family(
                f"webhook_{name}", meaning, ["app"], (([one.app], of_endpoint(one)) for one in health.endpoints)
            )
        for name, meaning, of_subscription in _SUBSCRIPTION:
            rows = (([one.subscription, one.trigger], of_subscription(one)) for one in health.subscriptions)
            yield _family(f"subscription_{name}", meaning, ["subscription", "trigger"], rows)

    def describe(self) -> list[GaugeMetricFamily]:
        """Name nothing beforehand: registering must not ask the database."""
        return []


def _family(
    name: str, meaning: str, labels: Sequence[str], rows: Iterable[tuple[Sequence[str], float | None]]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"zoom_connector_{name}", meaning, labels=labels)
    for values, figure in rows:
        if figure is not None:
            family.add_metric(values, figure)
    return family


def _moment(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


_ENDPOINT: tuple[tuple[str, str, Callable[[Endpoint], float | None]], ...] = (
    ("last_event_timestamp_seconds", "When Zoom last brought an event.", lambda one: _moment(one.last_event_at)),
    ("last_challenge_timestamp_seconds", "When Zoom last checked it.", lambda one: _moment(one.last_challenge_at)),
    ("challenge_overdue", "1 when Zoom has not checked it for 72 hours.", lambda one: float(one.overdue)),
)
_SUBSCRIPTION: tuple[tuple[str, str, Callable[[Telling], float | None]], ...] = (
    ("backlog", "Deliveries that wait.", lambda one: one.waiting),
    ("failing", "Deliveries that wait after a failed attempt.", lambda one: one.failing),
    ("dead", "Deliveries that were given up.", lambda one: one.dead),
    ("lag_seconds", "How long the oldest delivery waits.", lambda one: one.lag.total_seconds()),
    ("last_delivery_timestamp_seconds", "When one last arrived.", lambda one: _moment(one.last_delivered_at)),
    ("paused", "1 when it is paused.", lambda one: float(one.paused)),
)
