"""Make any call of the Zoom API, for what has no action of its own yet.

https://developers.zoom.us/docs/api/
"""

from zoom_connector import Inputs, Outputs, ZoomClient, mask_known


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    answer = zoom.send(inputs["method"], inputs["path"], inputs.get("query"), inputs.get("body"))
    return {"answer": mask_known(answer)}
