"""What the matrix needs of whole years: reports, funding, the learning school."""

from datetime import timedelta

from django.utils.timezone import now

from core.time import today
from participation.funding.models import Grant
from participation.learning.models import Cycle, Scan, Talk
from participation.reports.choices import State
from participation.reports.models import Report
from people.calendar import school_year


def things(cast):
    """By their name in the rows."""
    year, day = school_year(today()), today()
    draft, laid = _report(cast.maths, year), _report(cast.maths, year - 1, State.LAID)
    Report.objects.filter(pk=laid.pk).update(laid_at=now(), until_on=day - timedelta(days=1))
    released = _report(cast.maths, year - 2, State.RELEASED)
    Report.objects.filter(pk=released.pk).update(released_at=now())
    released.schools.add(cast.regenboog)
    grant = Grant.objects.create(
        network=cast.network, name="Samen", source="Gemeente", amount=100, starts_on=day, ends_on=day
    )
    cycle = Cycle.objects.create(school=cast.regenboog, year=year, wish="We kijken bij elkaar.")
    return {
        "report_draft": draft,
        "report_laid": laid,
        "report_released": released,
        "grant": grant,
        "due": grant.dates.create(what="Verslag", due_on=day),
        "school_cycle": cycle,
        "cycle_next": Cycle.objects.create(school=cast.regenboog, year=year + 1, wish="En dan verder."),
        "goal": cycle.goals.create(text="Kijken"),
        "scan": Scan.objects.create(cycle=cycle, closes_on=day + timedelta(days=7)),
        "talk": Talk.objects.create(community=cast.maths, starter="dare", by=cast.bram),
        "this_year": year,
    }


def _report(community, year, state=State.DRAFT):
    report = Report.objects.create(community=community, year=year, state=state)
    sections = [{"key": "theme", "kind": "step", "title": "Waar we aan werkten", "text": "Breuken"}]
    report.versions.create(number=1, sections=sections)
    return report
