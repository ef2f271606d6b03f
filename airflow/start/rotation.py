"""Lets the newest secrets take the place of former ones in the database, once no container is left that lacks them."""

import os
import socket
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from typing import NamedTuple

import psycopg2
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from database import connect, connect_with
from database_passwords import is_refused, newest_password
from psycopg2.extensions import encrypt_password

RETRY_AFTER = 5
# Airflow's own default for each kind of process. There is one of each kind, so a second is one of the version before.
ALONE = """
    SELECT count(*) = count(DISTINCT job_type) AND
           count(*) FILTER (WHERE hostname = %s AND start_date >= %s) = %s
    FROM job WHERE state = 'running' AND latest_heartbeat > now() - interval '30 seconds'
"""


class Encrypted(NamedTuple):
    """A column that Airflow encrypts: its table, what its rows are called, and which of them are encrypted."""

    table: str
    name: str
    column: str
    condition: str


# As `airflow rotate-fernet-key` has it, which takes eight seconds even when there is nothing to do.
ENCRYPTED = (
    Encrypted("connection", "conn_id", "password", "is_encrypted"),
    Encrypted("connection", "conn_id", "extra", "is_extra_encrypted"),
    Encrypted("variable", "key", "val", "is_encrypted"),
    Encrypted("trigger", "id", "kwargs", "kwargs NOT LIKE '{%'"),
    Encrypted("connection_test_request", "connection_id", "password", "is_encrypted"),
    Encrypted("connection_test_request", "connection_id", "extra", "is_extra_encrypted"),
)


def rotate_when_alone(names: list[str], started: float) -> None:
    """In the background, as the processes of these names, started then, have to be up first."""
    keys = os.environ.get("AIRFLOW__CORE__FERNET_KEY", "").split(",")
    if len(keys) > 1 or "FORMER_DATABASE_PASSWORDS" in os.environ:
        own = (socket.gethostname(), datetime.fromtimestamp(started, UTC), len(names))
        threading.Thread(target=rotate, args=(own, keys), daemon=True).start()


def rotate(own: tuple, keys: list[str]) -> None:
    said = None
    while obstacle := rotation_obstacle(own, keys):
        if obstacle != said:
            print(f"Rotation: waiting, as {obstacle}", flush=True)
        said = obstacle
        time.sleep(RETRY_AFTER)
    print("Rotation: done, the newest secrets are in use.", flush=True)


def rotation_obstacle(own: tuple, keys: list[str]) -> str | None:
    """Rotates, or tells why not yet."""
    try:
        with closing(connect()) as connection:
            connection.autocommit = True
            if not is_alone(connection, own):
                return "processes of this version are still starting, or those of the former one still stopping."
            take_newest_key(connection, keys)
            take_newest_password(connection)
    except psycopg2.Error as error:
        return " ".join(str(error).split())
    return None


def is_alone(connection, own: tuple) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ALONE, own)
        return cursor.fetchone()[0]


def take_newest_key(connection, keys: list[str]) -> None:
    """Encrypts with the newest key whatever a former one has encrypted."""
    newest, every = Fernet(keys[0]), MultiFernet([Fernet(key) for key in keys])
    for encrypted in ENCRYPTED:
        changed = reencrypt(connection, encrypted, newest, every)
        if changed > 0:
            print(f"Rotation: {changed} {encrypted.table}.{encrypted.column} encrypted with the newest key.", flush=True)


def reencrypt(connection, encrypted: Encrypted, newest: Fernet, every: MultiFernet) -> int:
    table, name, column, condition = encrypted
    changed = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}, {column} FROM {table} WHERE {condition} AND {column} <> ''")
        for row, value in cursor.fetchall():
            try:
                again = None if reads(newest, value) else every.rotate(value).decode()
            except InvalidToken:
                print(f"Rotation: no key reads {column} of the {table} {row}; save it again.", flush=True)
                continue
            if again is not None:
                # A value that somebody saves meanwhile is newer.
                cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {name} = %s AND {column} = %s", (again, row, value))
                changed += cursor.rowcount
    return changed


def reads(key: Fernet, value: str) -> bool:
    try:
        key.decrypt(value)
    except InvalidToken:
        return False
    return True


def take_newest_password(connection) -> None:
    """Makes the newest password the user's own; the server gets its verifier, so no log ever holds it."""
    try:
        connect_with(newest_password()).close()
    except psycopg2.OperationalError as error:
        if not is_refused(error):
            raise
        verifier = encrypt_password(newest_password(), connection.info.user, connection)
        with connection.cursor() as cursor:
            cursor.execute("ALTER ROLE CURRENT_USER PASSWORD %s", (verifier,))
        print("Rotation: the database takes the newest password.", flush=True)
