"""What is asked and what came out of it, for who takes part."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.models import Community
from communities.registry import tabs_of
from core import pdf, streams
from core.models import get_or_refuse
from core.time import today
from organisations.models import Network
from organisations.rules import standing as at_work
from participation.impact import paper, rules
from participation.impact import results as reading
from participation.impact.models import Answered, Questionnaire, Wave
from people.calendar import school_year


@require_safe
def index(request, pk):
    """All that a PLG was asked, this year's first."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "take_part", pk=pk)
    context = {
        "community": community,
        "tabs": tabs_of(community, request.user, "impact"),
        "may_set_up": community.can_lead and not community.why_not_add,
        "stream_url": streams.of_page(request.user, f"community:{community.pk}"),
        **_asked(request.user, community=community),
    }
    return render(request, "impact/index.html", context)


@require_safe
def network(request, pk):
    """The same of a network, for who runs it or takes part in one of its PLGs."""
    row = Network.objects.filter(rules.view_network(request.user)).filter(pk=pk).first()
    if row is None:
        if Network.objects.allowing(request.user, "view").filter(pk=pk).exists():
            raise PermissionDenied
        raise Http404
    may = row.pk in at_work(request.user).networks_run
    context = {"network": row, "may_set_up": may, **_asked(request.user, network=row)}
    return render(request, "impact/network.html", context)


def _asked(user, **place):
    """This year's questionnaire with its waves, and the earlier ones: three queries."""
    found = list(Questionnaire.objects.for_detail(user).of_place(**place))
    year = school_year(today())
    current = next((row for row in found if row.year == year), None)
    waves = list(current.waves.all()) if current else []
    answered = set(Answered.objects.filter(wave__in=waves, person=user).values_list("wave", flat=True))
    counts = counts_of(waves)
    return {
        "current": current,
        "lines": [
            {"wave": wave, "has_answered": wave.pk in answered, "count": counts.get(wave.pk, 0)} for wave in waves
        ],
        "earlier": [row for row in found if row is not current],
        "year": year,
        "said_year": f"{year}–{year + 1}",
    }


def counts_of(waves):
    """{wave: how many answered so far}, of those that are open."""
    rows = Wave.objects.filter(pk__in=[wave.pk for wave in waves]).with_counts()
    return {row.pk: row.count for row in rows}


@require_safe
def results(request, pk):
    """The start beside the end: sentences first, the table beneath them."""
    row = get_or_refuse(Questionnaire.objects.for_detail(request.user), pk=pk)
    found = reading.of(row)
    context = {
        "questionnaire": row,
        "results": found,
        "panels": reading.of_panels(row),
        "why_not_release": row.why_not_release if row.can_manage else "",
        "joint": reading.open_together(row),
    }
    return render(request, "impact/results.html", context)


@require_safe
def results_pdf(request, pk):
    """The same on paper: a tagged PDF."""
    row = get_or_refuse(Questionnaire.objects.for_detail(request.user), pk=pk)
    name = _("what it brings %(plg)s %(year)s") % {"plg": row.place, "year": f"{row.year}-{row.year + 1}"}
    return pdf.answer("impact", paper.of(row, reading.of(row), reading.of_panels(row)), name=name)
