"""Whom a wave asks, and the requests that stand on *Vandaag* as long as it is open."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from activity.journal import ask
from activity.models import Ask, Link
from communities.actions.seats import leaders
from communities.choices import MembershipState, Role, State
from communities.meetings.models import AgendaItem, Meeting
from communities.models import Membership
from communities.registry import agendas, agendas_without
from communities.search import index
from core.links import url_for
from core.text import of_the_house
from core.time import today
from organisations.models import Role as Above
from participation.floor import LOOKING
from participation.impact.models import Wave
from people.models import User

KIND = "impact.answer"
MINUTES = 15


def people_of(questionnaire):
    """Everybody who is asked: the members of the PLG, or of those of the network, each once."""
    seats = Membership.objects.filter(state=MembershipState.ACTIVE, person__isnull=False).exclude(role=Role.GUEST)
    if questionnaire.community_id:
        seats = seats.filter(community=questionnaire.community_id)
    else:
        seats = seats.filter(community__owner_network=questionnaire.network_id)
        seats = seats.exclude(community__state__in=[State.CONCEPT, State.CLOSED])
    return User.objects.filter(pk__in=seats.order_by().values("person"), is_active=True).order_by("pk")


def leading(people):
    """How many of these lead a school or run a board or network: they do not count towards the five."""
    return Above.objects.filter(person__in=people, kind__in=LOOKING, ended_at=None).values("person").distinct().count()


def lay(wave, *, by):
    """Ask: everybody alone, or the facilitators to put it on the agenda, where it comes by itself."""
    questionnaire = wave.questionnaire
    community = questionnaire.community
    ask(
        KIND,
        about=wave,
        url=wave.get_absolute_url(),
        people=leaders(community) if wave.is_joint else list(people_of(questionnaire)),
        community=community,
        opens_on=wave.opens_on if wave.opens_on > today() else None,
        due_on=wave.closes_on,
    )
    if wave.is_joint:
        onto_agenda(wave, community, by)


def take_away(wave):
    """Nobody is asked any more, and nothing tells who answered; what stood on an agenda for it goes."""
    Ask.objects.filter(kind=KIND, about_id=wave.pk, about_type=ContentType.objects.get_for_model(Wave)).delete()
    for take in agendas_without.values():
        take(wave)


def lay_again(wave, *, by):
    """After a change of days or way."""
    take_away(wave)
    _links(wave).delete()
    lay(wave, by=by)


def onto_agenda(wave, community, by):
    """An item of a quarter of an hour at the first meeting in those days, with the way to the questions in it.

    Where no meeting is planned in them, the facilitators have the request, and nothing stands on an agenda too late.
    """
    days = (wave.opens_on, wave.closes_on)
    if not Meeting.objects.filter(community=community, held_on__range=days).upcoming().exists():
        return
    with of_the_house():
        title = _("What does our PLG bring? Fourteen questions")
        how = _("Open the questions on the screen and answer them with each other: %(url)s")
    for bring in agendas.values():
        bring(wave, community=community, title=title, by=by, after=wave.opens_on)
    for item in AgendaItem.objects.filter(pk__in=_links(wave).values("from_id")):
        item.minutes, item.instruction = MINUTES, how % {"url": url_for("impact:answer", wave.pk)}
        item.save(update_fields=["minutes", "instruction", "changed_at"])
        index.follow(item)


def _links(wave):
    types = ContentType.objects.get_for_models(AgendaItem, Wave)
    return Link.objects.filter(from_type=types[AgendaItem], to_type=types[Wave], to_id=wave.pk)
