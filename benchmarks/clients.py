"""Many clients at once against a server process: connections kept open, requests written as bytes, little else.

The clients share two cores with the server and its database, so they do as little as Python allows.
"""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import uvloop

CLIENTS = 32
END = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass
class Load:
    """What came of a run: how many answers of each status, and how long each took in seconds."""

    seconds: float = 0.0
    answers: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    faults: list[bytes] = field(default_factory=list)
    """The first answers of 400 and above."""

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return sum(count for status, count in self.answers.items() if status < 400) / self.seconds

    @property
    def median(self) -> float:
        return statistics.median(self.waits)

    @property
    def slowest(self) -> float:
        """What 99 of 100 stay below."""
        return sorted(self.waits)[int(len(self.waits) * 0.99)]


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    said = {"Host": "benchmark", **headers}
    said |= {"Content-Type": "application/json", "Content-Length": str(len(body))} if body else {}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def load(
    ports: Sequence[int], requests: Iterator[bytes], seconds: float = 5.0, clients: int = CLIENTS
) -> Load:
    """So many clients at each port, each sending the next request as soon as its last one is answered."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_loaded(ports, requests, seconds, clients))


async def _loaded(ports: Sequence[int], requests: Iterator[bytes], seconds: float, clients: int) -> Load:
    loop, found = asyncio.get_running_loop(), Load()
    began = time.perf_counter()
    until = began + seconds
    connected = [
        await loop.create_connection(lambda: _Client(found, requests, until), "127.0.0.1", port)
        for port in ports
        for _ in range(clients)
    ]
    await asyncio.gather(*(client.done for _, client in connected))
    found.seconds = time.perf_counter() - began
    return found


class _Client(asyncio.Protocol):
    """One connection: a request, its answer, the next one, until time is up."""

    def __init__(self, found: Load, requests: Iterator[bytes], until: float) -> None:
        self._found, self._requests, self._until = found, requests, until
        self._held, self._sent = b"", 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._held += data
        head, found, body = self._held.partition(END)
        if found and len(body) >= _length(head):
            self._answered(int(head[9:12]), body)
            self._held = b""
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed a connection"))

    def _next(self) -> None:
        self._sent = time.perf_counter()
        if self._sent < self._until:
            self._transport.write(next(self._requests))
        else:
            self.done.set_result(None)
            self._transport.close()

    def _answered(self, status: int, body: bytes) -> None:
        self._found.waits.append(time.perf_counter() - self._sent)
        self._found.answers[status] += 1
        if status >= 400 and len(self._found.faults) < 10:
            self._found.faults.append(body)


def _length(head: bytes) -> int:
    lowered = head.lower()
    at = lowered.find(LENGTH)
    return int(lowered[at + len(LENGTH) :].partition(b"\r\n")[0]) if at >= 0 else 0
