"""What impact holds of a person: for as long as a wave is open, that she answered. What she answered bears no name."""

from django.utils.translation import gettext_lazy as _

from communities.keeping import contents
from core.privacy import Section, Table, keep, write_here
from core.terms import keep_for
from participation.impact.models import Answered, Panel, Questionnaire, Response

CODES_DAYS = 400  # from the start of a school year until after its end


def clear_codes(over):
    """The codes by which before and after belong together go; what was answered cannot be laid together any more."""
    return over(Response.objects.exclude(code=""), "panel__closed_at").update(code="")


@contents.register("impact")
def clear_of(community):
    """Of a PLG that is long completed: what was answered and said goes. The averages that it released stay."""
    panels = Panel.objects.filter(wave__questionnaire__community=community)
    gone = Response.objects.filter(wave__questionnaire__community=community).delete()[0]
    return gone + Response.objects.filter(panel__in=panels).delete()[0] + panels.delete()[0]


def register():
    """From `AppConfig.ready()`."""
    keep(
        "impact",
        Section(
            title=_("Questions about what your PLG brings"),
            seen_by=_(
                "Nobody. As long as the questions are open we know that you answered, and never what. "
                "Your answers are kept without you."
            ),
            after=_("That you answered goes. Your answers stay: nobody knows which they are."),
            tables=[
                Table(Answered, hers=("person",), shows=("wave__questionnaire__community__name", "wave__moment")),
                Table(Questionnaire, did=("created_by", "released_by")),
                Table(Panel, did=("created_by",)),
            ],
        ),
    )
    write_here(Response, "text", community=None)  # also what pupils and parents wrote
    keep_for(
        "impact_codes",
        title=_("Codes of pupils and parents"),
        goes=_("The code that somebody made up goes. The averages stay as they are."),
        days=CODES_DAYS,
        clear=clear_codes,
    )
