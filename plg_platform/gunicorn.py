"""Settings of gunicorn for both web processes; which of the two it is, the command line says.

Pages:   ``gunicorn -c python:plg_platform.gunicorn plg_platform.wsgi``
Streams: ``gunicorn -c python:plg_platform.gunicorn -k asgi plg_platform.asgi``
"""

import os
from pathlib import Path

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "plg_platform.fair_worker.FairWorker"
max_requests, max_requests_jitter = 10_000, 1_000  # a worker is renewed before small leaks add up
timeout, graceful_timeout, keepalive = 60, 20, 30
limit_request_line, limit_request_fields = 8190, 100
control_socket_disable = True  # it would be one file for all gunicorns of a home folder
errorlog, accesslog, loglevel = "-", None, os.environ.get("LOG_LEVEL", "INFO").lower()
asgi_lifespan = "off"
if Path("/dev/shm").is_dir():  # a heartbeat must not wait for a disk
    worker_tmp_dir = "/dev/shm"

if os.environ.get("RELOAD") == "1":  # development: new code without a restart, and no long goodbye
    reload, graceful_timeout, max_requests = True, 1, 0
    loglevel = "warning"
