"""Look up a user by e-mail address; that nobody has it is an answer, not a failure.

https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}
"""

from zoom_connector import Inputs, Outputs, ZoomClient, ZoomError

_NOBODY = (1001, 1010, 1120)
"""No such user, a user of another account, an invitation that has expired."""


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    try:
        user = zoom.call("/users/{user_id}", {"user_id": inputs["email"]})
    except ZoomError as error:
        if error.zoom is None or error.zoom.code not in _NOBODY:
            raise
        return {"found": False}
    return {**user, "found": True}
