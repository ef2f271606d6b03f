"""Counts the actors of each department with SQL models, and checks the result before anybody reads it."""

from airflow.sdk import Asset, dag, task

from actors import rules, warehouse

CHECKS = ("unique_department", "at_least_one_actor", "no_more_repairers_than_actors")


def failures(check: str, rows: list[dict]) -> list[dict]:
    """The rows that break a check."""
    departments = [row["department"] for row in rows]
    broken = {
        "unique_department": lambda row: departments.count(row["department"]) > 1,
        "at_least_one_actor": lambda row: row["actors"] < 1,
        "no_more_repairers_than_actors": lambda row: row["repairers"] > row["actors"],
    }[check]
    return [row for row in rows if broken(row)]


@dag(schedule=[Asset("repair_actors")], tags=["actors"], doc_md=__doc__)
def repair_actors_by_department():
    @task
    def load() -> list[rules.Actor]:
        actors = rules.without_duplicates([rules.normalise(actor) for actor in rules.read_source()])
        return [actor for actor in actors if not rules.problems(actor)]

    @task
    def build(actors: list[rules.Actor]) -> list[dict]:
        return warehouse.build(actors)

    @task
    def check(name: str, rows: list[dict]) -> None:
        if broken := failures(name, rows):
            raise ValueError(f"{name} does not hold for {broken}")

    @task
    def report(rows: list[dict]) -> None:
        for row in rows:
            print(f"Department {row['department']}: {row['actors']} actors, {row['repairers']} repair")

    rows = build(load())
    check.partial(rows=rows).expand(name=CHECKS) >> report(rows)


repair_actors_by_department()
