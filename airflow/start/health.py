"""GET /health: whether every Airflow process of this container has a fresh heartbeat in the metadata database.

Once all had one, an outage of the database is reported but does not count: a restart mends nothing, and ends tasks.
"""

import json
import socket
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2
from database import connect

PORT = 8974
JOB_TYPES = {
    "scheduler": "SchedulerJob",
    "dag-processor": "DagProcessorJob",
    "triggerer": "TriggererJob",
}
# Airflow's own default for each of them; the processes beat every 5 seconds.
FRESH_FOR = timedelta(seconds=30)
# An earlier container may have had the same host name, so only jobs of this one count.
HEARTBEATS = """
    SELECT job_type, max(latest_heartbeat) FROM job
    WHERE hostname = %s AND state = 'running' AND start_date >= %s GROUP BY job_type
"""


def heartbeats(started: datetime) -> dict[str, datetime]:
    connection = connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute(HEARTBEATS, (socket.gethostname(), started))
            return dict(cursor.fetchall())
    finally:
        connection.close()


def report(names: list[str], started: datetime) -> tuple[bool | None, dict]:
    """Whether all processes work, None if the database does not tell, and what is known of each."""
    try:
        beats = heartbeats(started)
    except psycopg2.Error as error:
        return None, {"metadatabase": {"status": "unhealthy", "reason": " ".join(str(error).split())}}
    now = datetime.now(UTC)
    processes = {name: state(beats.get(JOB_TYPES[name]), now) for name in names}
    return all(process["status"] == "healthy" for process in processes.values()), processes


def state(beat: datetime | None, now: datetime) -> dict:
    if beat is None:
        return {"status": "starting", "latest_heartbeat": None}
    fresh = now - beat < FRESH_FOR
    return {"status": "healthy" if fresh else "unhealthy", "latest_heartbeat": beat.isoformat()}


class Health(BaseHTTPRequestHandler):
    names: list[str]
    started: datetime
    was_healthy = False

    def do_GET(self) -> None:
        if self.path != "/health":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        healthy, content = report(self.names, self.started)
        Health.was_healthy = healthy or Health.was_healthy
        passes = Health.was_healthy if healthy is None else healthy
        status = HTTPStatus.OK if passes else HTTPStatus.SERVICE_UNAVAILABLE
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if code != HTTPStatus.OK:
            super().log_request(code, size)


def serve(started: float, names: list[str]) -> None:
    """Serves for the processes of these names, started at that time, in seconds since the epoch."""
    Health.started = datetime.fromtimestamp(started, UTC)
    Health.names = names
    ThreadingHTTPServer(("", PORT), Health).serve_forever()
