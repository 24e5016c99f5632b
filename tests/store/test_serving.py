"""Keys of callers, and runs that take long."""

from collections.abc import Callable

from store.world import START, Signer, StillClock

from zoom_connector.store import Store
from zoom_connector.store.serving import ApiKey, Job

RUNNING = Job("job_1", "sales", "download_recordings")
FAR = {"done": 1, "total": 3, "message": "files saved"}


def test_a_key_counts_from_when_it_is_added_until_it_is_deleted(store: Store) -> None:
    added = [store.api_keys.add(name, digest) for name, digest in (("n8n", "a" * 64), ("crm", "b" * 64))]
    there = store.api_keys.all()
    gone = store.api_keys.delete("n8n")

    assert (added, gone) == ([True, True], True)
    assert there == [ApiKey("crm", "b" * 64, START), ApiKey("n8n", "a" * 64, START)]
    assert [key.name for key in store.api_keys.all()] == ["crm"]


def test_a_name_means_one_key(store: Store) -> None:
    store.api_keys.add("n8n", "a" * 64)

    assert (store.api_keys.add("n8n", "b" * 64), store.api_keys.delete("crm")) == (False, False)
    assert store.api_keys.all() == [ApiKey("n8n", "a" * 64, START)]


def test_each_tenant_has_keys_and_jobs_of_its_own(opened: Callable[..., Store]) -> None:
    north, south = opened("north"), opened("south")
    for store in (north, south):
        store.api_keys.add("n8n", "a" * 64)
    north.jobs.add(RUNNING)

    seen = (south.jobs.get("job_1"), south.jobs.keep("job_1", FAR), south.jobs.delete("job_1"))
    south.jobs.stop("job_1")
    south.jobs.finish(Job("job_1", "sales", "download_recordings", "done"))
    south.api_keys.delete("n8n")

    assert seen == (None, False, False)
    assert (north.jobs.get("job_1"), north.jobs.keep("job_1", None)) == (RUNNING, True)
    assert [key.name for key in north.api_keys.all()] == ["n8n"]


def test_a_job_is_told_as_it_was_kept_last(store: Store) -> None:
    store.jobs.add(RUNNING)

    goes_on = store.jobs.keep("job_1", FAR)

    assert goes_on
    assert store.jobs.get("job_1") == Job("job_1", "sales", "download_recordings", "running", FAR)


def test_a_job_that_nobody_keeps_is_lost_after_a_minute(store: Store, clock: StillClock) -> None:
    store.jobs.add(RUNNING)
    clock.move(seconds=59)
    store.jobs.keep("job_1", FAR)
    clock.move(seconds=59)
    kept = store.jobs.get("job_1")
    clock.move(seconds=1)

    assert kept is not None
    assert kept.state == "running"
    assert store.jobs.get("job_1") == Job("job_1", "sales", "download_recordings", "lost", FAR)


def test_what_a_job_came_to_stays_for_a_day(store: Store, clock: StillClock) -> None:
    store.jobs.add(RUNNING)
    over = Job("job_1", "sales", "download_recordings", "done", FAR, {"files": []}, {"code": "unknown"})
    store.jobs.finish(over)
    clock.move(hours=24)
    store.jobs.add(Job("job_2", "sales", "get_meeting"))
    on_the_day = store.jobs.get("job_1")
    clock.move(seconds=1)
    store.jobs.add(Job("job_3", "sales", "get_meeting"))

    assert (on_the_day, store.jobs.get("job_1")) == (over, None)


def test_whoever_runs_a_job_is_told_that_it_is_to_stop(store: Store) -> None:
    for id in ("job_1", "job_2"):
        store.jobs.add(Job(id, "sales", "download_recordings"))
    store.jobs.stop("job_1")

    forgotten = store.jobs.delete("job_2")

    assert forgotten
    assert (store.jobs.keep("job_1", None), store.jobs.keep("job_2", None)) == (False, False)
    assert store.jobs.get("job_2") is None


def test_jobs_follow_the_name_of_their_connection_and_go_with_it(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.jobs.add(RUNNING)
    store.connections.rename("sales", "deals")
    renamed = store.jobs.get("job_1")

    store.connections.delete("deals")

    assert renamed == Job("job_1", "deals", "download_recordings")
    assert store.jobs.get("job_1") is None


def test_the_jobs_of_a_user_who_is_forgotten_go(store: Store, signer: Signer) -> None:
    grant = signer.connect("sales").grant
    store.jobs.add(RUNNING)

    store.removals.remove([grant.id])

    assert store.jobs.get("job_1") is None
