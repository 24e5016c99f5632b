"""What the contract tests share."""

import os

import pytest

from contract.spec import Spec


@pytest.fixture(scope="session")
def spec() -> Spec:
    """What Zoom publishes; the files are not part of this repository."""
    folder = os.environ.get("ZOOM_SPEC_DIR")
    if not folder:
        pytest.skip("ZOOM_SPEC_DIR is not set")
    return Spec.load(folder)
