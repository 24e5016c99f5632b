import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from oauth.world import World

from zoom_connector.errors import ZoomConnectorError
from zoom_connector.sandbox import Fault


def test_neither_logs_nor_failures_hold_a_token(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    url = world.callback("sales")
    world.zoom.faults.add(Fault("malformed", path="/users/{userId}"))
    failures = []
    with pytest.raises(ZoomConnectorError) as caught:
        world.sign_ins.finish(url)
    failures.append(caught.value)
    query = parse_qs(urlsplit(url).query)
    secrets = [world.app.client_secret, *query["code"], *query["state"]]
    tokens = world.sign_ins.finish(url).connection.grant.tokens
    secrets += [tokens.access, tokens.refresh]
    world.zoom.clock.move(hours=2)
    world.zoom.remove_app("sandbox-client", "host@example.com")
    with pytest.raises(ZoomConnectorError) as caught:
        world.connections.access("sales").token()
    failures.append(caught.value)

    written = caplog.text + "".join(f"{failure} {failure!r} {failure.params}" for failure in failures)

    assert "POST /oauth/token" in written
    assert [secret for secret in secrets if secret in written] == []
