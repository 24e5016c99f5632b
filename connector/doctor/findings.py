"""What the doctor found: one finding per check, each with a sentence, and where it is bad with who acts and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..errors import ZoomConnectorError
from ..explain import DONE, Explanation, explain
from ..recognise import Errors
from ..words import worded


class Status(StrEnum):
    """What a check came to."""

    PASS = "pass"  # noqa: S105 - no password
    WARNING = "warning"
    FAILURE = "failure"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True)
class Finding:
    """What one check came to."""

    check: str
    """Its key in `manifests/doctor.json`."""
    title: str
    about: str
    """Name of the connection, or client id of the app; empty for what all of them need."""
    status: Status
    sentence: str
    explanation: Explanation | None = None
    """Who acts, why and how; of warnings and failures."""

    def as_dict(self) -> dict[str, Any]:
        """Return the finding in JSON types."""
        told = self.explanation
        return {
            "check": self.check,
            "title": self.title,
            "about": self.about or None,
            "status": self.status.value,
            "sentence": self.sentence,
            "code": told.code if told else None,
            "who": told.who if told else None,
            "steps": list(told.steps) if told else [],
            "explanation": told.as_dict() if told else None,
        }


@dataclass(frozen=True)
class Diagnosis:
    """Every finding, in the order in which things break."""

    findings: tuple[Finding, ...]

    @property
    def failure(self) -> Finding | None:
        """The first failure, which is the one to mend first."""
        return next((each for each in self.findings if each.status is Status.FAILURE), None)

    @property
    def exit_code(self) -> int:
        """What a command ends with: that of the first failure."""
        first = self.failure
        return first.explanation.exit_code if first and first.explanation else DONE

    def as_dict(self) -> dict[str, Any]:
        """Return the object that every host hands out, in JSON types."""
        first = self.failure
        return {
            "healthy": first is None,
            "first_failure": first.as_dict() if first else None,
            "findings": [each.as_dict() for each in self.findings],
        }


class Notes:
    """Where findings are written down.

    Args:
        texts: `manifests/doctor.json`.
        errors: the error catalogue.
    """

    def __init__(self, texts: Mapping[str, Mapping[str, Any]], errors: Errors) -> None:
        self._texts = texts
        self.errors = errors
        self.findings: list[Finding] = []

    def passed(self, check: str, about: str = "", /, **values: object) -> None:
        """Note that all is well."""
        self._note(check, about, Status.PASS, worded(self._texts["checks"][check]["pass"], values))

    def unchecked(self, check: str, reason: str, about: str = "", /, **values: object) -> None:
        """Note why something cannot be told."""
        self._note(check, about, Status.NOT_CHECKABLE, worded(self._texts["reasons"][reason], values))

    def failed(self, check: str, failure: ZoomConnectorError, about: str = "") -> None:
        """Note what keeps things from working."""
        self._explained(check, failure, about, Status.FAILURE)

    def warned(self, check: str, failure: ZoomConnectorError, about: str = "") -> None:
        """Note what somebody should look at, although things may work."""
        self._explained(check, failure, about, Status.WARNING)

    def title(self, check: str) -> str:
        """Return what a check is called."""
        return str(self._texts["checks"][check]["title"])

    def rest(self, last: str, reason: str, **values: object) -> None:
        """Note why none of the checks behind `last` can be made."""
        checks = list(self._texts["checks"])
        for check in checks[checks.index(last) + 1 :]:
            self.unchecked(check, reason, **values)

    def blocked(self, check: str) -> bool:
        """Say whether a check came to something that has to be mended before others can be made."""
        return any(each.check == check and each.explanation is not None for each in self.findings)

    def _explained(self, check: str, failure: ZoomConnectorError, about: str, status: Status) -> None:
        explanation = explain(failure, self.errors)
        self._note(check, about, status, f"{explanation.title}.", explanation)

    def _note(
        self, check: str, about: str, status: Status, sentence: str, explanation: Explanation | None = None
    ) -> None:
        self.findings.append(Finding(check, self.title(check), about, status, sentence, explanation))
