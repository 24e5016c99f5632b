from zoom_connector.zoom import bodies


def test_what_came_is_not_shown_because_it_may_be_a_token() -> None:
    said = bodies.read(b'{"access_token": "example-token", "expires_in": 3600}')

    assert said.value["access_token"] == "example-token"
    assert "example-token" not in repr(said)
