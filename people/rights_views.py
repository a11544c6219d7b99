"""What is kept of me: who sees it, a download of all of it, and leaving."""

from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activity import looks
from core.files.serving import serve
from core.links import BadLink, read, sign
from core.privacy import in_order, mentions
from core.refusals import Refused, attempt
from core.terms import terms_of
from people import codes, downloads, erasing
from people.models import DataExport, Leaving
from people.rights import COOLING_OFF_DAYS, EXPORT_DAYS
from people.rights_forms import LeaveCodeForm, LeaveForm
from people.views import tabs

LEAVE = "leave"


def sections(person):
    """All that is kept of her, in the order in which it matters to her: who she is before what she does."""
    kept = terms_of(person)
    return [
        {
            "section": section,
            "kept": kept.get(section.term, ""),
            "url": reverse(section.correct) if section.correct else "",
        }
        for _name, section in in_order()
    ]


@require_safe
def my_data(request):
    """Who sees what of me, for how long, and who looked."""
    download = downloads.latest(request.user)
    context = {
        "tabs": tabs("my_data"),
        "sections": sections(request.user),
        "looks": looks.of(request.user),
        "download": download,
        "fetch_url": _fetch_url(download) if download and download.is_ready else "",
        "leaving": Leaving.objects.filter(person=request.user).first(),
    }
    return render(request, "people/my_data.html", context)


# A download ------------------------------------------------------------------------------------
def _fetch_url(download):
    return reverse("people:fetch_data", args=[sign("people.download", person=download.person_id, download=download.pk)])


@require_POST
def ask_data(request):
    """Have everything about myself laid ready; a letter says when."""
    downloads.ask(request.user)
    messages.success(request, _("We lay your data ready. You get a mail within a few minutes."))
    return redirect("people:my_data")


@require_safe
def fetch_data(request, token):
    """The file itself: by a link that runs out, and only for the one whose data it is."""
    facts = read("people.download", token, days=EXPORT_DAYS)
    if facts["person"] != request.user.pk:
        raise BadLink(_("This link is for somebody else. Sign in with your own account."))
    download = DataExport.objects.filter(pk=facts["download"], person=request.user).first()
    if download is None or not download.is_ready:
        raise BadLink(_("This download is gone. You can ask for a new one."))
    return serve(request, download.file, name=_("my-data.zip"), media_type="application/zip")


# Leaving ---------------------------------------------------------------------------------------
def leave(request):
    """What goes and what stays when I leave; the wish to do so, with a proof that it is I."""
    leaving = Leaving.objects.filter(person=request.user).first()
    reasons = erasing.in_the_way(request.user)
    form = LeaveForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid() and attempt(form, _wish, request, form, reasons):
        asked = Leaving.objects.filter(person=request.user).exists()
        return redirect("people:leave" if asked else "people:leave_code")
    context = {
        "form": form,
        "leaving": leaving,
        "reasons": reasons,
        "sections": sections(request.user),
        "days": COOLING_OFF_DAYS,
        "named": _named(request.user) if not leaving else [],
    }
    return render(request, "people/leave.html", context, status=422 if request.method == "POST" else 200)


def _named(person):
    """How often her whole name stands in what others wrote: [(what, how many)]. A hint, no list of texts."""
    found = {}
    for writing, _rows, count in mentions(person):
        label = str(writing.model._meta.verbose_name_plural)
        found[label] = found.get(label, 0) + count
    return sorted(found.items())


def _wish(request, form, reasons):
    """With her password at once; without it a code goes to her own address first."""
    if reasons:
        raise Refused(reasons[0][0])
    hides_name = form.cleaned_data["hides_name"]
    if "by_code" in request.POST or "password" not in form.fields:
        codes.send(request, LEAVE, request.user.email, template="account/email/leave_code")
        request.session["leave.hides_name"] = hides_name
    else:
        _check_password(request, form.cleaned_data["password"])
        _ask(request, hides_name=hides_name)


def _check_password(request, password):
    """Refuses a wrong one, and after a few of them every one for a while, as at the door."""
    if not password:
        raise Refused(_("Type your password, or let us mail you a code."), field="password")
    tried = {"action": "login_failed", "key": request.user.email}
    if not ratelimit.consume(request, **tried, dry_run=True):
        raise Refused(_("You tried a few times. Wait five minutes, or let us mail you a code."), field="password")
    if not request.user.check_password(password):
        ratelimit.consume(request, **tried)
        raise Refused(_("This is not your password."), field="password")


def _ask(request, *, hides_name):
    leaving = erasing.ask(request.user, hides_name=hides_name)
    messages.success(request, _("We wrote it down. Until then you can change your mind here."))
    return leaving


def leave_code(request):
    """Prove by the code from the mail that it is I who wants to leave."""
    form = LeaveCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, _prove, request, form.cleaned_data["code"]):
            return redirect("people:leave")
    elif not codes.waiting_for(request, LEAVE):
        return redirect("people:leave")
    return render(request, "people/leave_code.html", {"form": form}, status=422 if form.is_bound else 200)


def _prove(request, code):
    address = codes.check(request, LEAVE, code)
    if address != request.user.email:
        raise Refused(_("This code does not count any more. Ask for a new one."))
    _ask(request, hides_name=request.session.pop("leave.hides_name", True))


@require_POST
def stay(request):
    """Come back on it."""
    erasing.withdraw(request.user)
    messages.success(request, _("You stay. Nothing was changed."))
    return redirect("people:my_data")
