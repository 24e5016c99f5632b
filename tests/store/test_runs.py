import pytest
from store.world import JO, SAM, Signer, StillClock

from zoom_connector.errors import InvalidInputs, NotReady, OutcomeUnknown
from zoom_connector.store import Person, Store
from zoom_connector.types import Outputs


def begin(
    store: Store, *, inputs: str = "inputs-1", action: str = "create_meeting", creates: bool = True
) -> Outputs | None:
    return store.runs.begin("sales", "order-4711", action, inputs, creates=creates)


def test_the_same_key_gives_the_stored_result(store: Store) -> None:
    first = begin(store)
    store.runs.finish("sales", "order-4711", {"id": "97763643886", "waiting_room": False})

    assert (first, begin(store)) == (None, {"id": "97763643886", "waiting_room": False})


def test_a_key_is_each_connections_own(store: Store) -> None:
    begin(store)

    assert store.runs.begin("support", "order-4711", "create_meeting", "inputs-1", creates=True) is None


@pytest.mark.parametrize("other", [{"inputs": "inputs-2"}, {"action": "update_meeting"}])
def test_a_key_used_for_something_else_is_refused(store: Store, other: dict[str, str]) -> None:
    begin(store)

    with pytest.raises(InvalidInputs) as caught:
        begin(store, inputs=other.get("inputs", "inputs-1"), action=other.get("action", "create_meeting"))

    assert (caught.value.code, caught.value.params) == (
        "idempotency_key_reused",
        {"key": "order-4711", "action": "create_meeting"},
    )


def test_a_key_whose_run_is_still_going_on_asks_to_come_back(store: Store, clock: StillClock) -> None:
    begin(store)
    clock.move(minutes=9)

    with pytest.raises(NotReady) as caught:
        begin(store)

    assert (caught.value.code, caught.value.retryable) == ("idempotency_key_in_use", True)


@pytest.mark.parametrize("cut_off", ["crashed", "unclear"])
def test_a_create_that_was_cut_off_is_not_done_again(store: Store, clock: StillClock, cut_off: str) -> None:
    begin(store)
    if cut_off == "unclear":
        store.runs.unclear("sales", "order-4711")
    else:
        clock.move(minutes=11)

    with pytest.raises(OutcomeUnknown) as caught:
        begin(store)

    assert caught.value.code == "outcome_unknown"


@pytest.mark.parametrize("cut_off", ["crashed", "unclear"])
def test_anything_else_that_was_cut_off_is_done_again(store: Store, clock: StillClock, cut_off: str) -> None:
    begin(store, creates=False)
    if cut_off == "unclear":
        store.runs.unclear("sales", "order-4711")
    else:
        clock.move(minutes=11)

    again = begin(store, creates=False)

    with pytest.raises(NotReady):
        begin(store, creates=False)
    assert again is None


def test_a_run_that_changed_nothing_frees_its_key(store: Store) -> None:
    begin(store)

    store.runs.forget("sales", "order-4711")

    assert begin(store, inputs="inputs-2") is None


def test_a_connection_takes_its_results_with_it(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    begin(store)
    store.runs.finish("sales", "order-4711", {"id": "97763643886"})

    store.connections.delete("sales")

    assert begin(store) is None


@pytest.mark.parametrize(("next_person", "outputs"), [(SAM, None), (JO, {"id": "97763643886"})])
def test_results_are_handed_out_only_while_the_name_means_the_same_user(
    store: Store, signer: Signer, next_person: Person, outputs: Outputs | None
) -> None:
    signer.connect("sales", JO)
    begin(store)
    store.runs.finish("sales", "order-4711", {"id": "97763643886"})

    signer.connect("sales", next_person)

    assert begin(store) == outputs
