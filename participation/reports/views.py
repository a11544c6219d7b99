"""The screens of year reports: of a PLG, of a network, and what reaches those above."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.meetings.minutes import seen
from communities.models import Community, Membership
from communities.registry import tabs_of
from communities.rules import standing
from core import pdf, streams
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number
from core.time import today
from organisations.models import Network
from participation.reports import actions, drafting, paper, rules
from participation.reports.forms import LayForm, ReportForm, SayNoForm
from participation.reports.models import Report
from participation.words import school_year as said
from people.calendar import school_year

PER_PAGE = 30


@require_safe
def index(request):
    """What was released to me, the latest year first; and the networks of which I write the report."""
    if not rules.reads_from_above(request.user):
        raise PermissionDenied
    rows = Report.objects.for_list(request.user).released()
    networks = Network.objects.filter(rules.view_network(request.user)).order_by("sort_name")
    page = Paginator(list(rows), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/index.html", {"page": page, "networks": list(networks)})


@require_safe
def of_plg(request, pk):
    """All years of a PLG, this one first."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "take_part", pk=pk)
    context = {
        "community": community,
        "tabs": tabs_of(community, request.user, "reports"),
        "stream_url": streams.of_page(request.user, f"community:{community.pk}"),
        "may_begin": community.can_lead,
        **_years(request.user, community=community),
    }
    return render(request, "reports/of_plg.html", context)


@require_safe
def of_network(request, pk):
    """The same of a network, for who runs it."""
    network = _network(request, pk)
    context = {"network": network, "may_begin": True, **_years(request.user, network=network)}
    year = context["missing"][0]["year"] if context["missing"] else None
    context["why_nothing"] = drafting.why_nothing(network, year) if year else ""
    return render(request, "reports/of_network.html", context)


def _network(request, pk):
    network = Network.objects.allowing(request.user, "view").filter(pk=pk).first()
    if network is None:
        raise Http404
    if not Network.objects.filter(rules.view_network(request.user), pk=pk).exists():
        raise PermissionDenied
    return network


def _years(user, **place):
    """The reports there are, and of which of the last two school years there is none."""
    reports = list(Report.objects.for_list(user).filter(**place))
    there = {report.year for report in reports}
    now = school_year(today())
    missing = [{"year": year, "said": said(year)} for year in (now, now - 1) if year not in there]
    return {"reports": reports, "missing": missing}


