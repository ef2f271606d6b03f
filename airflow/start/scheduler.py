"""Starts the named Airflow processes and their health server; when one ends, all end and the container with them."""

import json
import os
import sys
import time
from functools import partial

import execution_api
import health
from database import wait_for_database
from import_dags import import_dags
from migration import wait_for_migration
from preloaded import preload, run_airflow
from rotation import rotate_when_alone
from standby import stand_by
from supervisor import Supervisor, prepare

PROCESSES = ("scheduler", "dag-processor", "triggerer")
# Nearly every DAG imports these, and the process that runs a task or reads a file would do it anew.
USED_BY_DAGS = (
    "airflow.providers.standard.decorators.python",
    "airflow.sdk.definitions.asset.metadata",
    "airflow.sdk.definitions.decorators",
    "jinja2.ext",
)


def main() -> None:
    names = chosen(sys.argv[1:])
    wait_for_database()
    if versions := os.environ.get("DOWNGRADE_TO"):
        # What will be refused to the webserver is refused here, before the scheduler of before is stopped.
        prepare(partial(check_downgrade, json.loads(versions)))
        stand_by(health.PORT, "/health")
    preload(names, USED_BY_DAGS)
    prepare(wait_for_migration)
    if "dag-processor" in names:
        # Before anything starts, so that a version with a broken DAG never takes the place of one that works.
        prepare(import_dags)
    # Port 8974 belongs to the health server below, which speaks for every process of the container.
    os.environ["AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK"] = "false"
    supervisor = Supervisor()
    started = time.time()
    for name in names:
        supervisor.start(name, partial(run_airflow, *command(name)))
    supervisor.start("health", partial(health.serve, started, names))
    if "scheduler" in names:
        execution_api.have_it_built()
        rotate_when_alone(names, started)
    sys.exit(supervisor.run())


def check_downgrade(versions: dict[str, str]) -> None:
    from downgrade import older_targets

    older_targets(versions)


def chosen(names: list[str]) -> list[str]:
    unknown = [name for name in names if name not in PROCESSES]
    if unknown or not names or len(set(names)) < len(names):
        sys.exit(f"Give one or more of {', '.join(PROCESSES)}, each once; got: {' '.join(names) or 'nothing'}.")
    return names


def command(name: str) -> list[str]:
    # Logs that go to a bucket are read from there; their server is out of the webserver's reach, and takes 65 MiB.
    remote = os.environ.get("AIRFLOW__LOGGING__REMOTE_LOGGING", "").lower() == "true"
    return [name, *(["--skip-serve-logs"] if remote and name != "dag-processor" else [])]


if __name__ == "__main__":
    main()
