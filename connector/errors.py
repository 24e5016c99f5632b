"""Every failure of the connector: one tree, and the class says who can act.

    ZoomConnectorError        retryable = False
      ManifestError           us: a manifest is wrong, or manifest and handler disagree
      SettingsError           whoever installed the connector: a setting, a key or the database
      InvalidInputs           the workflow's author: fill in the step differently
      MissingScopes           the app's owner adds them, then the connection is authorised again
      SignInFailed            whoever signs in: the consent page or the callback came to nothing
      ReconnectRequired       the connection's owner: authorise again
      FileFailed              whoever runs the connector: a folder or a disk refused a file
      DeliveryFailed          retryable: whoever runs the receiver of events, which did not take one
      ZoomError               Zoom said no; `zoom` has its answer
        NotReady              retryable: not there yet
        OutcomeUnknown        a create whose answer was lost and cannot be proved absent
        RateLimited           retryable, retry_at
        ZoomUnavailable       retryable: no answer, or 5xx

An exception carries a code and parameters. The sentence for the person who must act is in
`manifests/errors.json`, and `zoom_connector.explain` puts the two together. Neither may hold a token,
a secret, a body or a signature.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True)
class ZoomAnswer:
    """What Zoom said when it said no."""

    status: int | None = None
    """HTTP status; None when no answer came."""
    code: int | None = None
    """Zoom's own number in the body, which is not the HTTP status."""
    message: str = ""
    """Zoom's own text, with anything secret cut out."""
    tracking_id: str | None = None
    """`x-zm-trackingid`: what Zoom's support asks for."""
    error: str | None = None
    """OAuth error class of the token endpoint and of the callback, such as `invalid_grant` (RFC 6749, 5.2)."""


class ZoomConnectorError(Exception):
    """Root of the tree.

    Attributes:
        code: stable name of the failure, also its key in the error catalogue where it has one.
        params: values for the catalogue's sentences; JSON types only, nothing secret.
        zoom: Zoom's answer, where Zoom's answer is the reason.
    """

    retryable: ClassVar[bool] = False

    def __init__(self, code: str, /, *, zoom: ZoomAnswer | None = None, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.zoom = zoom

    def __str__(self) -> str:
        facts = [f"{name}={value!r}" for name, value in self.params.items()]
        if self.zoom is not None:
            facts += [f"{name}={value!r}" for name, value in vars(self.zoom).items() if value not in (None, "")]
        return f"{self.code} ({', '.join(facts)})" if facts else self.code


class ManifestError(ZoomConnectorError):
    """A manifest is wrong, or manifest and handler disagree."""


class SettingsError(ZoomConnectorError):
    """A setting, the key or the database is missing or wrong."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the inputs."""

    pointer: str
    """JSON pointer of the input (RFC 6901); "" is the whole."""
    keyword: str
    """The JSON Schema keyword that failed, or a name of ours such as `zone_missing`; the catalogue has its sentence."""
    expected: object = None
    """What the schema asks for, as it stands there."""


class InvalidInputs(ZoomConnectorError):
    """The step is filled in wrongly; nothing was sent.

    Attributes:
        faults: every fault found, not only the first.
    """

    def __init__(self, code: str, /, faults: Sequence[Fault] = (), **params: object) -> None:
        super().__init__(code, zoom=None, **params)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        faults = ", ".join(f"{fault.pointer or '/'} {fault.keyword}" for fault in self.faults)
        return f"{super().__str__()}: {faults}" if faults else super().__str__()


class MissingScopes(ZoomConnectorError):
    """The grant lacks a scope; param `scopes` lists alternatives, any one of which is enough."""


class SignInFailed(ZoomConnectorError):
    """A sign-in came to nothing; start it again."""


class ReconnectRequired(ZoomConnectorError):
    """The grant is dead; param `connection` names the connection to authorise again, where it is known."""


class RunStopped(ZoomConnectorError):
    """Whoever started the run stopped it; what was done until then stays done."""


class FileFailed(ZoomConnectorError):
    """A file could not be written; param `path` says which."""


class DeliveryFailed(ZoomConnectorError):
    """The receiver of a subscription did not take an event; it is tried again.

    Attributes:
        retry_at: when the receiver wants to be asked again, with its zone; None when it did not say.
    """

    retryable = True

    def __init__(self, code: str, /, *, retry_at: datetime | None = None, **params: object) -> None:
        super().__init__(code, zoom=None, **params)
        self.retry_at = retry_at


class ZoomError(ZoomConnectorError):
    """Zoom refused; `zoom` has its answer, and the error catalogue knows most of them."""


class NotReady(ZoomError):
    """Not there yet; param `retry_in_seconds` says when to ask again, where it is known."""

    retryable = True


class OutcomeUnknown(ZoomError):
    """The answer to a create was lost, and nothing proves that it was not carried out."""


class RateLimited(ZoomError):
    """Zoom's limit is used up.

    Attributes:
        retry_at: when it resets, with its zone; None when Zoom did not say.
    """

    retryable = True

    def __init__(
        self, code: str, /, *, zoom: ZoomAnswer | None = None, retry_at: datetime | None = None, **params: object
    ) -> None:
        super().__init__(code, zoom=zoom, **params)
        self.retry_at = retry_at


class ZoomUnavailable(ZoomError):
    """No answer, or an answer of the 5xx kind."""

    retryable = True
