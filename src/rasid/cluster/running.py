"""All parts of a job, in this process or by workers of Ray.

Each worker codes one part at a time and is given the next when it is done, so that nothing piles up. One that is lost is
started anew, and its part is coded again.
"""

import logging
import os
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from rasid.cluster.coding import Done, Job, code_part, finished, give_up, sweep
from rasid.cluster.parts import Part
from rasid.errors import InputError

_TRIES = 3  # times that a part is begun, if its worker is lost each time
_PATIENCE = 10.0  # seconds
_LOST = f"the worker that coded it was lost {_TRIES} times: out of memory, or a page that its libraries cannot bear"
_ERROR = "its shards cannot be written: {}"


class Coded(NamedTuple):
    """A part that is done, and whether it was before this run."""

    part: Part
    done: Done
    before: bool


def run_here(job: Job, parts: Iterable[Part]) -> Iterator[Coded]:
    """Code the parts one after the other in this process; those that are done already are passed over."""
    for part in parts:
        before = finished(job, part)
        yield Coded(part, before or code_part(job, part), before is not None)
    sweep(job)


def run_on_ray(job: Job, parts: Iterable[Part], workers: int | None = None, address: str | None = None) -> Iterator[Coded]:
    """Code the parts by workers of Ray, one a processor; each is yielded when it is done.

    Args:
        job: what is the same for all parts; its folder must be one disk for all workers.
        parts: the input.
        workers: how many; as many as the cluster has processors if not given.
        address: of a running cluster (`auto`, `ray://head:10001`); without one, a cluster is started on this machine.

    Raises:
        InputError: Ray is not installed, or there is no such cluster.
    """
    todo: deque[Part] = deque()
    for part in parts:
        before = finished(job, part)
        if before:
            yield Coded(part, before, before=True)
        else:
            todo.append(part)
    if not todo:
        return
    ray = _connect(workers, address)
    try:
        number = min(len(todo), workers or max(1, int(ray.cluster_resources().get("CPU", 1))))
        yield from _by_actors(ray, job, todo, number)
    finally:
        ray.shutdown()
    sweep(job)


class _Coder:
    """What an actor of Ray is: a process that has the coder loaded."""

    def __init__(self) -> None:
        from rasid.coder import warm_up

        warm_up()

    def code(self, job: Job, part: Part) -> Done:
        """Code one part."""
        return code_part(job, part)


def _by_actors(ray: Any, job: Job, todo: deque[Part], number: int) -> Iterator[Coded]:
    actor = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=_TRIES - 1)(_Coder)
    idle = [actor.remote() for _ in range(number)]
    running: dict[Any, tuple[Any, Part]] = {}
    while todo or running:
        while todo and idle:
            worker, part = idle.pop(), todo.popleft()
            running[worker.code.remote(job, part)] = (worker, part)
        (ready,), _ = ray.wait(list(running), num_returns=1)
        worker, part = running.pop(ready)
        idle.append(worker)
        try:
            yield Coded(part, ray.get(ready), before=False)
        except ray.exceptions.RayActorError:
            yield Coded(part, give_up(job, part, _LOST), before=False)
        except ray.exceptions.RayTaskError as error:
            raise InputError(f"{job.out}: {_ERROR.format(_first_line(error.cause))}") from None


def _connect(workers: int | None, address: str | None) -> Any:
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    os.environ.setdefault("RAY_worker_niceness", "0")  # as any process that the user starts; else all others go first
    try:
        import ray
    except ImportError:
        raise InputError('Ray is not installed: pip install "rasid[cluster]"') from None
    if address:
        _knock(address)
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR, "configure_logging": False}
    try:
        if address:
            ray.init(address=address, **quiet)
        else:
            ray.init(num_cpus=workers, include_dashboard=False, object_store_memory=80_000_000, **quiet)
    except Exception as error:  # Ray has many, of many kinds
        raise InputError(f"no cluster of Ray at {address or 'this machine'}: {_first_line(error)}") from None
    return ray


def _knock(address: str) -> None:
    """See that somebody listens at an address: Ray itself tries for minutes, and then ends the process.

    Raises:
        InputError: nobody does.
    """
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if port.isdigit():
        try:
            socket.create_connection((host, int(port)), _PATIENCE).close()
        except OSError as error:
            raise InputError(f"no cluster of Ray at {address}: {(error.strerror or str(error)).lower()}") from None


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().partition("\n")[0]
