"""What is known of the actors of reuse and repair, and which of them can be published."""

import csv
import re
from pathlib import Path

from stdnum.fr import siret

Actor = dict[str, str]

SOURCE = Path(__file__).parent.parent / "data" / "repair_actors.csv"
POSTCODE = re.compile(r"\d{5}|2[AB]\d{3}")


def read_source(source: Path = SOURCE) -> list[Actor]:
    with source.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def normalise(actor: Actor) -> Actor:
    trimmed = {field: value.strip() for field, value in actor.items()}
    return {**trimmed, "siret": siret.compact(trimmed["siret"])}


def problems(actor: Actor) -> list[str]:
    """Why this actor cannot be published; nothing when it can."""
    found = []
    if not siret.is_valid(actor["siret"]):
        found.append("SIRET")
    if not POSTCODE.fullmatch(actor["postcode"]):
        found.append("postcode")
    return found


def without_duplicates(actors: list[Actor]) -> list[Actor]:
    """The first actor of each SIRET."""
    first: dict[str, Actor] = {}
    for actor in actors:
        first.setdefault(actor["siret"], actor)
    return list(first.values())
