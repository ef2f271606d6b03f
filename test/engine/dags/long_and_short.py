"""A task that outlasts the end of a container, and others all the time that do not; none is tried a second time."""

import time

from airflow.sdk import dag, task


@dag(schedule=None, max_active_runs=1)
def long_and_short():
    @task(retries=0)
    def work(seconds: int) -> None:
        time.sleep(seconds)

    work.override(task_id="long")(60)
    work.override(task_id="medium", max_active_tis_per_dag=1).expand(seconds=[10] * 8)
    work.override(task_id="short", max_active_tis_per_dag=4).expand(seconds=[2] * 60)


long_and_short()
