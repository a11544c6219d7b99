"""The bytes of a file, its picture, and its pages: each asks the rule of the file, and nothing else does."""

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse

from core import limits
from core.files.serving import serve
from knowledgehub import counting, looking
from knowledgehub.models import Resource, ResourceFile

#: For whoever has no account, behind one address: a class that reads along turns many pages.
PAGES_A_MINUTE = 240


def _file(request, pk):
    return ResourceFile.objects.allowing(request.user, "view").filter(pk=pk).without_text().first()


def _not_hers(request):
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


@login_not_required
def file(request, pk):
    """A file as it was laid in; counted where it is taken along, not where a page shows it."""
    row = _file(request, pk)
    if row and "save" in request.GET:
        counting.downloaded(Resource.objects.get(versions=row.version_id), request)
    return hand_over(request, row) if row else _not_hers(request)


@login_not_required
def preview(request, pk):
    """The picture of a file: itself made small, or its first page."""
    row = _file(request, pk)
    return hand_over_preview(request, row) if row else _not_hers(request)


@login_not_required
def page(request, pk, number):
    """One page of a PDF, or of an office file that was made into one, as a picture; drawn now, so not too often."""
    who = get_client_ip(request)
    if not request.user.is_authenticated and limits.is_too_often("knowledgehub.page", who, most=PAGES_A_MINUTE):
        return HttpResponse(status=429)
    row = _file(request, pk)
    return hand_over_page(request, row, number) if row else _not_hers(request)


def hand_over(request, row):
    """Give this file; whoever calls has asked whether that may."""
    return serve(request, row.file, name=row.name, media_type=row.media_type)


def hand_over_preview(request, row):
    """The same of its picture."""
    if not row.preview:
        raise Http404
    return serve(request, row.preview, name=f"{row.pk}.jpg", media_type="image/jpeg")


def hand_over_page(request, row, number):
    """The same of one of its pages, as wide as a screen or, with `?small`, as a thumb."""
    picture = looking.page_of(row, number, small="small" in request.GET)
    if picture is None:
        raise Http404
    return HttpResponse(
        picture,
        content_type="image/jpeg",
        headers={
            "Cache-Control": "private, max-age=3600",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
