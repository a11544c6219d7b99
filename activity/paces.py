"""How soon each kind of news reaches somebody by mail, and why so: her own choice, or the usual setting."""

from dataclasses import dataclass
from datetime import time

from django.db.models import Q
from django.utils.translation import gettext as _

from activity.choices import Pace
from activity.kinds import Kind, kinds
from activity.models import PaceChoice, Silence
from core.templatetags import ui

ALL = ""  # as the kind of a choice: every letter that can be turned off


@dataclass
class Effective:
    """The pace of one kind for one person."""

    kind: Kind
    pace: str
    choice: PaceChoice | None = None

    @property
    def why(self):
        """The reason of this pace, in words."""
        if self.kind.fixed:
            return _("always: you asked for it, or somebody is waiting for you")
        if self.choice is None:
            return _("the usual setting")
        if self.choice.kind == ALL:
            return _("because you turned off all mail")
        return _("because you chose so")

    @property
    def sentence(self):
        """What she chose, for the foot of a letter; the usual setting goes without saying."""
        if self.choice is None or self.pace != Pace.AT_ONCE:
            return ""
        return _("You get it at once, because you chose so.") if self.kind.told else _("You chose so.")

    @property
    def options(self):
        """The paces to choose from; what has no line in the bell cannot stand in the letter either."""
        if self.kind.told:
            return [(pace.value, pace.label) for pace in Pace]
        usual = _("at my own moment") if self.kind.has_rhythm else Pace.AT_ONCE.label
        return [(Pace.AT_ONCE.value, usual), (Pace.NEVER.value, _("not by mail"))]


def effective(kind, choices):
    """The pace that counts, from the choices of one person, by kind."""
    if kind.fixed:
        return Effective(kind, Pace.AT_ONCE)
    choice = choices.get(ALL) or choices.get(kind.name)
    return Effective(kind, choice.pace if choice else kind.pace, choice)


def of_person(person, *only):
    """What counts for a person: {name of kind: Effective}. One query, or none where it is `remembered`."""
    choices = getattr(person, "chosen_paces", None)
    if choices is None:
        choices = {choice.kind: choice for choice in person.paces.all()}
    names = only or [name for name, kind in kinds.items() if not kind.fixed]
    return {name: effective(kinds[name], choices) for name in names}


def of_people(people, kind):
    """The pace of one kind for many people: {id: pace}. One query."""
    choices = choices_of(people, kind__in=[kind.name, ALL])
    return {person.pk: effective(kind, choices.get(person.pk, {})).pace for person in people}


def remembered(people):
    """These people, each with what she chose, as it is now. One query."""
    chosen = choices_of(people) if people else {}
    for person in people:
        person.chosen_paces = chosen.get(person.pk, {})
    return people


def choices_of(people, **which):
    """What they chose: {id of a person: {name of a kind: PaceChoice}}. One query."""
    choices = {}
    for choice in PaceChoice.objects.filter(person__in=people, **which):
        choices.setdefault(choice.person_id, {})[choice.kind] = choice
    return choices


def rhythm_of(person):
    """When her PLG letter comes, as a sentence."""
    hour = ui.clock(time(person.letter_hour))
    if person.has_daily_letter:
        return _("You get this letter on every working day at %(hour)s.") % {"hour": hour}
    day = person.get_letter_weekday_display()
    return _("You get this letter every %(day)s at %(hour)s.") % {"day": day, "hour": hour}


def is_silent(address, kind):
    """True when this address wants no mail of this kind, or none at all."""
    if kind.fixed:
        return False
    return Silence.objects.filter(Q(kind=kind.name) | Q(kind=ALL), address=address.lower()).exists()


def take_over_silence(person, address):
    """What an address did not want to get, its person does not want either."""
    unwanted = Silence.objects.filter(address=address.lower())
    PaceChoice.objects.bulk_create(
        [PaceChoice(person=person, kind=each.kind, pace=Pace.NEVER) for each in unwanted], ignore_conflicts=True
    )
    unwanted.delete()
