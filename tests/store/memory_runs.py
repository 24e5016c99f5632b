"""The part of the store in memory that is about runs, and about what creates have made."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from store.memory_data import Data, Run, at_once

from zoom_connector.errors import InvalidInputs, NotReady, OutcomeUnknown
from zoom_connector.types import Outputs


@dataclass
class Runs:
    data: Data

    @at_once
    def begin(self, connection: str, key: str, action: str, fingerprint: str, *, creates: bool) -> Outputs | None:
        now, at = self.data.clock.now(), (connection, key)
        run = self.data.runs.get(at)
        if run is not None:
            if (run.action, run.fingerprint) != (action, fingerprint):
                raise InvalidInputs("idempotency_key_reused", key=key, action=run.action)
            if run.outputs is not None:
                return run.outputs
            if run.until > now:
                raise NotReady("idempotency_key_in_use", key=key, retry_in_seconds=5)
            if creates:
                raise OutcomeUnknown("outcome_unknown", key=key, action=action)
        self.data.runs[at] = Run(action, fingerprint, now + timedelta(minutes=10))
        return None

    @at_once
    def finish(self, connection: str, key: str, outputs: Outputs) -> None:
        self.data.runs[connection, key].outputs = outputs

    @at_once
    def forget(self, connection: str, key: str) -> None:
        del self.data.runs[connection, key]

    @at_once
    def unclear(self, connection: str, key: str) -> None:
        self.data.runs[connection, key].until = self.data.clock.now()


@dataclass
class Claims:
    data: Data

    @contextmanager
    def hold(self, mark: str) -> Iterator[None]:
        with self.data.turns.at(f"create {mark}"):
            yield

    @at_once
    def claim(self, made: str) -> bool:
        new = made not in self.data.claims
        self.data.claims.add(made)
        return new

    @at_once
    def claimed(self, made: Collection[str]) -> set[str]:
        return self.data.claims & set(made)
