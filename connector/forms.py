"""What a way of connecting asks for, checked before anything is sent."""

from collections.abc import Mapping
from typing import Any

from .catalogue import Identity
from .errors import InvalidInputs
from .inputs import normalise
from .types import Inputs


def fill(identity: Identity, mode: str, inputs: Inputs, *, consent: bool) -> Mapping[str, Any]:
    """Return the fields of a mode's form, without the blanks that come along when they are copied.

    Args:
        identity: what `connector.json` says.
        mode: a key of its `auth`.
        inputs: what the form was filled in with; a field left empty is the same as none.
        consent: whether somebody is to sign in on Zoom's page; the other modes do not exist then.

    Raises:
        InvalidInputs: `mode_unknown`, with the modes there are; `inputs_invalid` for every field that does not fit.
    """
    known = sorted(key for key, way in identity.auth.items() if way["consent"] is consent)
    if mode not in known:
        raise InvalidInputs("mode_unknown", mode=mode, known=known)
    stripped = {name: value.strip() if isinstance(value, str) else value for name, value in inputs.items()}
    return normalise(identity.auth[mode]["inputs"], {name: value for name, value in stripped.items() if value != ""})
