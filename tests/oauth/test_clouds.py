"""Where Zoom is, when the settings name another cloud; the region of an account is in `test_server.py`."""

import pytest

from zoom_connector.catalogue import Identity
from zoom_connector.oauth.server import Endpoints
from zoom_connector.settings import Settings
from zoom_connector.zoom.request import trusted


def test_a_government_cloud_takes_the_place_of_every_address(identity: Identity) -> None:
    settings = Settings.load(zoom_url="https://zoomgov.com/", api_url="https://api.zoomgov.com")

    found = Endpoints.of(identity, settings)

    assert (found.authorize, found.token, found.revoke, found.api_url) == (
        "https://zoomgov.com/oauth/authorize",
        "https://zoomgov.com/oauth/token",
        "https://zoomgov.com/oauth/revoke",
        "https://api.zoomgov.com",
    )


@pytest.mark.parametrize(
    ("url", "goes"),
    [
        ("https://api.zoomgov.com/v2/users/me", True),
        ("https://api-eu.zoom.us/v2/users/me", True),
        ("https://zoomgov.com.example.com/v2/users/me", False),
        ("http://api.zoomgov.com/v2/users/me", False),
    ],
)
def test_credentials_go_to_zooms_clouds_and_regions_only(identity: Identity, url: str, goes: bool) -> None:
    settings = Settings.load(zoom_url="https://zoomgov.com", api_url="https://api.zoomgov.com")

    assert trusted(url, Endpoints.of(identity, settings).hosts) is goes
