"""What there is, and values to choose from."""

from hosts.http.serving import Service, code

from zoom_connector.sandbox import seed


def test_every_action_and_trigger_is_listed(service: Service) -> None:
    catalogue = service.served.connector.catalogue

    actions, triggers = (service.served.get(path).json() for path in ("/actions", "/triggers"))

    assert [each["key"] for each in actions["actions"]] == list(catalogue.actions)
    assert [each["key"] for each in triggers["triggers"]] == list(catalogue.triggers)
    assert actions["actions"][0].keys() == {"key", "resource", "title", "description", "effect"}


def test_one_is_described_with_all_that_a_form_needs(service: Service) -> None:
    action = service.served.get("/actions/create_meeting").json()
    trigger = service.served.get("/triggers/meeting_ended").json()

    catalogue = service.served.connector.catalogue
    assert action["inputs"] == catalogue.actions["create_meeting"].inputs
    assert trigger["filters"] == catalogue.triggers["meeting_ended"].filters
    assert code(service.served.get("/actions/create_party")) == (404, "unknown_action")
    assert code(service.served.get("/triggers/party_ended")) == (404, "unknown_trigger")


def test_titles_come_in_the_language_of_the_caller(service: Service) -> None:
    german_or_dutch = {"Accept-Language": "de, nl;q=0.8"}

    told = service.served.get("/actions/create_meeting", headers=german_or_dutch).json()

    dutch = service.served.connector.in_language("nl").actions["create_meeting"]
    assert (told["title"], told["inputs"]) == (dutch.title, dutch.inputs)
    assert told["title"] != service.served.connector.actions["create_meeting"].title


def test_a_field_is_chosen_from_a_list(service: Service) -> None:
    meeting = service.run("create_meeting", {"topic": "Retrospective", "start_time": "2030-01-07T10:00:00Z"}).json()

    found = service.served.get("/connections/sales/actions/get_meeting/lookups/meeting_id").json()
    searched = service.served.get(
        "/connections/sales/actions/get_meeting/lookups/meeting_id", params={"search": "RETROSPECTIVE"}
    ).json()

    choice = {"value": meeting["id"], "label": "Retrospective, 2030-01-07T10:00:00Z"}
    assert choice in found["choices"]
    assert searched == {"choices": [choice], "more": False}


def test_a_list_that_depends_on_another_field_is_given_it(service: Service) -> None:
    weekly = {"topic": "Weekly", "start_time": "2030-01-07T10:00:00", "timezone": "Europe/Amsterdam"}
    meeting = service.run("create_meeting", {**weekly, "repeats": 1, "repeat_times": 2}).json()
    path = "/connections/sales/actions/get_meeting/lookups/occurrence_id"

    found = service.served.get(path, params={"meeting_id": meeting["id"]}).json()

    assert [choice["label"] for choice in found["choices"]] == ["2030-01-07T09:00:00Z", "2030-01-08T09:00:00Z"]
    assert code(service.served.get(path)) == (409, "inputs_invalid")


def test_a_field_inside_rows_is_asked_for_with_the_name_of_the_rows(service: Service) -> None:
    path = "/connections/sales/actions/create_meeting/lookups/tracking_fields.value"

    without, asked = service.served.get(path), service.served.get(path, params={"field": "Department"})

    assert (code(without), code(asked)) == ((409, "inputs_invalid"), (403, "scope_beyond_app"))


def test_a_filter_of_a_trigger_is_chosen_from_a_list(service: Service) -> None:
    answer = service.served.get(
        "/connections/sales/triggers/meeting_ended/lookups/meeting_id", params={"search": "no such"}
    )

    assert (answer.status_code, answer.json()) == (200, {"choices": [], "more": False})


def test_a_field_without_a_list_is_not_found(service: Service) -> None:
    for field in ("topic", "no_such_field"):
        answer = service.served.get(f"/connections/sales/actions/create_meeting/lookups/{field}")
        assert code(answer) == (404, "unknown_lookup")
        assert "timezone" in answer.json()["detail"]


def test_what_the_connection_may_not_list_is_explained(service: Service) -> None:
    answer = service.served.get("/connections/sales/actions/create_meeting/lookups/user_id")

    assert seed.HOST not in answer.text
    assert code(answer)[0] == 403
