"""Runs that take longer than their caller waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hosts.http.serving import Service, code, serving

from zoom_connector.hosts.http import jobs
from zoom_connector.sandbox import Fault, FaultKind
from zoom_connector.store.serving import Job

ASYNC = {"Prefer": "respond-async"}


@contextmanager
def slow(service: Service, path: str) -> Iterator[Callable[[], None]]:
    """Let Zoom's answers wait until they are released."""
    switched = service.zoom.faults.add(Fault(FaultKind.SLOW, path=path))
    try:
        yield switched.release
    finally:
        service.zoom.faults.clear()


def test_a_run_that_nobody_waits_for_is_a_job_to_ask_about(service: Service) -> None:
    with slow(service, "/users/{userId}") as release:
        begun = service.run("get_my_user", {}, **ASYNC)
        job = begun.headers["Location"]
        while_it_runs = service.served.get(job).json()
        release()
        done = service.settled(job)

    about = {"id": job.removeprefix("/jobs/"), "action": "get_my_user", "connection": "sales"}
    nothing = {"progress": None, "outputs": None, "problem": None}
    assert begun.status_code == 202
    assert begun.json() == while_it_runs == {**about, "state": "running", **nothing}
    assert done == {**about, **nothing, "state": "done", "outputs": service.run("get_my_user", {}).json()}


def test_a_run_that_is_done_within_the_wait_is_answered_at_once(service: Service) -> None:
    assert service.run("get_my_user", {}, Prefer="respond-async, wait=20").status_code == 200


def test_a_job_that_fails_says_why_as_a_request_would(service: Service) -> None:
    wanted = {"meeting_id": "99999999999"}

    job = service.settled(service.run("get_meeting", wanted, **ASYNC).headers["Location"])

    at_once = service.run("get_meeting", wanted).json()
    ids = [told["zoom"].pop("tracking_id") for told in (at_once, job["problem"])]
    assert (job["state"], job["outputs"], job["problem"]) == ("failed", None, at_once)
    assert all(ids)


def test_a_job_tells_how_far_it_is_and_can_be_stopped(service: Service, tmp_path: Path) -> None:
    with slow(service, "/file/{file}") as release:
        job = download(service, tmp_path)
        while (told := service.served.get(job).json())["progress"] is None:
            pass
        stopping = service.served.post(f"{job}/stop")
        release()
        over = service.settled(job)

    assert told["progress"].keys() == {"done", "total", "message"}
    assert (stopping.status_code, stopping.json()["id"]) == (200, job.removeprefix("/jobs/"))
    assert (over["state"], over["problem"]["code"]) == ("stopped", "run_stopped")


def test_a_job_that_is_deleted_stops_and_is_forgotten(service: Service) -> None:
    with slow(service, "/users/{userId}") as release:
        job = service.run("get_my_user", {}, **ASYNC).headers["Location"]
        gone = service.served.delete(job)
        release()

    assert gone.status_code == 204
    assert [code(service.served.get(job)), code(service.served.delete(job))] == [(404, "unknown_job")] * 2
    assert code(service.served.post(f"{job}/stop")) == (404, "unknown_job")


def test_every_server_of_a_database_knows_the_job_and_can_stop_it(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_KEPT_EVERY", 0.02)
    with serving(service.served.connector) as other, slow(service, "/file/{file}") as release:
        job = download(Service(service.zoom, other), tmp_path)
        here = service.served.get(job).json()
        service.served.post(f"{job}/stop")
        for _ in range(2):  # it was kept after that, so it was looked whether it is to stop
            service.zoom.clock.move(seconds=61)
            while service.served.get(job).json()["state"] == "failed":
                pass
        release()
        over = service.settled(job)

    assert here["state"] == "running"
    assert (over["state"], over["problem"]["code"]) == ("stopped", "run_stopped")


def test_a_job_whose_server_is_gone_is_cut_off(service: Service) -> None:
    store = service.served.connector.engine.store
    store.jobs.add(Job("job_1", "sales", "create_meeting"))
    service.zoom.clock.move(seconds=61)

    told = service.served.get("/jobs/job_1").json()

    assert (told["state"], told["problem"]["code"], told["problem"]["status"]) == ("failed", "job_lost", 409)


def test_a_server_that_is_stopped_cuts_its_jobs_off(service: Service, tmp_path: Path) -> None:
    service.zoom.faults.add(Fault(FaultKind.SLOW, path="/file/{file}", times=None, delay=1.0))
    with serving(service.served.connector) as other:
        job = download(Service(service.zoom, other), tmp_path)
    over = service.served.get(job).json()
    service.zoom.faults.clear()

    assert (over["state"], over["problem"]["code"]) == ("failed", "job_lost")


def download(service: Service, folder: Path) -> str:
    """Begin a long run and return where to ask about it."""
    day = service.zoom.clock.now().date()
    wanted = {"from": f"{day - timedelta(days=3)}", "to": f"{day}", "folder": str(folder)}
    return service.run("download_recordings", wanted, **ASYNC).headers["Location"]
