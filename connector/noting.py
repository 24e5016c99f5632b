"""Keep what fails, for whoever is asked for help (`support`)."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from .clock import Clock
from .errors import InvalidInputs, ZoomConnectorError
from .explain import explain
from .recognise import Errors
from .store.helping import Failed, Failures


@contextmanager
def noting(failures: Failures, doing: str, clock: Clock, errors: Errors) -> Iterator[None]:
    """Keep what fails meanwhile, but for what somebody only has to fill in differently.

    Args:
        failures: where it is kept.
        doing: key of the action, or `connect`.
        clock: for when it was.
        errors: the error catalogue.
    """
    try:
        yield
    except InvalidInputs:
        raise
    except ZoomConnectorError as failure:
        told = explain(failure, errors).code
        code = failure.code if told == "unknown" else told
        with suppress(ZoomConnectorError):  # a store that fails as well must not hide what failed first
            failures.note(Failed.of(code, doing, clock.now(), failure.zoom))
        raise
