"""Starts the named Airflow processes and their health server; when one ends, all end and the container with them."""

import os
import subprocess
import sys
import time
from pathlib import Path

from database import WAIT_LIMIT, wait_for_database
from rotation import rotate_when_alone
from supervisor import Supervisor

PROCESSES = ("scheduler", "dag-processor", "triggerer")
HEALTH_SERVER = Path(__file__).parent / "health.py"


def main() -> None:
    names = chosen(sys.argv[1:])
    wait_for_database()
    wait_for_migration()
    # Port 8974 belongs to the health server below, which speaks for every process of the container.
    os.environ["AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK"] = "false"
    supervisor = Supervisor()
    started = time.time()
    for name in names:
        supervisor.start(name, command(name))
    supervisor.start("health", [sys.executable, str(HEALTH_SERVER), str(started), *names])
    if "scheduler" in names:
        rotate_when_alone(names, started)
    sys.exit(supervisor.run())


def chosen(names: list[str]) -> list[str]:
    unknown = [name for name in names if name not in PROCESSES]
    if unknown or not names or len(set(names)) < len(names):
        sys.exit(f"Give one or more of {', '.join(PROCESSES)}, each once; got: {' '.join(names) or 'nothing'}.")
    return names


def wait_for_migration() -> None:
    print(f"Waiting for the webserver to have migrated the database, at most {WAIT_LIMIT} s.", flush=True)
    check = subprocess.run(
        ["airflow", "db", "check-migrations", "--migration-wait-timeout", str(WAIT_LIMIT)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if check.returncode != 0:
        last_line = check.stdout.strip().rpartition("\n")[2]
        sys.exit(f"The database is not migrated: see the logs of the webserver, which migrates it. {last_line}")


def command(name: str) -> list[str]:
    # Logs that go to a bucket are read from there; their server is out of the webserver's reach, and takes 65 MiB.
    remote = os.environ.get("AIRFLOW__LOGGING__REMOTE_LOGGING", "").lower() == "true"
    return ["airflow", name, *(["--skip-serve-logs"] if remote and name != "dag-processor" else [])]


if __name__ == "__main__":
    main()
