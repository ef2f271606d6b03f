"""What a container serves in Airflow's place, while the database goes back to a former version's schema."""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MESSAGE = "Airflow stands still while its database goes back to a former version. It returns with that version."


class Standby(BaseHTTPRequestHandler):
    """Good enough for the platform's probe, and for nobody else."""

    health_path: str

    def do_GET(self) -> None:
        status = HTTPStatus.OK if self.path == self.health_path else HTTPStatus.SERVICE_UNAVAILABLE
        body = json.dumps({"status": "standby", "detail": MESSAGE}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def stand_by(port: int, health_path: str) -> None:
    """Serves until the container is replaced."""
    Standby.health_path = health_path
    print(MESSAGE, flush=True)
    ThreadingHTTPServer(("", port), Standby).serve_forever()
