"""A user is created only with an address in a domain of the account."""

from typing import Any

import pytest
from zoom.foreign import LOST, reply

from contract.handling import Foreign, Sent
from zoom_connector import InvalidInputs, OutcomeUnknown

MANAGED = "GET /accounts/me/managed_domains"
TRUSTED = "GET /accounts/me/trusted_domains"
CREATE = "POST /users"
MADE = {"id": "exampleHostAAAAAAAAAAA", "email": "jo@example.com", "type": 1}
VERIFIED = {"domain": "Example.com", "status": "verified"}
OF_THE_ACCOUNT = {"domains": [VERIFIED]}
JO = {"email": "jo@EXAMPLE.com"}


def test_an_address_in_a_managed_domain_makes_an_invited_basic_user(zoom: Foreign) -> None:
    zoom.answer({MANAGED: OF_THE_ACCOUNT, CREATE: reply(MADE, 201)})

    outputs = zoom.run("create_user_by_domain", JO)

    assert outputs == MADE | {"domain": "example.com", "domain_is": "managed"}
    assert zoom.sent == [
        Sent("GET", "/accounts/me/managed_domains", {}),
        Sent("POST", "/users", {}, {"action": "create", "user_info": {"type": 1, "email": "jo@EXAMPLE.com"}}),
    ]


def test_what_the_step_says_about_the_user_is_sent(zoom: Foreign) -> None:
    zoom.answer({MANAGED: OF_THE_ACCOUNT, CREATE: reply(MADE, 201)})

    zoom.run("create_user_by_domain", JO | {"first_name": "Jo", "last_name": "Doe", "how": "ssoCreate", "type": 2})

    user = {"type": 2, "email": "jo@EXAMPLE.com", "first_name": "Jo", "last_name": "Doe"}
    assert zoom.sent[-1].body == {"action": "ssoCreate", "user_info": user}


def test_an_address_in_a_trusted_domain_is_let_in_when_the_step_says_so(zoom: Foreign) -> None:
    zoom.answer({MANAGED: {"domains": []}, TRUSTED: {"trusted_domains": ["example.com"]}, CREATE: reply(MADE, 201)})

    outputs = zoom.run("create_user_by_domain", JO | {"domains": "managed_or_trusted"})

    assert outputs == MADE | {"domain": "example.com", "domain_is": "trusted"}


def test_trusted_domains_are_not_read_for_an_address_in_a_managed_one(zoom: Foreign) -> None:
    zoom.answer({MANAGED: OF_THE_ACCOUNT, CREATE: reply(MADE, 201)})

    zoom.run("create_user_by_domain", JO | {"domains": "managed_or_trusted"})

    assert [sent.path for sent in zoom.sent] == ["/accounts/me/managed_domains", "/users"]


@pytest.mark.parametrize(
    ("inputs", "domain", "allowed"),
    [
        ({"email": "jo@elsewhere.example"}, "elsewhere.example", ["example.com"]),
        ({"email": "jo@sub.example.com"}, "sub.example.com", ["example.com"]),
        ({"email": "jo@notexample.com"}, "notexample.com", ["example.com"]),
        ({"email": "jo@claimed.example"}, "claimed.example", ["example.com"]),
        ({"email": "jo@trusted.example"}, "trusted.example", ["example.com"]),
        (
            {"email": "jo@elsewhere.example", "domains": "managed_or_trusted"},
            "elsewhere.example",
            ["example.com", "trusted.example"],
        ),
    ],
)
def test_any_other_address_is_refused_and_nobody_is_created(
    zoom: Foreign, inputs: dict[str, Any], domain: str, allowed: list[str]
) -> None:
    claimed = {"domain": "claimed.example", "status": "pending"}
    zoom.answer(
        {
            MANAGED: {"domains": [VERIFIED, claimed]},
            TRUSTED: {"trusted_domains": ["trusted.example"]},
            CREATE: reply(MADE, 201),
        }
    )

    with pytest.raises(InvalidInputs) as refused:
        zoom.run("create_user_by_domain", inputs)

    assert (refused.value.code, refused.value.params) == (
        "domain_not_of_account",
        {"domain": domain, "allowed": allowed},
    )
    assert {sent.method for sent in zoom.sent} == {"GET"}


def test_a_user_is_never_created_twice(zoom: Foreign) -> None:
    zoom.answer({MANAGED: OF_THE_ACCOUNT, CREATE: LOST})

    with pytest.raises(OutcomeUnknown):
        zoom.run("create_user_by_domain", JO)

    assert [sent.method for sent in zoom.sent] == ["GET", "POST"]
