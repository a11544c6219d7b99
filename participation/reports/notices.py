"""What people hear of year reports, and what is asked of them."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import register, register_ask
from participation.reports.actions import AGREE, READ, RELEASE
from participation.reports.models import Report

OF_ALL = ("community", "network", "laid_by")


def a_report():
    """(about, facts) for the previews."""
    row = Report.objects.select_related(*OF_ALL).exclude(community=None).order_by("-year", "pk").first()
    return row, {"until": "2026-12-07", "plg": "PLG Rekenen"}


def a_network_report():
    row = Report.objects.select_related(*OF_ALL).exclude(network=None).order_by("-year", "pk").first()
    return row or a_report()[0], {"plg": "PLG Rekenen"}


def because(about, person, facts):
    """Why she hears this."""
    return _now("because it is about %(place)s") % {"place": about.place}


def _tell(name, label, **more):
    register(f"reports.{name}", label, related=OF_ALL, because=because, **({"sample": a_report} | more))


_tell("begun", _("my PLG writes its year report"), pace=Pace.LETTER)
_tell("laid", _("the year report of my PLG lies before me"))
_tell("reopened", _("the year report of my PLG is written in again"), pace=Pace.LETTER)
_tell("objected", _("somebody says no to the year report of my PLG"), power="lead")
_tell("declined", _("somebody does not want to be named in the year report of my PLG"), power="lead")
_tell("released", _("a year report is released"), pace=Pace.LETTER)
_tell("taken_back", _("the year report of my PLG is taken back"), pace=Pace.LETTER)
_tell("taken_out", _("a PLG takes its part out of the report of my network"), power="lead", sample=a_network_report)
register_ask(READ, power="write", related=OF_ALL, icon="report", sample=a_report)
register_ask(AGREE, power="view", related=OF_ALL, icon="user-check", sample=a_report)
register_ask(RELEASE, power="lead", related=OF_ALL, icon="report", sample=a_report)
