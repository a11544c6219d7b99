"""Large files in pieces: tus 1.0 (https://tus.io/protocols/resumable-upload), core with creation and termination."""

import base64
import binascii

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.models import get_or_refuse
from core.refusals import Refused
from core.text import number
from knowledgehub import files
from knowledgehub.actions import uploads as actions
from knowledgehub.models import ResourceVersion, Upload

PROTOCOL = "1.0.0"
PIECES = "application/offset+octet-stream"
FULL, LOCKED = 507, 423


def _answer(status, text="", **headers):
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response.headers["Tus-Resumable"] = PROTOCOL
    response.headers["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = str(value)
    return response


def _speaks_otherwise(request):
    """An answer for who speaks another version of the protocol; None for who speaks ours."""
    if request.headers.get("Tus-Resumable") == PROTOCOL:
        return None
    return _answer(412, Tus_Version=PROTOCOL)


@require_http_methods(["OPTIONS", "POST"])
def uploads(request, pk):
    """Announce a file for a concept; the answer says where its bytes go."""
    version = get_or_refuse(ResourceVersion.objects.for_detail(request.user), "edit", pk=pk)
    if request.method == "OPTIONS":
        most = files.MOST_MB * files.MB
        return _answer(204, Tus_Version=PROTOCOL, Tus_Extension="creation,termination", Tus_Max_Size=most)
    if otherwise := _speaks_otherwise(request):
        return otherwise
    size = number(request.headers.get("Upload-Length", ""), -1)
    try:
        name = _said(request).get("filename", "")
        upload = actions.begin(version, by=request.user, name=name, size=size)
    except Refused as refusal:
        return _answer(413 if size > files.MOST_MB * files.MB else 422, refusal.sentence)
    return _answer(201, Location=reverse("knowledgehub:upload", args=[upload.key]))


def _said(request):
    """What the header `Upload-Metadata` says: names, each with a value in base64."""
    said = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            said[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return said


@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request, key):
    """How far it is, the next piece, or never mind."""
    if otherwise := _speaks_otherwise(request):
        return otherwise
    row = get_object_or_404(Upload.objects.allowing(request.user, "edit").select_related("version"), key=key)
    if request.method == "HEAD":
        return _answer(200, Upload_Offset=row.received, Upload_Length=row.size)
    if request.method == "DELETE":
        actions.drop(row)
        return _answer(204)
    return _take_in(request, row)


@require_POST
def take_out_upload(request, key):
    """A maker takes out what broke off somewhere: it would stand in the way of publishing."""
    rows = Upload.objects.for_page(request.user, "take_out").select_related("version")
    row = get_or_refuse(rows, "take_out", key=key)
    actions.drop(row)
    return redirect(f"{reverse('knowledgehub:edit', args=[row.version.resource_id])}#files")


def _take_in(request, row):
    if request.content_type != PIECES:
        return _answer(415)
    try:
        received = actions.take_in(row, request, offset=number(request.headers.get("Upload-Offset", ""), -1))
        if received == row.size:
            actions.finish(row, by=request.user)
    except actions.Elsewhere as problem:
        return _answer(409, Upload_Offset=problem.received)
    except actions.Gone:
        return _answer(410)
    except actions.Busy:
        return _answer(LOCKED)
    except Refused as refusal:
        return _answer(422, refusal.sentence)
    return _answer(204, Upload_Offset=received)
