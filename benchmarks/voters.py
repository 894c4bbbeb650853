"""People who vote all at once over HTTP, each at a moment that was set before: who has to wait, waits from that moment on."""

import select
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

KEY, STATEMENTS = "stemmen", 60
PAGE = f"/{KEY}/gesprekken/zaal/stem/"
CONNECTIONS = 48


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote to be given: whose cookie, the number of the statement, and what is said of it."""

    cookie: str
    participant: int
    number: int
    value: int


@dataclass
class Answered:
    """What came back. `milliseconds`: of each vote that was acknowledged, from the moment it was to be given."""

    kept: list[Ballot] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    refused: int = 0
    cut_off: int = 0  # no answer: the server was gone

    @property
    def seconds(self) -> float:
        """Unknown until something came back."""
        return self.ended - self.began

    began: float = 0.0
    ended: float = 0.0


def give(site: str, ballots: Sequence[Ballot], *, rate: float, until_cut_off: bool = False) -> Answered:
    """Gives these votes, `rate` of them a second, over connections that stay open as those of a proxy do.

    A vote is acknowledged by the answer that leads to the next statement. With `until_cut_off` it ends when the server is gone.
    """
    return _Hall(site, ballots, rate=rate, until_cut_off=until_cut_off).run()


class _Hall:
    def __init__(self, site: str, ballots: Sequence[Ballot], *, rate: float, until_cut_off: bool) -> None:
        told = urlsplit(site)
        self.host, self.port = str(told.hostname), int(told.port or 80)
        self.requests = [(ballot, self._request(ballot)) for ballot in ballots]
        self.rate, self.until_cut_off = rate, until_cut_off
        self.answered, self.selector = Answered(), selectors.DefaultSelector()
        self.free: list[socket.socket] = []
        self.open: dict[socket.socket, tuple[Ballot, float, bytes]] = {}
        self.is_gone = False

    def run(self) -> Answered:
        self.answered.began = began = time.perf_counter()
        given = 0
        while (given < len(self.requests) or self.open) and not (self.is_gone and not self.open):
            now = time.perf_counter()
            due = min(len(self.requests), int((now - began) * self.rate) + 1)
            while given < due and len(self.open) < CONNECTIONS and not self.is_gone:
                self._give(*self.requests[given], at=began + given / self.rate)
                given += 1
            is_full = len(self.open) == CONNECTIONS or given == len(self.requests) or self.is_gone
            wait = 1.0 if is_full else max(0.0, began + given / self.rate - time.perf_counter())
            for key, _events in self.selector.select(wait):
                self._hear(key.fileobj)  # type: ignore[arg-type]  # only sockets are registered
        self.answered.ended = time.perf_counter()
        for each in self.free:
            each.close()
        self.selector.close()
        return self.answered

    def _request(self, ballot: Ballot) -> bytes:
        token = "a" * 32
        form = {"csrfmiddlewaretoken": token, "number": ballot.number, "value": ballot.value}
        body = urlencode(form | {"once": f"{ballot.participant}-{ballot.number}"}).encode()
        head = (
            f"POST {PAGE} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {ballot.cookie}; csrftoken={token}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def _give(self, ballot: Ballot, request: bytes, *, at: float) -> None:
        try:
            line = self._line()
            line.sendall(request)
        except OSError:
            self._lost()
            return
        self.open[line] = (ballot, at, b"")
        self.selector.register(line, selectors.EVENT_READ)

    def _line(self) -> socket.socket:
        """A connection that stayed open, as a proxy takes it: not one that the server closed because nobody used it."""
        while self.free:
            line = self.free.pop()
            closed, _to_write, _failed = select.select([line], [], [], 0)
            if not closed:
                return line
            line.close()
        return socket.create_connection((self.host, self.port), timeout=10)

    def _hear(self, line: socket.socket) -> None:
        ballot, at, heard = self.open.pop(line)
        self.selector.unregister(line)
        try:
            more = line.recv(65536)
        except OSError:
            more = b""
        heard += more
        if more and not _is_whole(heard):
            self.open[line] = (ballot, at, heard)
            self.selector.register(line, selectors.EVENT_READ)
            return
        if not more:
            line.close()
            self._lost()
            return
        if b"\r\nconnection: close" in heard.lower():
            line.close()
        else:
            self.free.append(line)
        if heard.startswith(b"HTTP/1.1 302") and f"\r\nLocation: {PAGE}\r\n".encode() in heard:
            self.answered.kept.append(ballot)
            self.answered.milliseconds.append((time.perf_counter() - at) * 1000)
        else:
            self.answered.refused += 1

    def _lost(self) -> None:
        self.answered.cut_off += 1
        self.is_gone = self.until_cut_off


def _is_whole(heard: bytes) -> bool:
    head, end, body = heard.partition(b"\r\n\r\n")
    if not end:
        return False
    told = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return not told or len(body) >= int(told[0].partition(b":")[2])
