"""List event subscriptions; Zoom wants to know whose, so what is left out is looked up.

https://developers.zoom.us/docs/api/marketplace/#tag/app/GET/marketplace/app/event_subscription
"""

from zoom_connector import Inputs, Outputs, ZoomClient

_LIST = "/marketplace/app/event_subscription"


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    asked = dict(inputs)
    if not {"user_id", "account_id"} <= asked.keys():
        me = zoom.call("/users/{user_id}", {})
        asked = {"user_id": me["id"], "account_id": me["account_id"]} | asked
    return {"event_subscriptions": list(zoom.list(_LIST, asked))}
