"""Every operation of the family has an action, or is left out with a written reason."""

import json
import os
from pathlib import Path

import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.coverage import Coverage, coverage


@pytest.fixture(scope="module")
def found() -> Coverage:
    folder = os.environ.get("ZOOM_SPEC_DIR")
    if not folder:
        pytest.skip("ZOOM_SPEC_DIR is not set")
    published = json.loads((Path(folder) / "operations.json").read_text(encoding="utf-8"))
    catalogue = Catalogue()
    return coverage(catalogue.coverage, published, catalogue.actions.values())


def test_no_operation_is_without_an_action_and_without_a_reason(found: Coverage) -> None:
    assert [name for each in found.tags for name in each.missing] == []
    assert found.percent == 100


def test_no_entry_is_stale(found: Coverage) -> None:
    assert found.stale == ()