@require_POST
def begin(request, pk):
    """Draft the report of a PLG."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "lead", pk=pk)
    return _begun(request, community)


@require_POST
def begin_network(request, pk):
    """Draft that of a network."""
    return _begun(request, _network(request, pk))


def _begun(request, place):
    report = actions.begin(place, by=request.user, year=number(request.POST.get("year", ""), 0))
    messages.success(request, _("A draft is made from what happened. Make it yours."))
    return redirect(report)


def _report(request, power, pk):
    return get_or_refuse(Report.objects.for_detail(request.user), power, pk=pk)


@require_safe
def detail(request, pk):
    """The report, where it stands, and what I can do with it."""
    report = _report(request, "view", pk)
    user, mine = request.user, standing(request.user)
    inside = report.can_write
    context = {
        "report": report,
        "sections": [
            {"key": each["key"], "label": each["label"], "blocks": paper.blocks(each["text"])}
            for each in seen(report.current.sections, with_cases=False)
        ],
        "inside": inside,
        "is_member": report.community_id in mine.member_of,
        "is_asked": report.is_laid and inside and actions.is_asked(report, user),
        "my_no": next((each for each in report.open_objections if each.person_id == user.pk), None) if inside else None,
        "my_naming": next((each for each in report.named if each.person_id == user.pk), None),
        "why_not_release": report.why_not_release if report.can_lead else "",
        "sources": list(report.sources.select_related("community")) if report.network_id else [],
        "versions": list(report.versions.select_related("by")) if inside else [],
        "stream_url": streams.of_page(user, f"community:{report.community_id}")
        if inside and report.community_id
        else "",
    }
    return render(request, "reports/detail.html", context)


def write(request, pk):
    """Write in it; two at once lose nothing."""
    report = _report(request, "write", pk)
    if request.method != "POST" and (reason := report.why_not_write):
        raise Refused(reason)
    form = ReportForm(request.POST if request.method == "POST" else None, sections=report.current.sections)
    if form.is_valid():
        try:
            actions.write(report, by=request.user, typed=form.typed)
        except actions.WroteMeanwhile as refusal:
            form.add_error(None, refusal.sentence)
            form.theirs = refusal.theirs
            form.stored = {each["key"]: each for each in refusal.version.sections}
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The report is kept."))
            return redirect(report)
    context = {"report": report, "form": form}
    return render(request, "reports/write.html", context, status=422 if form.is_bound else 200)


@require_POST
def redraft(request, pk):
    """Draft it again from what happened since."""
    report = _report(request, "lead", pk)
    actions.redraft(report, by=request.user)
    messages.success(request, _("The draft is made anew."))
    return redirect(report)


def lay(request, pk):
    """First what this sends to whom, and who else is quoted; then the ten days begin."""
    report = _report(request, "lead", pk)
    if reason := report.why_not_lay:
        raise Refused(reason)
    found = drafting.people_in(report)
    rows = Membership.objects.seated().filter(community=report.community_id).exclude(person=None)
    others = [row.person for row in rows.select_related("person") if row.person not in found]
    form = LayForm(request.POST if request.method == "POST" else None, people=others)
    if form.is_valid() and attempt(form, actions.lay, report, by=request.user, named=form.cleaned_data["named"]):
        messages.success(request, _("It lies before the members now."))
        return redirect(report)
    context = {"report": report, "form": form, "found": found, "last_day": actions.last_day(report)}
    return render(request, "reports/lay.html", context, status=422 if form.is_bound else 200)


def _deed(request, power, pk, deed, told, **more):
    report = _report(request, power, pk)
    deed(report, by=request.user, **more)
    messages.success(request, told)
    return redirect(report)


@require_POST
def reopen(request, pk):
    """Back to writing."""
    return _deed(request, "lead", pk, actions.reopen, _("Everybody can write in it again."))


@require_POST
def fine(request, pk):
    """Read it, and it is fine."""
    return _deed(request, "write", pk, actions.fine, _("Thank you."))


def say_no(request, pk):
    """Not like this, and why."""
    report = _report(request, "write", pk)
    if reason := report.why_not_answer:
        raise Refused(reason)
    form = SayNoForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, actions.say_no, report, by=request.user, **form.cleaned_data):
        messages.success(request, _("Your no is written down. The facilitator hears it."))
        return redirect(report)
    return render(
        request, "reports/say_no.html", {"report": report, "form": form}, status=422 if form.is_bound else 200
    )


@require_POST
def take_no_back(request, pk):
    """It is fine after all."""
    return _deed(request, "write", pk, actions.take_no_back, _("Your no is taken back."))


@require_POST
def agree(request, pk):
    """I am named, and that may be read."""
    return _deed(request, "view", pk, actions.agree, _("Your yes is written down."))


@require_POST
def decline(request, pk):
    """I am named, and do not want that."""
    return _deed(request, "view", pk, actions.agree, _("It will not be released like this."), yes=False)


def release(request, pk):
    """First who will read it, then they do."""
    report = _report(request, "lead", pk)
    if reason := report.why_not_release:
        raise Refused(reason)
    if request.method == "POST":
        return _deed(request, "lead", pk, actions.release, _("The report is released. Who may read it hears so."))
    return render(request, "reports/release.html", {"report": report})


@require_POST
def take_back(request, pk):
    """Nobody above reads it any more."""
    return _deed(request, "lead", pk, actions.take_back, _("The report is yours alone again."))


@require_safe
def report_pdf(request, pk):
    """The same on paper: a tagged PDF."""
    report = _report(request, "view", pk)
    name = _("year report %(place)s %(year)s") % {"place": report.place, "year": report.said_year}
    return pdf.answer("report", paper.of(report), name=name)
