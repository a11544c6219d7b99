"""The connector of a network: who works on what, who else does, and bringing them together."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities import connecting as reading
from communities.actions import connecting as actions
from communities.choices import Theme
from communities.connecting_forms import IntroduceForm
from communities.models import Introduction
from core.models import get_or_refuse
from core.refusals import attempt
from organisations.models import Network
from organisations.rules import standing as at_work

PER_PAGE = 20


def connector(request, pk):
    """Themes and public blurbs of a network's PLGs; of one chosen PLG who works on the same."""
    network = _network(request, pk)
    asked = {name: (request.GET.get(name) or "").replace("\0", "")[:80] for name in ("q", "theme")}
    everything = reading.cards(network)
    found = reading.cards(network, asked["q"], asked["theme"]) if any(asked.values()) else everything
    chosen = next((card for card in everything if str(card.pk) == request.GET.get("plg")), None)
    query = urlencode({name: value for name, value in asked.items() if value})
    context = {
        "network": network,
        "networks": _others(request.user, network),
        "asked": asked,
        "themes": _themes(everything, asked),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": query,
        "chosen": chosen,
        "alike": reading.who_else(chosen, everything) if chosen else [],
        "experts": list(reading.experts()[:12]),
        "mine": list(reading.mine(network, request.user)[:12]),
    }
    return render(request, "communities/connector.html", context)


def introduce(request, pk):
    """One message to two sides, that both may accept."""
    network = _network(request, pk)
    initial = {name: request.GET.get(name, "") for name in ("one", "other")}
    form = IntroduceForm(request.POST or None, network=network, initial=initial)
    if request.method == "POST" and form.is_valid():
        introduction = attempt(form, actions.introduce, network, by=request.user, **form.deed)
        if introduction:
            messages.success(request, _("Your proposal is with both. You hear when they answer."))
            return redirect(introduction)
    context = {"form": form, "network": network}
    return render(request, "communities/introduce.html", context, status=422 if form.is_bound else 200)


def introduction(request, pk):
    """One introduction, as its connector or one of its sides sees it."""
    row = get_or_refuse(Introduction.objects.for_detail(request.user), pk=pk)
    mine = reading.sides(row, request.user)
    context = {
        "introduction": row,
        "sides": [
            {
                "name": side,
                "shown": reading.shown(row, "other" if side == "one" else "one"),
                "why_not": row.why_not_answer(side),
                "said_yes": bool(getattr(row, f"{side}_accepted_at")),
            }
            for side in mine
        ],
        "both": [] if mine else [reading.shown(row, side) | {"name": row.expert} for side in ("one", "other")],
    }
    return render(request, "communities/introduction.html", context)


@require_POST
def answer_introduction(request, pk):
    """Yes or no for one side."""
    row = get_or_refuse(Introduction.objects.for_detail(request.user), "answer", pk=pk)
    side, answer = request.POST.get("side"), request.POST.get("answer")
    if side not in ("one", "other") or answer not in ("yes", "no"):
        raise Http404
    row = actions.answer_introduction(row, by=request.user, side=side, accept=answer == "yes")
    if row.is_accepted:
        messages.success(request, _("You both said yes. Here is how you reach each other."))
    elif answer == "yes":
        messages.success(request, _("You said yes. You hear when the other side does, too."))
    else:
        messages.success(request, _("You said “not now”. Nobody hears that it was you."))
    return redirect(row)


@require_POST
def withdraw_introduction(request, pk):
    """The connector takes it back."""
    row = get_or_refuse(Introduction.objects.for_detail(request.user), "make", pk=pk)
    actions.withdraw_introduction(row, by=request.user)
    messages.success(request, _("Your proposal is withdrawn."))
    return redirect("communities:connector", row.network_id)


def _network(request, pk):
    return get_or_refuse(Network.objects.for_page(request.user, "connect"), "connect", pk=pk)


def _themes(cards, asked):
    """The themes that occur here, as chips."""
    here = {card.theme for card in cards}
    rows = [("", _("All")), *((value, label) for value, label in Theme.choices if value in here)]
    return [
        {
            "url": "?" + urlencode({name: each for name, each in (("q", asked["q"]), ("theme", value)) if each}),
            "label": label,
            "current": value == asked["theme"],
        }
        for value, label in rows
    ]


def _others(user, network):
    rows = Network.objects.filter(pk__in=at_work(user).connects).order_by("sort_name")
    found = [{"url": f"../{row.pk}/", "label": row.name, "current": row == network} for row in rows]
    return found if len(found) > 1 else []
