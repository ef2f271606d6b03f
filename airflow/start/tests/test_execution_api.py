from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from threading import Thread

import execution_api
import pytest

ADDRESS = "AIRFLOW__CORE__EXECUTION_API_SERVER_URL"


@pytest.fixture
def asked():
    """Paths that a server was asked for, whose address is in the environment."""
    paths = Queue()

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.put(self.path)
            self.send_response(200)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ADDRESS, f"http://127.0.0.1:{server.server_port}/execution/")
        yield paths
    server.shutdown()


def test_the_api_for_tasks_is_asked_whether_it_is_there(asked):
    execution_api.have_it_built()
    assert asked.get(timeout=10) == "/execution/health"


def test_one_that_does_not_answer_is_left_to_the_tasks():
    execution_api.ask("http://127.0.0.1:1/execution/")
