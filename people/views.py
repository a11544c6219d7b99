"""A person's own pages: who I am, when I work, how I sign in."""

import time

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.files.serving import serve
from core.refusals import Refused, attempt
from people import actions, codes, merging, rules
from people.choices import offered_themes
from people.forms import (
    AddressForm,
    CodeForm,
    LevelForm,
    MergeForm,
    ProfileForm,
    RhythmForm,
    ThemesForm,
    WorkingDaysForm,
)
from people.models import User

PROOF_MINUTES = 15


def tabs(current):
    """The pages about oneself."""
    pages = [
        ("profile", _("Me")),
        ("rhythm", _("Rest and mail")),
        ("security", _("Signing in")),
        ("my_data", _("My data")),
    ]
    return [{"url": reverse(f"people:{name}"), "label": label, "current": name == current} for name, label in pages]


def _myself(request):
    """A fresh copy of the signed-in person: a refused form must not change how the page speaks of her."""
    return User.objects.get(pk=request.user.pk)


# Who I am --------------------------------------------------------------------------------------
def profile(request):
    """Name, photo, work and looks."""
    form = ProfileForm(request.POST or None, request.FILES or None, instance=_myself(request))
    if request.method == "POST" and form.is_valid():
        actions.change_profile(form)
        messages.success(request, _("Saved."))
        return redirect("people:profile")
    return render(
        request,
        "people/profile.html",
        {"form": form, "tabs": tabs("profile")},
        status=422 if form.is_bound else 200,
    )


def rhythm(request):
    """Working days, quiet hours, holidays and the PLG letter."""
    form = RhythmForm(request.POST or None, instance=_myself(request))
    if request.method == "POST" and form.is_valid():
        actions.change_rhythm(form)
        messages.success(request, _("Saved. From now on we keep to this."))
        return redirect("people:rhythm")
    return render(
        request, "people/rhythm.html", {"form": form, "tabs": tabs("rhythm")}, status=422 if form.is_bound else 200
    )


@require_GET
def photo(request, pk):
    """The photo of someone whom this person knows; for anybody else there is none."""
    person = User.objects.filter(rules.view_photo(request.user), pk=pk).exclude(photo="").first()
    if person is None or not person.photo.storage.exists(person.photo.name):
        raise Http404
    return serve(request, person.photo, name="photo.jpg", media_type="image/jpeg")


# The first time --------------------------------------------------------------------------------
def questions():
    """The three forms; the one of themes only where an app offers some."""
    return [LevelForm, *([ThemesForm] if offered_themes() else []), WorkingDaysForm]


def welcome(request):
    """Three questions after the first sign-in, one at a time, each may be skipped."""
    forms = questions()
    step = _step(request, len(forms))
    form = forms[step](request.POST or None, instance=_myself(request))
    if request.method == "POST" and ("skip" in request.POST or form.is_valid()):
        if "skip" not in request.POST:
            if isinstance(form, WorkingDaysForm):
                actions.change_rhythm(form)
            else:
                form.save()
        if step + 1 < len(forms):
            return redirect(f"{reverse('people:welcome')}?step={step + 2}")
        actions.welcomed(request.user)
        return redirect("home")
    bound = request.method == "POST"
    return render(
        request,
        "people/welcome.html",
        {"form": form, "step": step + 1, "done": step, "total": len(forms)},
        status=422 if bound else 200,
    )


def _step(request, most):
    asked = request.GET.get("step", "1")
    return int(asked) - 1 if asked in ("1", "2", "3")[:most] else 0


@require_POST
def skip_welcome(request):
    """Not now: go on to the start page."""
    actions.welcomed(request.user)
    return redirect("home")


# Signing in ------------------------------------------------------------------------------------
def security(request):
    """How I sign in, where I am signed in, and my other account."""
    person = request.user
    return render(
        request,
        "people/security.html",
        {
            "tabs": tabs("security"),
            "addresses": person.emailaddress_set.order_by("-primary", "email"),
            "has_password": person.has_usable_password(),
            "second_steps": person.authenticator_set.exclude(type="recovery_codes").count(),
            "school_accounts": person.socialaccount_set.count(),
            "sessions": max(UserSession.objects.filter(user=person).count(), 1),
        },
    )


@require_POST
def sign_out_everywhere(request):
    """End all sessions but this one."""
    actions.close_sessions(request.user)
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("people:security")


# Two accounts become one -----------------------------------------------------------------------
def merge_start(request):
    """Say which other address is mine too; a code goes there."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(form, _ask_proof, request, form):
        return redirect("people:merge_code")
    return render(request, "people/merge_start.html", {"form": form}, status=422 if form.is_bound else 200)


def _ask_proof(request, form):
    """Mail a code to the other account, or say there that no account has this address. The page looks the same."""
    address = form.cleaned_data["address"]
    other = actions.account_of(address)
    if other and other.pk == request.user.pk:
        raise Refused(_("That address is in this account already."), field="address")
    codes.send(request, "merge", address, template="account/email/merge_code", real=bool(other))
    if not other:
        get_adapter(request).send_mail("account/email/merge_unknown", address, {})


def merge_code(request):
    """Prove the other address with the code that was mailed there."""
    address = codes.waiting_for(request, "merge")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proven = attempt(form, codes.check, request, "merge", form.cleaned_data["code"])
        if proven:
            request.session["merge.proof"] = {"address": proven, "for": request.user.pk, "at": time.time()}
            return redirect("people:merge")
    elif not address:
        return redirect("people:merge_start")
    return render(
        request, "people/merge_code.html", {"form": form, "address": address}, status=422 if form.is_bound else 200
    )


def merge(request):
    """Show what will be one, then make it one."""
    proof = request.session.get("merge.proof")
    if not proof or proof["for"] != request.user.pk or time.time() - proof["at"] > PROOF_MINUTES * 60:
        request.session.pop("merge.proof", None)
        messages.warning(request, _("The proof of your other address is too old. Begin once more."))
        return redirect("people:merge_start")
    other = actions.account_of(proof["address"])
    if other is None or other.pk == request.user.pk:
        raise Refused(_("These accounts are one already. There is nothing left to do."))
    needs_second_step = merging.has_second_step(other)
    form = MergeForm(request.POST or None, needs_second_step=needs_second_step)
    if request.method == "POST":
        form = MergeForm(request.POST, needs_second_step=needs_second_step)
        if form.is_valid():
            code = form.cleaned_data.get("second_step", "")
            if attempt(form, actions.merge, request.user, address=proof["address"], second_step=code):
                del request.session["merge.proof"]
                messages.success(request, _("Your two accounts are one now. Sign in with either address."))
                return redirect("people:security")
            proof["tries"] = proof.get("tries", 0) + 1
            request.session["merge.proof"] = proof if proof["tries"] < codes.TRIES else None
    context = {
        "form": form,
        "other": other,
        "address": proof["address"],
        "moving": merging.what_moves(other),
        "only_passkey": needs_second_step
        and not other.authenticator_set.filter(type__in=["totp", "recovery_codes"]).exists(),
    }
    return render(request, "people/merge.html", context, status=422 if request.method == "POST" else 200)
