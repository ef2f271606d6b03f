"""Starts the API server and user interface, after migrating the database: no other container migrates it.

With DOWNGRADE_TO, it takes the database back instead.
"""

import base64
import json
import os
import sys
import tempfile
from functools import partial

from database import wait_for_database
from preloaded import preload, run_airflow
from standby import stand_by
from supervisor import Supervisor, prepare

PORT = 8080


def main() -> None:
    username, password = required("ADMIN_USERNAME"), required("ADMIN_PASSWORD")
    wait_for_database()
    if versions := os.environ.get("DOWNGRADE_TO"):
        prepare(partial(take_back, versions))
        stand_by(PORT, "/api/v2/version")
    preload(["api-server"])
    prepare(partial(prepare_database, username, password, os.environ.pop("DECLARED_OBJECTS", None)))
    del os.environ["ADMIN_PASSWORD"]
    accept_former_tokens()
    supervisor = Supervisor()
    supervisor.start("api-server", partial(run_airflow, "api-server", "--proxy-headers"))
    sys.exit(supervisor.run())


def required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        sys.exit(f"{name} is not set: the webserver needs it to make sure that an administrator exists.")
    return value


def accept_former_tokens() -> None:
    """Airflow verifies tokens with one secret, or with those of a file: there the former one is beside the newest."""
    former = os.environ.pop("FORMER_JWT_SECRET", None)
    if former is None:
        return
    generation = int(os.environ["AIRFLOW__API_AUTH__JWT_KID"])
    newest = os.environ["AIRFLOW__API_AUTH__JWT_SECRET"]
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump({"keys": [web_key(newest, generation), web_key(former, generation - 1)]}, file)
    os.environ["AIRFLOW__API_AUTH__TRUSTED_JWKS_URL"] = file.name


def web_key(secret: str, generation: int) -> dict[str, str]:
    key = base64.urlsafe_b64encode(secret.encode()).decode().rstrip("=")
    return {"kty": "oct", "alg": "HS512", "kid": str(generation), "k": key}


def take_back(versions: str) -> None:
    from downgrade import downgrade

    downgrade(json.loads(versions))


def prepare_database(username: str, password: str, declaration: str | None) -> None:
    """Migrates, makes the administrator and what is declared in one process, as each start of Airflow costs seconds."""
    from migration import migrate, migration_lock

    with migration_lock():
        migrate()

        from admin import ensure_admin

        ensure_admin(username, password)
        if declaration:
            from objects import reconcile

            reconcile(declaration)


if __name__ == "__main__":
    main()
