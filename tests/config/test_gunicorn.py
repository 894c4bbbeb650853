"""Connections come back to be handed out, and an answer that is on its way is never cut off for it."""

import subprocess
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.served import a_port, until_answered
from werkplaats.config.gunicorn import REQUESTS_ON_A_CONNECTION
from werkplaats.config.management.commands.run import _gunicorn

HELLO = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
"""


def test_a_connection_is_closed_now_and_then_after_a_whole_answer_and_kept_open_in_between(tmp_path: Path) -> None:
    (tmp_path / "hello.py").write_text(HELLO, encoding="utf-8")
    port = a_port()
    *command, _application = _gunicorn(f"127.0.0.1:{port}", workers=1, threads=2)
    server = subprocess.Popen([*command, "--chdir", str(tmp_path), "hello"], cwd=tmp_path)
    try:
        until_answered(f"http://127.0.0.1:{port}/")
        line, closed = HTTPConnection("127.0.0.1", port, timeout=10), 0
        for _request in range(4 * REQUESTS_ON_A_CONNECTION):
            line.request("GET", "/")  # connects anew where it was told that the connection is closed
            answer = line.getresponse()
            assert answer.read() == b"ok"
            closed += answer.will_close
        line.close()
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert closed == 4
