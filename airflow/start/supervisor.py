"""Honcho, which ends everything when one process ends, with time for running tasks."""

import os
import signal

from honcho import manager
from honcho.compat import ProcessManager

manager.KILL_WAIT = 25


class LeaderProcesses(ProcessManager):
    """Asks the leader of a process group alone to end: it waits for its workers, which a signal would kill."""

    def terminate(self, pid: int) -> None:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            pass


class Supervisor(manager.Manager):
    def __init__(self) -> None:
        super().__init__()
        self._procmgr = LeaderProcesses()
