"""Private files: the view has asked the rule, this hands over the bytes."""

import re
from pathlib import PurePosixPath

from django.conf import settings
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
CHUNK = 64 * 1024
#: Only these are shown in the browser; everything else is a download.
SHOWN = {
    "image/jpeg", "image/png", "image/webp", "application/pdf", "video/mp4", "video/webm", "audio/mpeg", "audio/mp4",
    "audio/ogg", "audio/wav", "audio/x-wav", "text/vtt",
}  # fmt: skip


def serve(request, file, *, name, media_type):
    """Hand over a private file: through the web server where it can (X-Accel), else by ranges from here."""
    if settings.X_ACCEL:
        response = HttpResponse(headers={"X-Accel-Redirect": f"{settings.X_ACCEL}/{PurePosixPath(file.name)}"})
        del response.headers["Content-Type"]
        response.headers["Content-Type"] = media_type
    else:
        response = _with_range(request, file, media_type)
    shown = media_type in SHOWN
    response.headers["Content-Disposition"] = content_disposition_header(not shown, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=300" if shown else "private, no-store"
    return response


def _with_range(request, file, media_type):
    """Django gives no ranges; without them a video cannot be wound forward."""
    size = file.size
    match = RANGE.match(request.headers.get("Range", ""))
    if not match or not any(match.groups()):
        response = FileResponse(file.open("rb"), content_type=media_type)
        response.headers["Accept-Ranges"] = "bytes"
        return response
    first, last = match.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end or start >= size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_piece(file, start, end), status=206, content_type=media_type)
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.headers["Content-Length"] = str(end - start + 1)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _piece(file, start, end):
    left = end - start + 1
    with file.open("rb") as stream:
        stream.seek(start)
        while left > 0 and (chunk := stream.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
