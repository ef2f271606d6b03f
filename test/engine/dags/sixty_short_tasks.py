"""Sixty tasks of a second each, which read what a rotation must leave readable; none is tried a second time."""

import time

from airflow.sdk import Connection, Variable, dag, task


@dag(schedule=None, max_active_runs=1, max_active_tasks=8)
def sixty_short_tasks():
    @task(retries=0)
    def read(number: int) -> int:
        assert Connection.get("store").password == "hush-hush"
        assert Variable.get("name") == "kept"
        time.sleep(1)
        return number

    read.expand(number=list(range(60)))


sixty_short_tasks()
