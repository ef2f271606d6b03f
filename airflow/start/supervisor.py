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
from subprocess import PIPE, STDOUT, Popen, TimeoutExpired
from typing import BinaryIO

# Under 30 s: a scheduler without a heartbeat for so long is taken for dead, and its tasks are started again elsewhere.
STOP_LIMIT = 25


class Supervisor:
    def __init__(self) -> None:
        self.processes: dict[str, Popen] = {}
        self.stopping = False
        signal.signal(signal.SIGTERM, lambda *_: self.stop())
        signal.signal(signal.SIGINT, lambda *_: self.stop())

    def start(self, name: str, command: list[str]) -> None:
        process = Popen(command, stdout=PIPE, stderr=STDOUT, start_new_session=True)
        threading.Thread(target=relay, args=(name, process.stdout), daemon=True).start()
        self.processes[name] = process

    def run(self) -> int:
        """Returns once all have ended: 0 when that was asked for, else the status of the first that ended."""
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
        for process in self.processes.values():
            process.terminate()

    def _status_of_first(self) -> int:
        for name, process in self.processes.items():
            status = process.poll()
            if status is not None:
                print(f"{name} {ending(status)}: stopping everything.", flush=True)
                return abs(status) or 1
        raise AssertionError("no process of this supervisor has ended")

    def _wait(self) -> None:
        limit = time.monotonic() + STOP_LIMIT
        for name, process in self.processes.items():
            try:
                process.wait(max(0, limit - time.monotonic()))
            except TimeoutExpired:
                print(f"{name} did not end within {STOP_LIMIT} s: killing it.", flush=True)
            kill_group(process)


def prepare(work: Callable[[], None]) -> None:
    """Does what comes before the processes in a process of its own, whose memory is free afterwards."""
    process = multiprocessing.get_context("fork").Process(target=work)
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


def kill_group(process: Popen) -> None:
    """Kills a process and whatever it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def relay(name: str, output: BinaryIO) -> None:
    for line in output:
        sys.stdout.buffer.write(f"{name:<13} | ".encode() + line)
        sys.stdout.buffer.flush()
