"""What somebody hears of the searches that she saved."""

from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import register
from knowledgehub.finding import alerts

register(
    "finding.found", _("there is something new for a search that I saved"), pace=Pace.LETTER, url=alerts.page_of,
    context=alerts.of_letter, sample=alerts.sample,
)  # fmt: skip
