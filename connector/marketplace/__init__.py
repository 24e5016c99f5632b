"""What Zoom demands of an app that is published in its App Marketplace, as pages out of the manifests.

https://developers.zoom.us/docs/build-flow/app-listing/links/ and https://developers.zoom.us/docs/build-flow/technical-design/
"""
