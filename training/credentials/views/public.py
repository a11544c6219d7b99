"""For whoever checks a credential, without an account: people and programs."""

from secrets import compare_digest

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from training.credentials import keys, proofs, statuses
from training.credentials.models import Credential, StatusList
from training.credentials.showing import as_shown, json_answer


@login_not_required
@require_safe
def verify(request, uuid):
    """What was issued, by whom, and whether it counts. Not to whom."""
    return _verify(request, _of(uuid), is_named=False)


@login_not_required
@require_safe
def verify_named(request, uuid, key):
    """The same with the name, for whoever got the whole link from its holder."""
    return _verify(request, _with_key(uuid, key), is_named=True)


def _verify(request, credential, *, is_named):
    context = {"credential": credential, "is_named": is_named, **as_shown(credential)}
    context["is_signed"] = bool(credential.signed) and proofs.holds(credential.signed)
    response = render(request, "credentials/verify.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"  # the key in the address goes to nobody else
    return response


@login_not_required
@require_safe
def badge_named(request, uuid, key):
    """The signed credential, to check with a program of one's own."""
    credential = _with_key(uuid, key)
    if not credential.signed:
        raise Http404
    return json_answer(credential.signed, "badge.json")


def _of(uuid):
    rows = Credential.objects.out().select_related("replaced_by", "programme")
    return get_object_or_404(rows, uuid=uuid)


def _with_key(uuid, key):
    credential = _of(uuid)
    if not compare_digest(credential.key.encode(), key.encode()):
        raise Http404
    return credential


@login_not_required
@require_safe
def status(request, pk, purpose):
    """The signed list of what was revoked or suspended. It names nobody."""
    place = get_object_or_404(StatusList, pk=pk)
    if purpose not in statuses.PURPOSES or not (signed := getattr(place, purpose)):
        raise Http404
    return _open(signed, "application/vc", age=0)


@login_not_required
@require_safe
def did(request):
    """Who we are, as did:web."""
    return _open(keys.did_document(), "application/did+json", age=300)


@login_not_required
@require_safe
def jwks(request):
    """Our keys as JSON Web Keys."""
    return _open(keys.jwks(), "application/jwk-set+json", age=300)


def _open(document, content_type, *, age):
    response = JsonResponse(document, content_type=content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"  # verifiers run in other people's browsers
    response.headers["Cache-Control"] = f"public, max-age={age}" if age else "no-cache"
    return response
