"""What people hear and are asked in a learning year."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import register, register_ask
from participation.learning.actions import SCAN, TALK
from participation.learning.models import Scan, Talk
from participation.learning.starters import BY_KEY

OF_SCAN = ("cycle", "cycle__school", "cycle__board")


def a_scan():
    """(about, facts) for the previews."""
    return Scan.objects.select_related(*OF_SCAN).order_by("-opens_on").first(), {}


def a_talk():
    return Talk.objects.select_related("community", "by").order_by("-at").first(), {}


def which(about, person, facts):
    """The card that is meant."""
    return {"card": BY_KEY[about.starter]}


register(
    "learning.scan_closed", _("the result of the self-scan of my school is there"), pace=Pace.LETTER, related=OF_SCAN,
    because=lambda about, person, facts: _now("because you work at %(place)s") % {"place": about.cycle.place},
    url=lambda about, person, facts: about.cycle.get_absolute_url(), sample=a_scan,
)  # fmt: skip
register(
    "learning.placed", _("somebody puts a conversation on the agenda of my PLG"), pace=Pace.LETTER,
    related=("community",), context=which, sample=a_talk,
)  # fmt: skip
register_ask(SCAN, power="answer", related=OF_SCAN, icon="seedling", sample=a_scan)
register_ask(TALK, power="place", related=("community", "by"), icon="messages", context=which, sample=a_talk)
