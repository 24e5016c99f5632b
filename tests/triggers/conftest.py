"""What the tests of polls share."""

from collections.abc import Iterator

import pytest

from contract.handling import Foreign, foreign


@pytest.fixture
def zoom() -> Iterator[Foreign]:
    with foreign() as zoom:
        yield zoom
