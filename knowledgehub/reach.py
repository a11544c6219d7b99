"""How far a choice of audience goes: which ones somebody can choose, for how many schools, who is inside whom.

A *scope* is an audience with its place. Its door is the word by which rows and forms name it (`rules.doors_of`).
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Community, Membership
from communities.rules import standing
from core.templatetags.ui import upfirst
from knowledgehub.choices import AUDIENCE_ICONS, Audience
from knowledgehub.rules import MEMBERS, WEB
from organisations.models import Affiliation, Board, Network, School
from organisations.rules import standing as at_work
from people.models import User

#: The door of what only its makers see, in forms; in the database it is empty.
SHUT = "-"
PLACES = {"plg": "community", "school": "school", "board": "board", "network": "network"}
_LETTERS = {Audience.PLG: "c", Audience.SCHOOL: "s", Audience.BOARD: "b", Audience.NETWORK: "n"}


@dataclass(frozen=True)
class Scope:
    """An audience, and the PLG, school, board or network that it is of."""

    audience: str
    place: object = None

    @property
    def door(self):
        if self.place is not None:
            return f"{_LETTERS[self.audience]}{self.place.pk}"
        return {Audience.MEMBERS: MEMBERS, Audience.PUBLIC: WEB}.get(self.audience, SHUT)

    @property
    def label(self):
        if self.audience == Audience.PLG:
            return str(self.place)
        return f"{upfirst(self.kind)}: {self.place}" if self.place is not None else upfirst(self.kind)

    @property
    def kind(self):
        return str(Audience(self.audience).label)

    @property
    def icon(self):
        return AUDIENCE_ICONS[self.audience]

    @property
    def columns(self):
        """What a resource of this scope has in its columns; the places of other audiences are emptied."""
        places = dict.fromkeys(PLACES.values())
        if self.place is not None:
            places[PLACES[self.audience]] = self.place
        return {"audience": self.audience, **places}

    @property
    def is_public(self):
        return self.audience == Audience.PUBLIC

    @property
    def schools(self):
        """The schools where somebody sees what is shown to this scope."""
        return _schools(self)

    @cached_property
    def reach(self):
        """(schools, people) who see what is shown to this scope, counted now."""
        return _counted(self)


NARROWEST, WIDEST = Scope(Audience.PRIVATE), Scope(Audience.PUBLIC)


def scope_of(resource):
    """The scope that a resource has now."""
    column = PLACES.get(resource.audience)
    return Scope(resource.audience, getattr(resource, column) if column else None)


def scopes_of(user):
    """What this person can choose, from narrow to wide: of places only those where she stands herself."""
    mine, work = standing(user), at_work(user)
    own = (
        (Audience.PLG, Community.objects.filter(pk__in=mine.member_of).order_by("sort_name", "pk")),
        (Audience.SCHOOL, School.objects.filter(pk__in=work.works_at).order_by("sort_name", "pk")),
        (Audience.BOARD, Board.objects.filter(pk__in=work.boards).order_by("sort_name", "pk")),
        (Audience.NETWORK, Network.objects.filter(pk__in=work.networks).order_by("sort_name", "pk")),
    )
    places = [Scope(audience, place) for audience, rows in own for place in rows]
    return [NARROWEST, *places, Scope(Audience.MEMBERS), WIDEST]


def scope_at(door, scopes):
    """The one of these scopes with this door, or None."""
    return next((scope for scope in scopes if scope.door == door), None)


# How many ----------------------------------------------------------------------------------------


def _working(scope):
    """The affiliations of now that stand behind this scope."""
    rows = Affiliation.objects.current().filter(person__is_active=True)
    place = scope.place
    if scope.audience == Audience.SCHOOL:
        return rows.filter(school=place)
    if scope.audience == Audience.BOARD:
        return rows.filter(Q(board=place) | Q(school__board=place))
    if scope.audience == Audience.NETWORK:
        boards, alone = place.boards.values("pk"), place.schools.values("pk")
        return rows.filter(Q(board__in=boards) | Q(school__board__in=boards) | Q(school__in=alone))
    return rows


def _schools(scope):
    rows = School.objects.open()
    if scope.audience == Audience.SCHOOL:
        return rows.filter(pk=scope.place.pk)
    if scope.audience == Audience.BOARD:
        return rows.filter(board=scope.place)
    if scope.audience == Audience.NETWORK:
        return rows.filter(Q(board__in=scope.place.boards.values("pk")) | Q(networks=scope.place)).distinct()
    return rows.filter(pk__in=_working(scope).values("school"))


def _members(community):
    return Membership.objects.seated().filter(community=community, person__is_active=True)


def _counted(scope):
    if scope.audience == Audience.PRIVATE:
        return 0, 0
    if scope.audience == Audience.PLG:
        rows = _members(scope.place)
        return rows.exclude(school=None).values("school").distinct().count(), rows.count()
    if scope.audience in (Audience.MEMBERS, Audience.PUBLIC):
        people = User.objects.filter(is_active=True, joined_at__isnull=False).count()
    else:
        people = _working(scope).values("person").distinct().count()
    return _schools(scope).count(), people


def about(people):
    """A number of colleagues as one says it: exact when small, else in tens or hundreds."""
    if people <= 20:
        return str(people)
    step = 10 if people < 1000 else 100
    return f"± {round(people / step) * step}"


def says(scope, *, is_published=True):
    """For whom it becomes visible, before it is saved: "for 57 schools, ± 830 colleagues"."""
    schools, people = scope.reach
    if scope.audience == Audience.PRIVATE:
        return _("Only you and your fellow makers see it.")
    if scope.is_public:
        return _(
            "Everybody on the web sees it, with or without an account. Search engines and collections of "
            "lessons take it over."
        )
    count = {
        "schools": ngettext("%(n)s school", "%(n)s schools", schools) % {"n": schools},
        "people": ngettext("%(n)s colleague", "%(n)s colleagues", people) % {"n": about(people)},
    }
    if scope.audience == Audience.PLG:
        count["schools"] = str(scope.place)
    if is_published:
        return _("This becomes visible for %(schools)s, %(people)s.") % count
    return _("Once it is published, this is visible for %(schools)s, %(people)s.") % count


# Who is inside whom ------------------------------------------------------------------------------


def is_inside(scope, other):
    """Whether everybody of the first scope is in the other too: then showing it there is no widening."""
    if scope.door == other.door or scope.audience == Audience.PRIVATE or other.is_public:
        return True
    if scope.is_public or other.audience == Audience.PRIVATE:
        return False
    return other.audience == Audience.MEMBERS or _place_is_inside(scope, other)


def _place_is_inside(scope, other):
    """The same of two places. A PLG is inside a school, board or network when all who take part now work there."""
    if other.audience == Audience.PLG:
        return False
    if scope.audience == Audience.PLG:
        return not _members(scope.place).exclude(person__in=_working(other).values("person")).exists()
    if scope.audience == Audience.SCHOOL:
        return _schools(other).filter(pk=scope.place.pk).exists()
    is_board_in_network = (scope.audience, other.audience) == (Audience.BOARD, Audience.NETWORK)
    return is_board_in_network and other.place.boards.filter(pk=scope.place.pk).exists()
