"""Event subscriptions are listed for the connected user and account, unless others are named."""

from zoom.foreign import reply

from contract.handling import Foreign, Sent

ME = {"id": "exampleHostAAAAAAAAAAA", "account_id": "exampleAccountCCCCCCCC"}
LIST = "/marketplace/app/event_subscription"
ROW = {"event_subscription_id": "exampleSubscriptionAAA", "events": ["meeting.started"]}
PAGE = "30"


def test_what_is_left_out_is_the_connected_user_and_account(zoom: Foreign) -> None:
    zoom.answer({"GET /users/me": ME, f"GET {LIST}": {"event_subscriptions": [ROW]}})

    outputs = zoom.run("list_event_subscriptions", {"subscription_scope": "account"})

    assert outputs == {"event_subscriptions": [ROW]}
    assert zoom.sent == [
        Sent("GET", "/users/me", {}),
        Sent(
            "GET",
            LIST,
            {
                "user_id": "exampleHostAAAAAAAAAAA",
                "account_id": "exampleAccountCCCCCCCC",
                "subscription_scope": "account",
                "page_size": PAGE,
            },
        ),
    ]


def test_a_user_that_is_named_stays_and_the_account_is_filled_in(zoom: Foreign) -> None:
    zoom.answer({"GET /users/me": ME, f"GET {LIST}": {"event_subscriptions": []}})

    zoom.run("list_event_subscriptions", {"user_id": "exampleUserBBBBBBBBBBB"})

    assert zoom.sent[-1].query == {
        "user_id": "exampleUserBBBBBBBBBBB",
        "account_id": "exampleAccountCCCCCCCC",
        "page_size": PAGE,
    }


def test_nobody_is_asked_for_what_is_named(zoom: Foreign) -> None:
    named = {"user_id": "exampleUserBBBBBBBBBBB", "account_id": "exampleAccountDDDDDDDD"}
    first, second = ROW, ROW | {"event_subscription_id": "exampleSubscriptionBBB"}
    pages = [{"event_subscriptions": [first], "next_page_token": "example"}, {"event_subscriptions": [second]}]
    zoom.answer({f"GET {LIST}": [reply(page) for page in pages]})

    outputs = zoom.run("list_event_subscriptions", named)

    assert outputs == {"event_subscriptions": [first, second]}
    assert [sent.query for sent in zoom.sent] == [
        named | {"page_size": PAGE},
        named | {"page_size": PAGE, "next_page_token": "example"},
    ]
