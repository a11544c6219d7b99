"""School pairs of a learning network."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import actions
from communities.forms import PairForm
from communities.models import Community
from core.models import get_or_refuse
from core.refusals import attempt
from organisations.models import School
from organisations.rules import standing as at_work


def pairs(request, pk):
    """Which schools take part; for the members and for the school's own leader also with whom, and what is missing."""
    community = _paired(request, pk)
    rows = list(
        community.pairs.select_related("school", "first", "second", "promised_by").order_by("school__sort_name")
    )
    taken = {row.school_id for row in rows}
    mine = School.objects.filter(pk__in=at_work(request.user).schools_led).order_by("sort_name")
    for row in rows:
        row.is_mine = row.school_id in at_work(request.user).schools_led
        row.people = [row.first, row.second] if row.is_mine or community.can_enter else []
        row.missing = [
            word
            for word, given in (
                (_("first person"), row.first_id),
                (_("second person"), row.second_id),
                (_("promise of the school leader"), row.promised_at),
            )
            if not given
        ]
    return render(
        request,
        "communities/pairs.html",
        {
            "community": community,
            "rows": rows,
            "incomplete": sum(bool(row.missing) for row in rows),
            "my_schools": [school for school in mine if school.pk not in taken],
        },
    )


def pair(request, pk, school):
    """The leader of a school promises time and means and names two people."""
    community = _paired(request, pk)
    if school not in at_work(request.user).schools_led:
        raise PermissionDenied
    school = School.objects.get(pk=school)
    row = community.pairs.filter(school=school).first()
    initial = {"first": row.first_id, "second": row.second_id} if row else {}
    form = PairForm(request.POST or None, school=school, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, actions.pair, community, by=request.user, school=school, **form.cleaned_data)
        if done:
            messages.success(request, _("%(school)s takes part. The two get an invitation.") % {"school": school})
            return redirect("communities:pairs", pk)
    context = {"form": form, "community": community, "school": school}
    return render(request, "communities/pair.html", context, status=422 if form.is_bound else 200)


def _paired(request, pk):
    community = get_or_refuse(Community.objects.for_detail(request.user), pk=pk)
    if not community.wants_pairs:
        raise Http404
    return community
