"""How soon each kind of news reaches somebody by mail, and why so: her own choice, or the usual setting."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from activity.choices import Pace
from activity.kinds import Kind, kinds
from activity.models import PaceChoice, Silence

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
    def options(self):
        """The paces to choose from; what has no line in the bell cannot stand in the letter either."""
        if self.kind.told:
            return [(pace.value, pace.label) for pace in Pace]
        return [(Pace.AT_ONCE.value, Pace.AT_ONCE.label), (Pace.NEVER.value, _("not by mail"))]


def effective(kind, choices):
    """The pace that counts, from the choices of one person, by kind."""
    if kind.fixed:
        return Effective(kind, Pace.AT_ONCE)
    choice = choices.get(ALL) or choices.get(kind.name)
    return Effective(kind, choice.pace if choice else kind.pace, choice)


def of_person(person, *only):
    """What counts for a person: {name of kind: Effective}. One query."""
    choices = {choice.kind: choice for choice in person.paces.all()}
    names = only or [name for name, kind in kinds.items() if not kind.fixed]
    return {name: effective(kinds[name], choices) for name in names}


def of_people(people, kind):
    """The pace of one kind for many people: {id: pace}. One query."""
    choices = {}
    for choice in PaceChoice.objects.filter(person__in=people, kind__in=[kind.name, ALL]):
        choices.setdefault(choice.person_id, {})[choice.kind] = choice
    return {person.pk: effective(kind, choices.get(person.pk, {})).pace for person in people}


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
