"""Servers under measurement, and the processor time they took. Reads /proc, so Linux only."""

import contextlib
import http.client
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from plg_platform.embedded import free_port

BASE = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60
CLIENTS = 2


class Server:
    """A gunicorn with two workers, and what it costs: its own time, its database's, its cache's."""

    def __init__(self, application, database, environment, *, config="", cache_pid=None):
        self.port = free_port()
        self.database, self.cache_pid = database, cache_pid
        self.command = [sys.executable, "-m", "gunicorn", *(["-c", config] if config else [])]
        self.command += ["--workers=2", f"--bind=127.0.0.1:{self.port}", "--no-control-socket", application]
        self.environment = {**environment, "PORT": str(self.port)}

    def __enter__(self):
        log = BASE / "var" / f"bench-{self.database}.log"
        self.log = log.open("w")
        self.process = subprocess.Popen(self.command, cwd=BASE, env=self.environment, stdout=self.log, stderr=self.log)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                http.client.HTTPConnection("127.0.0.1", self.port, timeout=5).connect()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError(f"{self.command[-1]} does not answer; see {log}")

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.log.close()

    def get(self, path, headers):
        """One request on a connection of its own; the length of the answer, which must be a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status} ({answer.headers.get('Location', '')})")
        return len(body)

    def cost(self, path, headers, count):
        """Milliseconds of processor time a request, over so many requests of two clients at a time."""
        before = self.spent()
        self.visit(path, headers, count)
        return (self.spent() - before) * 1000 / count

    def visit(self, path, headers, count):
        """So many requests, by two clients at a time."""
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(lambda _n: self.get(path, headers), range(count)))

    def spent(self):
        """Seconds of processor time of workers, their database connections and the cache."""
        mine = {self.process.pid, *children(self.process.pid)}
        mark = f" {self.database} "
        connections = [pid for pid, title in titles() if title.startswith("postgres:") and mark in title]
        return sum(map(seconds, [*mine, *connections, *([self.cache_pid] if self.cache_pid else [])]))

    def rss_mb(self):
        """Memory of the largest worker in MB."""
        return max(memory(pid) for pid in children(self.process.pid))


def children(parent):
    """The processes that this one started."""
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def titles():
    """Every process with its title."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            yield int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf8", "replace")


def seconds(pid):
    """Processor time of one process until now; nothing of one that has gone."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK
    return 0


def memory(pid, name="VmRSS"):
    """Resident memory of one process in MB; with VmHWM the most it ever was."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0
