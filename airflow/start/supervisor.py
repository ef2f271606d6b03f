"""Processes that live and end together, and their output on one stream, each line with the name of its process.

Honcho would do, but it waits for the end of a process's output: workers that outlive a killed scheduler hold it open.
"""

import os
import signal
import sys
import threading
import time
from subprocess import PIPE, STDOUT, Popen, TimeoutExpired
from typing import BinaryIO

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
                print(f"{name} ended with status {status}: stopping everything.", flush=True)
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
