"""The part of the store in memory that is for whoever serves the connector."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from store.memory_data import Data, KeptJob, at_once

from zoom_connector.store.serving import ApiKey, Job


@dataclass
class ApiKeys:
    data: Data

    @at_once
    def all(self) -> list[ApiKey]:
        return sorted(self.data.api_keys.values(), key=lambda key: key.name)

    @at_once
    def add(self, name: str, digest: str) -> bool:
        new = name not in self.data.api_keys
        if new:
            self.data.api_keys[name] = ApiKey(name, digest, self.data.clock.now())
        return new

    @at_once
    def delete(self, name: str) -> bool:
        return self.data.api_keys.pop(name, None) is not None


@dataclass
class Jobs:
    data: Data

    @at_once
    def add(self, job: Job) -> None:
        now = self.data.clock.now()
        young = {id: kept for id, kept in self.data.jobs.items() if kept.since >= now - timedelta(days=1)}
        self.data.jobs = {**young, job.id: KeptJob(job, since=now, until=now + timedelta(minutes=1))}

    @at_once
    def get(self, id: str) -> Job | None:
        kept = self.data.jobs.get(id)
        if kept and kept.job.state == "running" and kept.until <= self.data.clock.now():
            return replace(kept.job, state="lost")
        return kept.job if kept else None

    @at_once
    def keep(self, id: str, progress: Mapping[str, Any] | None) -> bool:
        kept = self.data.jobs.get(id)
        if kept:
            kept.job, kept.until = replace(kept.job, progress=progress), self.data.clock.now() + timedelta(minutes=1)
        return kept is not None and not kept.stopping

    @at_once
    def stop(self, id: str) -> None:
        if id in self.data.jobs:
            self.data.jobs[id].stopping = True

    @at_once
    def finish(self, job: Job) -> None:
        if kept := self.data.jobs.get(job.id):
            kept.job = replace(job, connection=kept.job.connection)

    @at_once
    def delete(self, id: str) -> bool:
        return self.data.jobs.pop(id, None) is not None
