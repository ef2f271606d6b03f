"""Processes that live and end together, and their output on one stream, each line with the name of its process.

Honcho would do, but it waits for the end of a process's output: workers that outlive a killed scheduler hold it open.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import BinaryIO, NamedTuple

# Under 30 s: a scheduler without a heartbeat for so long is taken for dead, and its tasks are started again elsewhere.
STOP_LIMIT = 25
STOPPING = (signal.SIGTERM, signal.SIGINT)
# Not a new interpreter: what this process has imported is there, and its memory is shared.
forking = multiprocessing.get_context("fork")


class Supervised(NamedTuple):
    process: BaseProcess
    output: BinaryIO


class Supervisor:
    def __init__(self) -> None:
        self.processes: dict[str, Supervised] = {}
        self.stopping = False
        for number in STOPPING:
            signal.signal(number, lambda *_: self.stop())

    def start(self, name: str, work: Callable[[], None]) -> None:
        """Forks a process for this work. To be called before `run`, as only a process without threads may be forked."""
        output, own_output = os.pipe()
        process = forking.Process(target=become, args=(work, own_output))
        # Until it has let go of the handlers above, a signal would make it stop the others.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        os.close(own_output)
        self.processes[name] = Supervised(process, open(output, "rb"))

    def run(self) -> int:
        """Returns once all have ended: 0 when that was asked for, else the status of the first that ended."""
        for name, (_, output) in self.processes.items():
            threading.Thread(target=relay, args=(name, output), daemon=True).start()
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        status = 0
        if not self.stopping:
            status = self._status_of_first()
            self.stop()
        self._wait()
        return status

    def stop(self) -> None:
        """Asks each process to end. A scheduler then waits for its tasks, so its workers get no signal."""
        self.stopping = True
        for process, _ in self.processes.values():
            process.terminate()

    def _status_of_first(self) -> int:
        for name, (process, _) in self.processes.items():
            status = process.exitcode
            if status is not None:
                print(f"{name} {ending(status)}: stopping everything.", flush=True)
                return abs(status) or 1
        raise AssertionError("no process of this supervisor has ended")

    def _wait(self) -> None:
        limit = time.monotonic() + STOP_LIMIT
        for name, (process, _) in self.processes.items():
            process.join(max(0, limit - time.monotonic()))
            if process.exitcode is None:
                print(f"{name} did not end within {STOP_LIMIT} s: killing it.", flush=True)
            kill_group(process)


def become(work: Callable[[], None], output: int) -> None:
    """Does this work in a session of its own, with nothing left of the supervisor's signal handlers and output."""
    os.setsid()
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    for number in STOPPING:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    work()


def prepare(work: Callable[[], None]) -> None:
    """Does what comes before the processes in a process of its own, whose memory is free afterwards."""
    process = forking.Process(target=work)
    process.start()
    process.join()
    if process.exitcode:
        print(f"The preparation {ending(process.exitcode)}: nothing is started.", flush=True)
        sys.exit(abs(process.exitcode))


def ending(status: int) -> str:
    """How a process ended, in words."""
    if status != -signal.SIGKILL:
        return f"ended with status {status}"
    return "was killed (status -9), as happens when the memory of the container is used up"


def kill_group(process: BaseProcess) -> None:
    """Kills a process and whatever it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def relay(name: str, output: BinaryIO) -> None:
    for line in output:
        sys.stdout.buffer.write(f"{name:<13} | ".encode() + line)
        sys.stdout.buffer.flush()
