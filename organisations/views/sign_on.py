"""School accounts on screen: choosing one's school, the first time, and setting a board's service up."""

from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.models import Login
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from core.links import absolute
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import one_line, sort_key
from organisations import rules, school_accounts
from organisations.models import Board, SignOn
from organisations.sign_on_forms import BoardForm, CodeForm, FirstTimeForm, SignOnForm
from organisations.single_sign_on import PENDING, let_in, pending
from people import codes
from people.actions import account_of

MOST_SHOWN = 20
PER_PAGE = 30
PURPOSE = "school_account"


def _next(request, asked):
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()) else ""


# Signing in ------------------------------------------------------------------------------------
@login_not_required
@require_GET
def school_account(request):
    """Find one's own board, by its name, a school of it, or one's mail address."""
    words = one_line(request.GET.get("q", ""))[:100]
    rows = SignOn.objects.filter(is_open=True).select_related("board", "app").order_by("board__sort_name", "pk")
    if words:
        key = sort_key(words)
        rows = rows.filter(
            Q(board__sort_name__contains=key)
            | Q(board__in=Board.objects.filter(schools__gone_at=None, schools__sort_name__contains=key))
            | Q(app__settings__mail_domains__contains=[words.rpartition("@")[2].lower()])
        )
    found = list(rows[: MOST_SHOWN + 1])
    context = {
        "words": words,
        "found": found[:MOST_SHOWN],
        "more": len(found) > MOST_SHOWN,
        "next": _next(request, request.GET.get("next", "")),
    }
    return render(request, "organisations/sign_on/choose.html", context)


@login_not_required
@require_POST
def start_school_account(request, pk):
    """Off to the service of the board. A page in between, because a form of ours may lead nowhere else (CSP)."""
    sign_on = get_object_or_404(SignOn.objects.select_related("app", "board"), pk=pk, is_open=True)
    request.session["own_device"] = bool(request.POST.get("remember"))
    try:
        answer = sign_on.app.get_provider(request).redirect(
            request, process="login", next_url=_next(request, request.POST.get("next", "")) or None
        )
    except (RequestException, OAuth2Error, KeyError, ValueError):
        raise Refused(
            _("The service of %(board)s does not answer now. Try again later, or let us mail you a code.")
            % {"board": sign_on.board}
        ) from None
    return render(request, "organisations/sign_on/away.html", {"sign_on": sign_on, "address": answer["Location"]})


@login_not_required
@never_cache
def first_school_account(request):
    """The first time: a name, and an address that a code will prove."""
    sociallogin, sign_on = pending(request)
    if not sociallogin:
        return _too_old(request)
    facts = school_accounts.told(sociallogin.account)
    initial = {"name": school_accounts.name_of(facts), "address": school_accounts.address_of(facts)}
    form = FirstTimeForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, codes.send, request, PURPOSE, form.cleaned_data["address"])
    ):
        request.session[PENDING] = request.session[PENDING] | {"name": form.cleaned_data["name"]}
        return redirect("organisations:school_account_code")
    context = {"form": form, "sign_on": sign_on}
    return render(request, "organisations/sign_on/first.html", context, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
def school_account_code(request):
    """The code proves the address: then she has an account already and connects it, or she is new and comes in."""
    sociallogin, sign_on = pending(request)
    if not sociallogin:
        return _too_old(request)
    waiting_for = codes.waiting_for(request, PURPOSE)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = attempt(form, codes.check, request, PURPOSE, form.cleaned_data["code"])
        if address:
            return _proven(request, sociallogin, sign_on, address)
    elif not waiting_for:
        return redirect("organisations:first_school_account")
    context = {"form": form, "sign_on": sign_on, "address": waiting_for}
    return render(request, "organisations/sign_on/code.html", context, status=422 if form.is_bound else 200)


def _proven(request, sociallogin, sign_on, address):
    name = request.session[PENDING].get("name", "")
    person = account_of(address)
    if not person:
        person = school_accounts.enter(sign_on, sociallogin.account, name=name, address=address)
        return let_in(request, person, sociallogin)
    sync_user_email_address(person)
    record_authentication(request, person, method="code", email=address)
    verify_email_indirectly(request, person, address)
    connect = reverse("organisations:connect_school_account")
    return perform_login(request, Login(user=person, email=address, redirect_url=connect))


@never_cache
def connect_school_account(request):
    """Signed in, and a school account waits: shall the two belong together?"""
    sociallogin, sign_on = pending(request)
    if not sociallogin:
        return _too_old(request)
    if request.method == "POST":
        request.session.pop(PENDING, None)
        school_accounts.connect(sign_on, sociallogin.account, person=request.user)
        messages.success(request, _("From now on you can sign in with your school account."))
        return redirect(_next(request, sociallogin.state.get("next") or "") or "home")
    return render(request, "organisations/sign_on/connect.html", {"sign_on": sign_on})


def _too_old(request):
    messages.warning(request, _("That took too long. Begin once more."))
    return redirect("organisations:school_account")


# Setting it up ---------------------------------------------------------------------------------
def _only_platform(request):
    if not rules.run_platform(request.user):
        raise Http404


def sign_ons(request):
    """Which boards have single sign-on, and a way to give it to another."""
    _only_platform(request)
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("organisations:add_sign_on", pk=form.board.pk)
    rows = SignOn.objects.for_page(request.user).select_related("board", "app").order_by("board__sort_name", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "organisations/sign_on/list.html", context, status=422 if form.is_bound else 200)


def add_sign_on(request, pk):
    """Give a board single sign-on."""
    _only_platform(request)
    board = get_object_or_404(Board, pk=pk, gone_at=None)
    return _set_up(request, board)


def sign_on(request, pk):
    """Change or switch off a board's single sign-on."""
    rows = SignOn.objects.with_powers(request.user, "manage").filter(rules.platform(request.user))
    row = get_or_refuse(rows.select_related("board", "app"), "manage", pk=pk)
    return _set_up(request, row.board, row)


def _set_up(request, board, row=None):
    form = SignOnForm(request.POST or None, sign_on=row)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, school_accounts.set_up, board, by=request.user, sign_on=row, **form.cleaned_data)
        if done:
            messages.success(request, _("Saved. The service answered as it should."))
            return redirect("organisations:sign_on", pk=done.pk)
    callback = reverse("openid_connect_callback", args=[row.app.provider_id]) if row else ""
    context = {"form": form, "board": board, "row": row, "callback": absolute(callback) if row else ""}
    return render(request, "organisations/sign_on/set_up.html", context, status=422 if form.is_bound else 200)
