"""List what an account recommends for one tracking field: the drop-down of its value.

https://developers.zoom.us/docs/api/meetings/#tag/tracking-field/GET/tracking_fields
"""

from zoom_connector import Inputs, Outputs, ZoomClient, recommended_values


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    defined = zoom.call("/tracking_fields").get("tracking_fields", [])
    return {"values": [{"value": value} for value in recommended_values(defined, inputs["field"])]}
