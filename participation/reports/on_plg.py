"""Where year reports show themselves: a tab of the PLG, a line in the menu of who reads what was released."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.rules import standing
from core.context import item
from core.links import address
from organisations.models import School
from participation.reports.models import Naming, Objection, Report, ReportVersion
from participation.reports.rules import reads_from_above


def place():
    """How the addresses of our pages about one PLG begin."""
    return "/reports/of/"


def tab(community, user):
    """The tab of year reports, for members."""
    if community.pk not in standing(user).member_of:
        return None
    return {"url": address("reports:of_plg", community.pk), "label": _("Year report"), "order": 70}


def lines(user):
    """In the menu of whoever leads or runs something: what PLGs released to her."""
    if not reads_from_above(user):
        return []
    return [item("reports:index", gettext_lazy("Year reports"), "report", 52)]


def merge(kept, gone):
    """Two accounts of one person become one; where both are named or said no, one row stays."""
    for model, once in ((Naming, {}), (Objection, {"settled_at": None})):
        taken = model.objects.filter(person=kept, **once).values("report")
        model.objects.filter(person=gone, report__in=taken, **once).delete()
        model.objects.filter(person=gone).update(person=kept)
    ReportVersion.objects.filter(by=gone).update(by=kept)
    for name in ("created_by", "laid_by", "released_by"):
        Report.objects.filter(**{name: gone}).update(**{name: kept})


def school_went_up(gone, into):
    """What was released to the leader of a school is read at the school into which it went up."""
    if isinstance(gone, School):
        for report in Report.objects.filter(schools=gone):
            report.schools.add(into)
