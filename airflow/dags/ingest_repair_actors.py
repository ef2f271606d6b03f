"""Reads the actors of reuse and repair, and publishes those that can be trusted."""

from datetime import datetime

from airflow.sdk import Asset, dag, task

from actors import rules

REPAIR_ACTORS = Asset("repair_actors")


@dag(schedule="@daily", start_date=datetime(2026, 1, 1), tags=["actors"], doc_md=__doc__)
def ingest_repair_actors():
    @task
    def read() -> list[rules.Actor]:
        return rules.read_source()

    @task
    def normalise(actors: list[rules.Actor]) -> list[rules.Actor]:
        return rules.without_duplicates([rules.normalise(actor) for actor in actors])

    @task
    def check(actors: list[rules.Actor]) -> list[rules.Actor]:
        for actor in actors:
            if found := rules.problems(actor):
                print(f"Rejected {actor['name']}: {', '.join(found)}")
        return [actor for actor in actors if not rules.problems(actor)]

    @task(outlets=[REPAIR_ACTORS])
    def publish(read: list[rules.Actor], accepted: list[rules.Actor]) -> int:
        print(f"Ingested {len(accepted)} repair actors out of {len(read)} rows")
        return len(accepted)

    rows = read()
    publish(rows, check(normalise(rows)))


ingest_repair_actors()
