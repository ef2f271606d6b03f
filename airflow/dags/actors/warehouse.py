"""Builds the SQL models over the actors, in a database that lives as long as the build."""

import sqlite3
from pathlib import Path

from actors.rules import Actor

MODELS = Path(__file__).parent.parent / "models"
# In the order in which they depend on each other.
VIEWS = ("stg_actors", "actors_by_department")


def build(actors: list[Actor]) -> list[dict]:
    """The rows of the last model."""
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    database.execute("create table actors (name, siret, postcode, service)")
    database.executemany("insert into actors values (:name, :siret, :postcode, :service)", actors)
    for view in VIEWS:
        query = (MODELS / f"{view}.sql").read_text(encoding="utf-8")
        database.execute(f"create view {view} as {query}")
    return [dict(row) for row in database.execute(f"select * from {VIEWS[-1]}")]
