"""The platform served by gunicorn, as in production, on the database of this test process."""

import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, Self

from plg_platform.embedded import free_port

BASE = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds


class Website:
    """Pages on `url`, streams on `stream_url`; what both say stands in `var/test/<slot>/website.log`."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.port, self.stream_port = free_port(), free_port()
        self.url = f"http://localhost:{self.port}"
        self.stream_url = f"http://localhost:{self.stream_port}"
        self.environment = {
            **environment,
            "DATABASE_OWNER_URL": environment["DATABASE_URL"],  # as in production: the application's role
            "BASE_URL": self.url,
            "STREAM_URL": self.stream_url,
        }
        self.log_path = folder / "website.log"

    def __enter__(self) -> Self:
        self.log = self.log_path.open("w")
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:plg_platform.gunicorn", "--workers=1"]
        pages = {"PORT": str(self.port)}
        streams = {"PORT": str(self.stream_port), "STREAMING": "1"}
        self.processes = [
            self.start([*gunicorn, "plg_platform.wsgi"], pages),
            self.start([*gunicorn, "--worker-class=asgi", "--threads=1", "plg_platform.asgi"], streams),
        ]
        self.wait(self.url)
        self.wait(self.stream_url)
        return self

    def __exit__(self, *error: object) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.log.close()

    def start(self, command: list[str], more: dict[str, str]) -> subprocess.Popen[bytes]:
        environment = {**self.environment, **more}
        return subprocess.Popen(command, cwd=BASE, env=environment, stdout=self.log, stderr=self.log)

    def wait(self, url: str) -> None:
        """Until it answers, or raise what it said instead."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and all(process.poll() is None for process in self.processes):
            try:
                with urllib.request.urlopen(f"{url}/health/live", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The website does not answer.\n{self.log_path.read_text()}")

    def sign_in(self, page: Any, user: Any) -> None:
        """This browser is signed in as this person from now on."""
        from django.test import Client

        client = Client()
        client.force_login(user, backend="people.backends.PersonBackend")
        cookies = [{"name": name, "value": morsel.value, "url": self.url} for name, morsel in client.cookies.items()]
        page.context.add_cookies(cookies)
