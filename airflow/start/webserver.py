"""Starts the API server and user interface, after migrating the database: no other container migrates it."""

import os
import sys
import tempfile

from database import wait_for_database


def main() -> None:
    username, password = required("ADMIN_USERNAME"), required("ADMIN_PASSWORD")
    wait_for_database()
    prepare(username, password)
    del os.environ["ADMIN_PASSWORD"]
    trust_former_key()
    os.execvp("airflow", ["airflow", "api-server", "--proxy-headers"])


def required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        sys.exit(f"{name} is not set: the webserver needs it to make sure that an administrator exists.")
    return value


def trust_former_key() -> None:
    """Airflow verifies tokens with one secret, or with those of a file: so a former one is accepted beside the newest."""
    keys = os.environ.pop("TRUSTED_JWKS", None)
    if keys is None:
        return
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        file.write(keys)
    os.environ["AIRFLOW__API_AUTH__TRUSTED_JWKS_URL"] = file.name


def prepare(username: str, password: str) -> None:
    """Migrates and makes the administrator in this one process, as each start of Airflow costs seconds."""
    from airflow.utils.db import upgradedb
    from airflow.utils.providers_configuration_loader import providers_configuration_loaded

    print("Migrating the metadata database.", flush=True)
    providers_configuration_loaded(upgradedb)()

    from admin import ensure_admin

    ensure_admin(username, password)


if __name__ == "__main__":
    main()
