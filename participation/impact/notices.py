"""What people hear of the questions, and what is asked of them."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import register, register_ask
from participation.impact.asking import KIND
from participation.impact.models import Questionnaire, Wave
from participation.impact.rules import takes_part

OF_ALL = ("community", "network")
OF_WAVE = ("questionnaire__community", "questionnaire__network")


def a_questionnaire():
    """(about, facts) for the previews."""
    return Questionnaire.objects.select_related(*OF_ALL).order_by("-year", "pk").first(), {}


def a_wave():
    return Wave.objects.select_related(*OF_WAVE).order_by("-opens_on").first(), {}


def of_hers(about, person):
    """Only who takes part. Asked of the row at hand: a letter to many has no query for each."""
    return about is not None and takes_part(person, about.questionnaire if isinstance(about, Wave) else about)


def because(about, person, facts):
    """Why she hears this."""
    row = about.questionnaire if isinstance(about, Wave) else about
    return _now("because you take part in %(plg)s") % {"plg": row.place}


register(
    "impact.set_up",
    _("my PLG will be asked what it brings"),
    pace=Pace.LETTER,
    related=OF_ALL,
    because=because,
    visible=of_hers,
    sample=a_questionnaire,
)
register(
    "impact.closed",
    _("the result of questions to my PLG is there"),
    pace=Pace.LETTER,
    related=OF_WAVE,
    because=because,
    visible=of_hers,
    sample=a_wave,
    url=lambda about, person, facts: about.questionnaire.get_absolute_url(),
)
register(
    "impact.released",
    _("averages of my PLG count in the figures of the school"),
    pace=Pace.LETTER,
    related=OF_ALL,
    because=because,
    visible=of_hers,
    sample=a_questionnaire,
)
register_ask(KIND, visible=of_hers, related=OF_WAVE, icon="message-2-question")
