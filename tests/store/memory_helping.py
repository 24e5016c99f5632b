"""The part of the store in memory that is for whoever is asked for help."""

from dataclasses import dataclass
from datetime import timedelta

from store.memory_data import Data, at_once

from zoom_connector.store.helping import Failed


@dataclass
class Failures:
    data: Data

    @at_once
    def note(self, failed: Failed) -> None:
        young = [each for each in self.data.failures if each.at >= failed.at - timedelta(days=30)]
        self.data.failures = [failed, *young][:200]

    @at_once
    def recent(self) -> list[Failed]:
        return list(self.data.failures)
