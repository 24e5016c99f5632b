"""What the contract tests share."""

import os
from collections.abc import Mapping

import pytest

from contract.spec import Spec
from contract.webhooks import Webhook, load_webhooks


@pytest.fixture(scope="session")
def spec() -> Spec:
    """What Zoom publishes; the files are not part of this repository."""
    return Spec.load(_folder())


@pytest.fixture(scope="session")
def webhooks() -> Mapping[str, Webhook]:
    """The events that Zoom publishes."""
    return load_webhooks(_folder())


def _folder() -> str:
    folder = os.environ.get("ZOOM_SPEC_DIR")
    if not folder:
        pytest.skip("ZOOM_SPEC_DIR is not set")
    return folder
