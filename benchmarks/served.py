"""The platform in processes of its own, as everybody runs it, and somebody who reads its pages."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import Cookie, CookieJar
from pathlib import Path

HOUSE = Path(__file__).parents[1]


class Reader:
    """Somebody with a browser: keeps cookies, that of a session among them, and follows where a form leads."""

    def __init__(self, session: str = "") -> None:
        jar = CookieJar()
        if session:
            jar.set_cookie(_session(session))
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def read(self, url: str, form: dict[str, str] | None = None) -> str:
        with self.opener.open(url, urllib.parse.urlencode(form).encode() if form else None, timeout=60) as answer:
            return str(answer.read().decode())

    def first_line(self, url: str) -> str:
        with self.opener.open(url, timeout=60) as answer:
            return str(answer.readline().decode())


def _session(value: str) -> Cookie:
    """In the jar, since a header of our own would give way to the first cookie that the site sets."""
    return Cookie(
        version=0, name="sessionid", value=value, port=None, port_specified=False, domain="127.0.0.1", domain_specified=True,
        domain_initial_dot=False, path="/", path_specified=True, secure=False, expires=None, discard=True, comment=None,
        comment_url=None, rest={},
    )  # fmt: skip


def manage(*command: str, environ: Mapping[str, str]) -> str:
    """Runs one command of the platform to its end; what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command, "--verbosity", "0"],
        cwd=HOUSE, env=environ, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout


def spent(*roots: int) -> float:
    """CPU milliseconds of these processes and all below them, also those that ended; 0 where /proc does not tell.

    What a request costs whatever else the machine is doing: on a quiet one, and one at a time, about as long as it takes.
    """
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            parents[int(stat.parent.name)], used[int(stat.parent.name)] = int(told[1]), sum(map(int, told[11:15]))
    found = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return sum(used.get(pid, 0) for pid in found) * 1000 / os.sysconf("SC_CLK_TCK")


def a_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_answered(url: str) -> None:
    """Waits until somebody answers at an address, half a minute at most."""
    for _ in range(60):
        try:
            Reader().read(url)
        except urllib.error.HTTPError:  # also a no is an answer
            return
        except OSError:
            time.sleep(0.5)
        else:
            return


@contextmanager
def served(environ: Mapping[str, str], *options: str) -> Iterator[tuple[str, int]]:
    """``manage.py run`` on a free port, until the end of the block; its address and its process."""
    address = f"127.0.0.1:{a_port()}"
    server = subprocess.Popen([sys.executable, "manage.py", "run", "--bind", address, *options], cwd=HOUSE, env=environ)
    try:
        until_answered(f"http://{address}/")
        yield f"http://{address}", server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
