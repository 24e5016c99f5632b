"""Any operation can be called, and no secret comes out of it."""

from contract.handling import Foreign, Sent


def test_a_call_is_sent_as_it_is_written(zoom: Foreign) -> None:
    zoom.answer({"PATCH /groups/example/settings": {"ok": True}})

    outputs = zoom.run(
        "call_zoom_api",
        {
            "method": "PATCH",
            "path": "/groups/example/settings",
            "query": {"option": "meeting_security", "all": False},
            "body": {"meeting_security": {"waiting_room": False}},
        },
    )

    assert outputs == {"answer": {"ok": True}}
    assert zoom.sent == [
        Sent(
            "PATCH",
            "/groups/example/settings",
            {"option": "meeting_security", "all": "false"},
            {"meeting_security": {"waiting_room": False}},
        )
    ]


def test_secrets_are_masked_wherever_they_stand(zoom: Foreign) -> None:
    zoom.answer(
        {
            "GET /users/me/meetings": {
                "next_page_token": "page-2",
                "meetings": [{"id": 1, "start_url": "https://example.com/s/1?zak=example", "password": ""}],
                "settings": {"meeting_password": True, "pmi_password": "246813"},
                "token": {"zak": 7},
            }
        }
    )

    outputs = zoom.run("call_zoom_api", {"method": "GET", "path": "/users/me/meetings"})

    assert outputs["answer"] == {
        "next_page_token": "page-2",
        "meetings": [{"id": 1, "start_url": "********", "password": ""}],
        "settings": {"meeting_password": True, "pmi_password": "********"},
        "token": {"zak": "********"},
    }
