"""Makes a metadata database that comes from elsewhere this environment's: its schema, and its key for all that is secret.

AIRFLOW__CORE__FERNET_KEY holds the environment's keys and then those of the former place. What no key reads is said in
a line of JSON.
"""

import json
import os
import sys
from contextlib import closing

from cryptography.fernet import Fernet
from database import connect, wait_for_database
from migration import history, migrate, migration_lock, revisions
from rotation import ENCRYPTED, Encrypted, reads, take_newest_key

# Columns that say of a row whether it is encrypted, by the column that they are about.
FLAGS = {
    ("connection", "password"): "is_encrypted",
    ("connection", "extra"): "is_extra_encrypted",
    ("variable", "val"): "is_encrypted",
}


def main() -> None:
    wait_for_database()
    refuse_unknown_schema()
    keys = os.environ["AIRFLOW__CORE__FERNET_KEY"].split(",")
    with migration_lock(), closing(connect()) as connection:
        migrate()
        connection.autocommit = True
        encrypt_clear_text(connection, Fernet(keys[0]))
        take_newest_key(connection, keys)
        print(json.dumps({"unreadable": unreadable(connection, Fernet(keys[0]))}), flush=True)


def refuse_unknown_schema() -> None:
    """Airflow brings any schema since that of 2.7 to its own, in as many steps as it takes."""
    revision = revisions().get("alembic_version")
    if revision not in history("alembic_version"):
        sys.exit(
            f"The schema of the database, {revision}, is none that this image can upgrade: it is older than that of Airflow "
            "2.7, or newer than this image. Upgrade the former Airflow to the latest 2 first."
        )


def encrypt_clear_text(connection, key: Fernet) -> None:
    """An Airflow without a key, or with an empty one, has kept them so."""
    with connection.cursor() as cursor:
        for (table, column), flag in FLAGS.items():
            cursor.execute(f"SELECT id, {column} FROM {table} WHERE NOT coalesce({flag}, false) AND {column} <> ''")
            rows = cursor.fetchall()
            for row, value in rows:
                encrypted = key.encrypt(value.encode()).decode()
                cursor.execute(f"UPDATE {table} SET {column} = %s, {flag} = true WHERE id = %s", (encrypted, row))
            if rows:
                print(f"{len(rows)} {table}.{column} were in clear text, and are encrypted now.", flush=True)


def unreadable(connection, key: Fernet) -> list[str]:
    """What only a key that was not given can read."""
    return sorted({name for encrypted in ENCRYPTED for name in unreadable_in(connection, encrypted, key)})


def unreadable_in(connection, encrypted: Encrypted, key: Fernet) -> list[str]:
    table, name, column, condition = encrypted
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}, {column} FROM {table} WHERE {condition} AND {column} <> ''")
        return [f"{table} {row}" for row, value in cursor.fetchall() if not reads(key, value)]


if __name__ == "__main__":
    main()
