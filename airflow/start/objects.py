"""The connections, variables and pools that a deployment declares, brought into the metadata database."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from airflow.models import Connection, Pool, Variable
from airflow.utils.session import create_session
from cryptography.fernet import InvalidToken
from declaration import Fields, is_marked, marked, plan, unmarked
from sqlalchemy import delete, select, update


@dataclass(frozen=True)
class Kind:
    what: str
    model: type
    # The attribute that names an object.
    key: str
    # What is compared, by the name that is said of it.
    attributes: Mapping[str, str]
    build: Callable[[str, dict], object]
    kept: frozenset[str] = frozenset()

    @property
    def column(self):
        return getattr(self.model, self.key)

    def read(self, row) -> Fields:
        return {said: getattr(row, attribute) or None for said, attribute in self.attributes.items()}


def build_connection(name: str, declared: dict) -> Connection:
    return Connection.from_json(json.dumps(declared), conn_id=name)


def build_variable(name: str, declared: dict) -> Variable:
    value = declared["value"]
    text = value if isinstance(value, str) else json.dumps(value)
    return Variable(key=name, val=text, description=declared.get("description"))


def build_pool(name: str, declared: dict) -> Pool:
    return Pool(pool=name, **declared)


DESCRIPTION = {"description": "description"}
KINDS = {
    "connections": Kind(
        "connection",
        Connection,
        "conn_id",
        {
            "type": "conn_type",
            **{name: name for name in ("host", "port", "login", "password", "schema")},
            "extra": "extra_dejson",
            **DESCRIPTION,
        },
        build_connection,
    ),
    "variables": Kind("variable", Variable, "key", {"value": "val", **DESCRIPTION}, build_variable),
    "pools": Kind(
        "pool",
        Pool,
        "pool",
        {"slots": "slots", "includeDeferred": "include_deferred", **DESCRIPTION},
        build_pool,
        frozenset({Pool.DEFAULT_POOL_NAME}),
    ),
}


def reconcile(declaration: str) -> None:
    """Makes, changes and deletes what is declared or once was; nothing is written where all is equal."""
    declared = {section: build(KINDS[section], objects) for section, objects in json.loads(declaration).items()}
    with create_session() as session:
        said = [line for section, rows in declared.items() for line in apply(session, KINDS[section], rows)]
    for line in said:
        print(line, flush=True)


def build(kind: Kind, objects: dict[str, dict]) -> dict[str, object]:
    rows, unreadable = {}, []
    for name, declared in objects.items():
        try:
            rows[name] = kind.build(name, declared)
            rows[name].description = marked(rows[name].description)
        except Exception:
            # The reason may quote a secret.
            unreadable.append(name)
    if unreadable:
        raise SystemExit(f"Airflow cannot read what is declared of the {kind.what} {', '.join(unreadable)}.")
    return rows


def apply(session, kind: Kind, rows: dict[str, object]) -> list[str]:
    steps = plan({name: kind.read(row) for name, row in rows.items()}, existing(session, kind, rows), kind.kept)
    for step in steps:
        this = kind.column == step.name
        if step.action == "release":
            description = session.scalar(select(kind.model.description).where(this))
            session.execute(update(kind.model).where(this).values(description=unmarked(description)))
        elif step.action != "create":
            session.execute(delete(kind.model).where(this))
        if step.name in rows:
            session.add(rows[step.name])
    return [step.sentence(kind.what) for step in steps]


def existing(session, kind: Kind, rows: dict[str, object]) -> dict[str, Fields]:
    """Those that are declared, in full, and those that are marked; nothing else is read."""
    descriptions = session.execute(select(kind.column, kind.model.description)).all()
    return {
        name: read(session, kind, name) if name in rows else {"description": description}
        for name, description in descriptions
        if name in rows or is_marked(description)
    }


def read(session, kind: Kind, name: str) -> Fields:
    try:
        return kind.read(session.scalar(select(kind.model).where(kind.column == name)))
    except InvalidToken:
        # Written with a key that is lost: whatever is declared takes its place.
        return {"description": session.scalar(select(kind.model.description).where(kind.column == name))}
