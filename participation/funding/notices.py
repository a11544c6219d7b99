"""What is asked of who keeps funding: a report, four weeks before it is due."""

from activity.kinds import register_ask
from participation.funding.actions import KIND
from participation.funding.models import DueDate

OF_DATE = ("grant", "grant__network", "grant__board", "grant__community")


def a_date():
    """(about, facts) for the previews."""
    return DueDate.objects.select_related(*OF_DATE).order_by("due_on").first(), {}


register_ask(KIND, power="manage", related=OF_DATE, icon="coin-euro", sample=a_date)
