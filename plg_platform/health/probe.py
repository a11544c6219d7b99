"""``python -m plg_platform.health.probe``: succeeds if the web process of this container is alive."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit


def main() -> int:
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/live"
    host = urlsplit(os.environ.get("BASE_URL", "")).netloc or "localhost"
    request = urllib.request.Request(address, headers={"Host": host, "X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return 0 if answer.status == 200 else 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
