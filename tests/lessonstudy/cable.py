"""A cable between a browser and the website that can be pulled out: also service workers are without a network then."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class Cable:
    """Listens on `url` and hands everything on to the website, as long as it is plugged in."""

    def __init__(self, website):
        self.there = ("127.0.0.1", urlsplit(website.url).port)
        self.open, self.lock = set(), threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.plugged, self.closed = True, False
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self):
        """From now on nothing gets through, and what was on its way is lost."""
        self.plugged = False
        with self.lock:
            for each in self.open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def plug(self):
        self.plugged = True

    def close(self):
        self.closed = True
        self.pull()
        self.listener.close()

    def _accept(self):
        while not self.closed:
            try:
                here, _address = self.listener.accept()
            except OSError:
                return
            if not self.plugged:
                here.close()
                continue
            there = socket.create_connection(self.there)
            with self.lock:
                self.open |= {here, there}
            for source, target in ((here, there), (there, here)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            with self.lock:
                self.open.discard(each)
            each.close()
