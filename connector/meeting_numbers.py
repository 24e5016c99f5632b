"""The number of a meeting, out of whatever a person copied."""

import re

from .errors import Fault, InvalidInputs

_NUMBER = re.compile(r"\d{9,12}")
_IN_LINK = re.compile(r"(?:/(?:j|s|w|wc|wc/join|meeting|launch/jc)/|[?&]confno=)(\d{9,12})(?!\d)")


def meeting_number(text: str, pointer: str = "/meeting_id") -> str:
    """Read a meeting ID, as Zoom shows it with blanks or hyphens, or the join, start or app link that holds it.

    Args:
        text: what was filled in.
        pointer: of the input, for the fault.

    Raises:
        InvalidInputs: it holds none; a personal or a registration link does not say which meeting it is.
    """
    digits = re.sub(r"[\s-]", "", text)
    if _NUMBER.fullmatch(digits):
        return digits
    if found := _IN_LINK.search(text):
        return found[1]
    raise InvalidInputs("inputs_invalid", [Fault(pointer, "meeting_number")])
