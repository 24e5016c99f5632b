"""Every failure that Zoom publishes for the family's operations is explained, in Zoom's own words as they stand."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from contract.spec import Spec
from zoom_connector.catalogue import Catalogue
from zoom_connector.explain import explain
from zoom_connector.scope_sets import calls_of

CATALOGUE = Catalogue()
_ERROR = re.compile(
    r"Error Code:?`?\*{0,2}`?\s*`?(?P<code>\d+)`?\s*(?:</?br>|\s)*(?P<text>.*?)"
    r"(?=(?:\n|<br>)*(?:Error Code|HTTP Status)|$)",
    re.DOTALL,
)


def published(folder: Path, wanted: set[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Give code and text of every failure of some operations."""
    for file in sorted(folder.glob("*.methods.json")):
        for path, item in json.loads(file.read_text("utf-8"))["paths"].items():
            for method, operation in item.items():
                if (method.upper(), path) in wanted:
                    for status, answer in operation.get("responses", {}).items():
                        for found in _ERROR.finditer(answer.get("description", "") if status[0] in "45" else ""):
                            text = " ".join(re.sub(r"<[^>]+>|[*`]", "", found["text"]).split())
                            yield int(found["code"]), text


def test_every_published_failure_of_the_family_is_explained(spec: Spec) -> None:
    calls = [call for action in CATALOGUE.actions.values() for call in calls_of(action)]
    wanted = {(call.method, spec.operation(call.method, call.path).path) for call in calls}
    failures = set(published(Path(os.environ["ZOOM_SPEC_DIR"]), wanted))

    unexplained = {
        failure
        for failure in failures
        if explain(json.dumps({"code": failure[0], "message": failure[1]}), CATALOGUE.errors).code
        in ("unknown", "ambiguous_code")
    }

    assert len(failures) > 200
    assert unexplained == set()
