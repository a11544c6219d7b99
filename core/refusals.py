"""A refusal is a sentence for the reader, not an error page."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


class Refused(Exception):
    """A deed is not possible now; the text says why, and what was kept.

    `field` names the form field that the sentence is about, if there is one.
    """

    def __init__(self, sentence, field=None):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self):
        return str(self.sentence)


def attempt(form, deed, *args, **kwargs):
    """Do the deed of a valid form; a refusal becomes an error on the form, so that what was typed is given back.

    Returns what the deed returned, or True where that was None; False where it was refused.
    """
    try:
        outcome = deed(*args, **kwargs)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return False
    return True if outcome is None else outcome


def way_back(request, otherwise="/"):
    """The page of ours that this request came from, else the home page."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        parts = urlsplit(referer)
        if parts.path != request.path:
            path = f"/{parts.path.lstrip('/')}"  # two slashes would begin the name of another site
            return f"{path}?{parts.query}" if parts.query else path
    return otherwise


def is_asked_by_itself(request):
    """A page asks for a part of itself (static/src/js/requests.js), while somebody may be writing on it."""
    return request.method in ("GET", "HEAD") and "X-Asked-By-Itself" in request.headers


class RefusedMiddleware:
    """Turn a `Refused` that no form caught into a message and a way back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Answer a refusal; leave every other exception alone."""
        if not isinstance(exception, Refused):
            return None
        if is_asked_by_itself(request):
            return HttpResponse(status=204)  # what stands there stays; nobody asked, so nobody is told
        messages.warning(request, exception.sentence)
        back = way_back(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": back})
        return HttpResponseRedirect(back)
