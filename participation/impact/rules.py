"""Who may answer, set up and read. What a PLG answered is read by its members; no leader's role opens it."""

from django.apps import apps
from django.db.models import Q

from communities.rules import standing
from core.standing import remembered
from organisations.rules import standing as at_work


@remembered
def networks_of(user):
    """The networks in whose PLGs she takes part: one query, asked only where a network's questions are at hand."""
    mine = standing(user).member_of
    if not mine:
        return frozenset()
    rows = apps.get_model("communities", "Community").objects.filter(pk__in=mine, owner_network__isnull=False)
    return frozenset(rows.order_by().values_list("owner_network", flat=True).distinct())


def takes_part(user, questionnaire):
    """Whether she is asked, of one row at hand: letters and requests to hundreds ask this, without a query for each."""
    if questionnaire.community_id:
        return questionnaire.community_id in standing(user).member_of
    return questionnaire.network_id in networks_of(user)


def _taking_part(user, path=""):
    mine = Q(**{f"{path}community__in": standing(user).member_of})
    return mine | Q(**{f"{path}network__in": networks_of(user)})


def _managing(user, path=""):
    mine = Q(**{f"{path}community__in": standing(user).leads})
    return mine | Q(**{f"{path}network__in": at_work(user).networks_run})


def view(user):
    """The questionnaire with its results: who is asked; of a network also who runs it."""
    return _taking_part(user) | _managing(user)


def manage(user):
    """The facilitators; of a network who runs it."""
    return _managing(user)


def view_wave(user):
    return _taking_part(user, "questionnaire__") | _managing(user, "questionnaire__")


def answer_wave(user):
    """Whoever takes part. Guests are not asked."""
    return _taking_part(user, "questionnaire__")


def manage_wave(user):
    return _managing(user, "questionnaire__")


def view_panel(user):
    """The members see that others are asked; the link is the facilitator's."""
    path = "wave__questionnaire__"
    return _taking_part(user, path) | _managing(user, path)


def manage_panel(user):
    return _managing(user, "wave__questionnaire__")


def view_network(user):
    """Whose questions stand on a page of their own: of a network that one runs or takes part in."""
    return Q(pk__in=at_work(user).networks_run | networks_of(user))


def manage_network(user):
    return Q(pk__in=at_work(user).networks_run)
