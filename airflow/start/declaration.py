"""What a deployment declares, against what is in the database: what has to be done. It needs no Airflow."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

# At the end of a description: whoever reads it in the interface, and every later start, knows whose the object is.
MARK = "[managed by pulumi-scaleway-airflow]"

# Of one object: its description, and whatever else makes it what it is.
Fields = Mapping[str, object]


@dataclass(frozen=True)
class Step:
    """One thing to do, and which fields, if any, are not as declared. It holds no value."""

    action: str
    name: str
    differing: tuple[str, ...] = ()

    def sentence(self, what: str) -> str:
        fields = ", ".join(self.differing)
        return {
            "create": f"Created the {what} {self.name}.",
            "change": f"Set the {what} {self.name} to what is declared; what differed: {fields}.",
            "adopt": f"Took over the {what} {self.name}, which was there before; what differed: {fields}.",
            "delete": f"Deleted the {what} {self.name}, which is no longer declared.",
            "release": f"Left the {what} {self.name} as it is, though it is no longer declared.",
        }[self.action]


def plan(declared: Mapping[str, Fields], existing: Mapping[str, Fields], kept: Set[str] = frozenset()) -> list[Step]:
    """Every step from what exists to what is declared. What is neither declared nor marked is left alone.

    Those in `kept` are never deleted: once no longer declared, they only lose their mark.
    """
    steps = []
    for name, wanted in declared.items():
        found = existing.get(name)
        if found is None:
            steps.append(Step("create", name))
        elif differing := tuple(field for field in wanted if wanted[field] != found.get(field)):
            steps.append(Step("change" if is_marked(found["description"]) else "adopt", name, differing))
    for name, found in existing.items():
        if name not in declared and is_marked(found["description"]):
            steps.append(Step("release" if name in kept else "delete", name))
    return steps


def is_marked(description: object) -> bool:
    return str(description or "").endswith(MARK)


def marked(description: str | None) -> str:
    return f"{description} {MARK}" if description else MARK


def unmarked(description: str) -> str:
    return description.removesuffix(MARK).rstrip()
