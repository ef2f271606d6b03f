"""Says to anyone whether Airflow works, without giving anyone an account."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

HEALTH = os.environ["AIRFLOW_URL"] + "/api/v2/monitor/health"


class Status(BaseHTTPRequestHandler):
    def do_GET(self):
        with urlopen(HEALTH, timeout=5) as answer:
            parts = json.load(answer)
        lines = (f"{name}: {part['status']}\n" for name, part in parts.items())
        self.send_response(200)
        self.end_headers()
        self.wfile.write("".join(lines).encode())


ThreadingHTTPServer(("", 8080), Status).serve_forever()
