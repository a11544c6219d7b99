"""Setting up the questions of a school year, changing when they are asked, closing them."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.actions import seats
from communities.models import Community, Membership
from core import streams
from core.refusals import Refused
from organisations.models import Network
from participation.impact import asking, card
from participation.impact.choices import Moment, Way
from participation.impact.models import Panel, Questionnaire, Wave


@transaction.atomic
def set_up(place, *, by, year, waves, way=Way.JOINT):
    """Ask a PLG, or everybody in the PLGs of a network, at these moments of a school year.

    `waves`: [(moment, from, until)]. Refused where that was set up already, or the PLG is completed.
    """
    if isinstance(place, Community):
        community, network = seats.hold(place), None
        if reason := community.why_not_add:
            raise Refused(reason)
    else:
        community, network = None, Network.objects.select_for_update().get(pk=place.pk)
        way = Way.ALONE  # they never sit at one table
    if Questionnaire.objects.filter(community=community, network=network, year=year).exists():
        raise Refused(_("The questions of this school year are set up already."))
    row = Questionnaire.objects.create(community=community, network=network, year=year, created_by=by)
    for moment, opens_on, closes_on in waves:
        wave = Wave.objects.create(questionnaire=row, moment=moment, way=way, opens_on=opens_on, closes_on=closes_on)
        asking.lay(wave, by=by)
    record("impact.set_up", by=by, about=row, tell=list(asking.people_of(row)), community=community)
    changed(row)
    return row


@transaction.atomic
def edit_wave(wave, *, by, opens_on, closes_on, way=None):
    """Other days or another way. Refused once somebody answered, or where the start would come after the end."""
    Questionnaire.objects.select_for_update().get(pk=wave.questionnaire_id)  # nobody moves another of them meanwhile
    wave = hold(wave)
    if reason := wave.why_not_change:
        raise Refused(reason)
    moments = list(Moment)
    for other in Wave.objects.filter(questionnaire=wave.questionnaire_id).exclude(pk=wave.pk):
        is_before = moments.index(other.moment) < moments.index(wave.moment)
        if other.closes_on >= opens_on if is_before else other.opens_on <= closes_on:
            raise Refused(_("In those days you are asked the other questions."), field="opens_on")
    wave.opens_on, wave.closes_on = opens_on, closes_on
    wave.way = Way.ALONE if wave.questionnaire.network_id else way or wave.way
    wave.save(update_fields=["opens_on", "closes_on", "way"])
    asking.lay_again(wave, by=by)
    record("impact.wave_changed", by=by, about=wave, community=wave.questionnaire.community_id)
    changed(wave.questionnaire)
    return wave


@transaction.atomic
def close(wave, *, by=None):
    """No more answers: from here on the result stands, and nobody knows any more who answered."""
    wave = hold(wave)
    if reason := wave.why_not_close:
        raise Refused(reason)
    wave.responses.filter(is_joint=True, answers={}).delete()  # begun, and left at that
    wave.responses.filter(is_done=False).update(is_done=True)
    rows = list(wave.responses.all())
    wave.people = sum(row.people for row in rows)
    if wave.is_joint:  # guests at the table, or a number that was only said, make no five of four
        seats_taken = Membership.objects.seated().filter(community=wave.questionnaire.community_id).count()
        people, above = min(wave.people, seats_taken), sum(row.leaders for row in rows)
    else:
        people, above = wave.people, asking.leading(wave.answered.values("person"))
    wave.counted, wave.closed_at = max(people - above, 0), now()
    wave.save(update_fields=["people", "counted", "closed_at"])
    wave.answered.all().delete()
    asking.take_away(wave)
    told = list(asking.people_of(wave.questionnaire)) if wave.is_shown and not wave.is_joint else []
    record("impact.closed", by=by, about=wave, tell=told, community=wave.questionnaire.community_id)
    changed(wave.questionnaire)
    return wave


@transaction.atomic
def withdraw(questionnaire, *, by):
    """Call the questions of this year off. Refused once somebody answered."""
    row = Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire.pk)
    waves = list(row.waves.select_for_update())  # whoever answers now is done, or comes too late
    list(Panel.objects.filter(wave__in=waves).select_for_update())
    if reason := row.why_not_withdraw:
        raise Refused(reason)
    for wave in waves:
        asking.take_away(wave)
    record("impact.withdrawn", by=by, about=row.place, community=row.community_id)
    changed(row)
    row.delete()


def hold(wave):
    """The wave as it is now, for us alone until the end of the deed."""
    rows = Wave.objects.select_for_update(of=("self",))
    return rows.select_related("questionnaire__community", "questionnaire__network").get(pk=wave.pk)


def changed(questionnaire):
    """Pages that show it fetch themselves anew."""
    card.forget()
    if questionnaire.community_id:
        streams.tell(f"community:{questionnaire.community_id}", "impact")
