"""A hundred tasks that do nothing and wait for nothing but a place."""

from airflow.sdk import DAG, task

with DAG("hundred_tasks", schedule=None, max_active_tasks=100):

    @task
    def nothing() -> None:
        pass

    for number in range(100):
        nothing.override(task_id=f"task_{number}")()
