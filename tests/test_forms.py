import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.errors import Fault, InvalidInputs
from zoom_connector.forms import fill

IDENTITY = Catalogue().identity
SERVER = {
    "account_id": "account-1",
    "client_id": "own-client",
    "client_secret": "own-secret",
    "default_user": "jo@example.com",
}


def test_blanks_that_were_copied_along_are_cut_off() -> None:
    filled = fill(
        IDENTITY, "oauth_byo_client", {"client_id": " own-client ", "client_secret": "own-secret\n"}, consent=True
    )

    assert filled == {"client_id": "own-client", "client_secret": "own-secret"}


def test_every_field_left_empty_is_named() -> None:
    with pytest.raises(InvalidInputs) as caught:
        fill(IDENTITY, "oauth_byo_client", {"client_id": " "}, consent=True)

    assert caught.value.faults == (Fault("/client_id", "required"), Fault("/client_secret", "required"))


def test_a_kind_of_app_that_does_not_exist_is_named() -> None:
    inputs = {"client_id": "own-client", "client_secret": "own-secret", "usage": "everybody"}

    with pytest.raises(InvalidInputs) as caught:
        fill(IDENTITY, "oauth_byo_client", inputs, consent=True)

    assert [fault.pointer for fault in caught.value.faults] == ["/usage"]


@pytest.mark.parametrize("user", ["jo@example.com", "exampleUser_-00000001", "me", "jo+zoom@example.com"])
def test_a_default_user_is_an_address_or_an_id(user: str) -> None:
    filled = fill(IDENTITY, "server_to_server", {**SERVER, "default_user": user}, consent=False)

    assert filled["default_user"] == user


@pytest.mark.parametrize("user", ["..", "a/b", "a?b", "jo example"])
def test_a_default_user_that_would_change_the_address_is_refused(user: str) -> None:
    with pytest.raises(InvalidInputs) as caught:
        fill(IDENTITY, "server_to_server", {**SERVER, "default_user": user}, consent=False)

    assert [fault.pointer for fault in caught.value.faults] == ["/default_user"]


@pytest.mark.parametrize(
    ("mode", "consent", "known"),
    [
        ("password", True, ["oauth_authorization_code", "oauth_byo_client"]),
        ("server_to_server", True, ["oauth_authorization_code", "oauth_byo_client"]),
        ("oauth_byo_client", False, ["server_to_server"]),
    ],
)
def test_a_mode_that_is_not_to_be_had_here_is_answered_with_those_that_are(
    mode: str, consent: bool, known: list[str]
) -> None:
    with pytest.raises(InvalidInputs) as caught:
        fill(IDENTITY, mode, {}, consent=consent)

    assert (caught.value.code, caught.value.params) == ("mode_unknown", {"mode": mode, "known": known})


def test_every_secret_of_a_form_is_marked() -> None:
    marked = {
        mode: [name for name, field in way["inputs"]["properties"].items() if field.get("secret")]
        for mode, way in IDENTITY.auth.items()
    }

    assert marked == {
        "oauth_authorization_code": [],
        "oauth_byo_client": ["client_secret"],
        "server_to_server": ["client_secret"],
    }
