"""What year reports hold of a person."""

from django.utils.translation import gettext_lazy as _

from communities.registry import contents
from core.privacy import FORMER, Section, Table, keep, names_of, scrub, write_here
from participation.reports.models import Naming, Objection, Report, ReportVersion


def take_name_out(person):
    """Out of every report, also of a network's: those stand in no PLG, and quote what was released."""
    scrub(ReportVersion, "sections", names_of(person), FORMER)


def register():
    """From `AppConfig.ready()`."""
    keep(
        "reports",
        Section(
            title=_("Year reports"),
            seen_by=_("The members of the PLG; your name in a released report also its readers, if you said yes."),
            after=_("Your answers go. Reports stay, without your name."),
            term="contents",
            first=take_name_out,
            tables=[
                Table(
                    Naming,
                    hers=("person",),
                    shows=("report__community__name", "report__year", "agreed_at", "declined_at"),
                ),
                Table(Objection, hers=("person",), shows=("report__community__name", "report__year", "reason", "at")),
                Table(ReportVersion, did=("by",)),
                Table(Report, did=("created_by", "laid_by", "released_by")),
            ],
        ),
    )
    contents.add("reports", lambda community: Report.objects.filter(community=community).delete()[0])
    write_here(ReportVersion, "sections", community="report__community")
    write_here(Objection, "reason", community="report__community")
