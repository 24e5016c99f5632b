"""What helps somebody else to help: one archive, with nothing secret or personal in it.

What is let in is named here, one thing after another; everything else stays out. Sentences are left out too, because
they are made of names and addresses: a failure is its code, and Zoom's support finds the rest by the tracking id.
"""

import hashlib
import io
import json
import platform
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources.abc import Traversable
from typing import Any

from .doctor.examining import Patient, examine
from .doctor.findings import Diagnosis, Finding
from .errors import ZoomConnectorError
from .explain import explain
from .recognise import Errors
from .store.helping import Failed

_PACKAGE = "zoom-connector"
_README = """What is in this archive, for whoever is asked for help with the Zoom connector:

about.json      versions, and a hash of the manifests
settings.json   names of the settings that are made, and the values of those that tell nothing
doctor.json     what the doctor found: checks and codes (zoom-connector explain CODE says what one means)
failures.json   what failed lately: codes, and the tracking ids that Zoom's support asks for

It holds no secrets, names, addresses or ids of meetings, users, accounts and apps, and nothing that was filled in.
"""


def bundle(patient: Patient) -> bytes:
    """Return the archive; looks as the doctor does, and changes nothing.

    Args:
        patient: the connector it is about.
    """
    diagnosis = examine(patient, None, ())
    files: dict[str, Any] = {
        "about.json": _about(patient),
        "settings.json": _or_code(lambda: _settings(patient)),
        "doctor.json": _doctor(diagnosis, patient.catalogue.errors),
        "failures.json": _or_code(lambda: [_failed(each) for each in _failures(patient)]),
    }
    texts = {"README.txt": _README, **{name: json.dumps(value, indent=2) + "\n" for name, value in files.items()}}
    return _zipped(patient, texts)


def _zipped(patient: Patient, texts: dict[str, str]) -> bytes:
    now = patient.clock.now()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, now.second)), text
            )
    return held.getvalue()


def _or_code(find: Callable[[], Any]) -> Any:
    try:
        return find()
    except ZoomConnectorError as failure:
        return {"unreadable": failure.code}


def _about(patient: Patient) -> dict[str, Any]:
    return {
        "written_at": patient.clock.now().isoformat(),
        "versions": dict(_versions()),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "manifests": _hash(patient.catalogue.folder),
    }


def _versions() -> Iterator[tuple[str, str | None]]:
    """Yield the connector and what it needs, with None for what is not installed."""
    names = [re.split(r"[^\w.-]", needed, maxsplit=1)[0] for needed in requires(_PACKAGE) or ()]
    for name in dict.fromkeys([_PACKAGE, *sorted(names)]):
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, None


def _hash(folder: Traversable) -> str:
    """Return SHA-256 over the names and contents of all manifests, in the order of their names."""
    digest = hashlib.sha256()
    for name, file in sorted(_files(folder, "")):
        content = file.read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = f"{path}{entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        elif entry.name.endswith(".json"):
            yield name, entry


_TELL_NOTHING = ("plan", "event_retention_days", "allow_private_sinks")
"""Settings whose values come from a short list or are numbers."""


def _settings(patient: Patient) -> dict[str, Any]:
    settings = patient.settings()
    return {
        "made": sorted(settings.model_fields_set),
        "values": {name: getattr(settings, name) for name in _TELL_NOTHING},
        "database": settings.database_url.get_secret_value().partition(":")[0],
        "tenant": "default" if patient.tenant == "default" else "another",
    }


def _doctor(diagnosis: Diagnosis, errors: Errors) -> list[dict[str, Any]]:
    abouts = dict.fromkeys(finding.about for finding in diagnosis.findings if finding.about)
    numbers = {about: f"app or connection {number}" for number, about in enumerate(abouts, start=1)}
    return [_finding(finding, numbers, errors) for finding in diagnosis.findings]


def _finding(finding: Finding, numbers: dict[str, str], errors: Errors) -> dict[str, Any]:
    told = finding.explanation
    zoom = told.zoom if told else None
    return {
        "check": finding.check,
        "about": numbers.get(finding.about),
        "status": finding.status.value,
        "code": told.code if told else None,
        "title": explain(told.code, errors).title if told else None,
        "zoom": {"status": zoom.status, "code": zoom.code, "tracking_id": zoom.tracking_id} if zoom else None,
    }


def _failures(patient: Patient) -> list[Failed]:
    if patient.store is not None:
        return patient.store.failures.recent()
    from .store.looking import find_database, open_to_look  # a platform may bring a store of its own

    settings = patient.settings()
    database = find_database(settings.database_url.get_secret_value())
    if database is None:
        return []
    store = open_to_look(database, keys=settings.secret_keys, tenant=patient.tenant, clock=patient.clock)
    if store is None:
        return []
    with closing(store):
        return store.failures.recent()


def _failed(failed: Failed) -> dict[str, Any]:
    return {
        "at": failed.at.isoformat(),
        "doing": failed.doing,
        "code": failed.code,
        "zoom": {"status": failed.status, "code": failed.number, "tracking_id": failed.tracking_id},
    }
