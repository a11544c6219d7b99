"""Room in the timetable: who asks to be free for an hour, whether the leader gives it, and who takes the class.

These are agreed facts. A planner reads of them what a timetable needs: who, when, and the name of the PLG;
`what` and `word` are between the teacher and her leader.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.models import FETCH_MODE, Model, QuerySet
from core.prepared import prepared
from core.templatetags import ui
from core.time import today
from organisations import rules
from organisations.choices import RoomFor, RoomState

MOST_ON_CARD, WEEKS_ON_CARD = 6, 8
LIVE = [RoomState.ASKED, RoomState.TALK, RoomState.GRANTED]
OPEN = [RoomState.ASKED, RoomState.TALK]
# What only the teacher and her leader read.
BETWEEN_TWO = ("what", "word")


class RoomRequests(QuerySet):
    def live(self):
        return self.filter(state__in=LIVE)

    def to_come(self, day=None):
        return self.live().filter(held_on__gte=day or today())

    def granted(self):
        return self.filter(state=RoomState.GRANTED)

    def gaps(self):
        """Room that was given, for which nobody takes the class yet."""
        return self.granted().filter(needs_cover=True, cover="", cover_person=None)

    @prepared
    def for_card(self, schools, day, until):
        """What waits for the leader of these schools, and what was given for the weeks to come."""
        rows = self.filter(Q(state__in=OPEN) | Q(state=RoomState.GRANTED, held_on__lte=until))
        rows = rows.filter(school__in=schools, held_on__gte=day).fetch_mode(FETCH_MODE)
        return rows.select_related("person", "school", "cover_person")

    def for_list(self, user):
        """All that its rows show, in one query. Whoever only plans gets nothing of what is between teacher and leader.

        Those columns are left out for all; `with_words` brings them for who may read them.
        """
        rows = self.for_page(user, "grant", "cover", "withdraw").defer(*BETWEEN_TWO)
        return rows.select_related("person", "school", "cover_person").order_by("held_on", "starts", "pk")

    def with_words(self, user):
        """The same with those words: only rows of oneself and of schools one leads."""
        return self.filter(rules.read_room_words(user)).for_list(user).defer(None)


class RoomRequest(Model):
    """One person asks one school to be free at some hours of a day.

    `source` names what it is for where that is in the ledger as well ("meeting:12"); empty for what she asked herself.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_requests")
    school = models.ForeignKey("organisations.School", models.CASCADE, related_name="room_requests")
    held_on = models.DateField(_("date"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    purpose = models.CharField(_("what for"), max_length=6, choices=RoomFor, default=RoomFor.PLG)
    community_id = models.PositiveBigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)
    what = models.CharField(_("a word for your leader"), max_length=140, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RoomState, default=RoomState.ASKED)
    word = models.CharField(_("a word back"), max_length=300, blank=True)
    needs_cover = models.BooleanField(_("somebody has to take the class"), default=True)
    cover = models.CharField(_("who takes the class"), max_length=80, blank=True)
    cover_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="covers"
    )
    moved_from = models.DateField(null=True, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=now)

    objects = RoomRequests.as_manager()
    rules = {
        "view": rules.view_room,
        "grant": rules.grant_room,
        "cover": rules.cover_room,
        "withdraw": rules.withdraw_room,
    }

    class Meta:
        verbose_name = _("request for room in the timetable")
        verbose_name_plural = _("requests for room in the timetable")
        ordering = ["held_on", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="room_ends_after_it_starts",
                condition=Q(ends__gt=models.F("starts")),
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["person", "source"],
                name="room_asked_once",
                condition=~Q(source="") & ~Q(state=RoomState.WITHDRAWN),
            ),
        ]
        indexes = [
            models.Index(fields=["school", "held_on"], name="room_of_school"),
            models.Index(fields=["source"], name="room_for", condition=~Q(source="")),
        ]

    def __str__(self):
        return f"{self.person_id} {self.held_on}"

    plg = ""  #: how its PLG is called, of rows from `named`

    def get_absolute_url(self):
        return f"{reverse('organisations:timetable')}?week={monday(self.held_on).isoformat()}"

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def is_granted(self):
        return self.state == RoomState.GRANTED

    @property
    def is_to_come(self):
        return self.state in LIVE and self.held_on >= today()

    @property
    def has_gap(self):
        """True when room was given, and nobody takes the class."""
        return self.is_granted and self.needs_cover and not self.covered_by

    @property
    def covered_by(self):
        """Who takes the class: a colleague, or a name that somebody typed."""
        return str(self.cover_person) if self.cover_person_id else self.cover

    @property
    def hours(self):
        """From when until when."""
        return f"{ui.clock(self.starts)}–{ui.clock(self.ends)}"

    @property
    def reason(self):
        """What it is for, in words that a timetable may show."""
        return self.plg or str(self.get_purpose_display())

    @property
    def why_not_grant(self):
        if self.state == RoomState.WITHDRAWN:
            return _now("This room is not needed any more.")
        if self.is_granted:
            return _now("Room was given already.")
        return _now("That day is over.") if self.held_on < today() else ""

    @property
    def why_not_talk(self):
        return self.why_not_grant

    @property
    def why_not_take_back(self):
        if not self.is_granted:
            return _now("No room was given here.")
        if self.held_on <= today():
            return _now("This can be taken back until the day before. Talk to your colleague.")
        return ""

    @property
    def why_not_cover(self):
        if self.state == RoomState.WITHDRAWN:
            return _now("This room is not needed any more.")
        return _now("That day is over.") if self.held_on < today() else ""

    @property
    def why_not_withdraw(self):
        if self.state == RoomState.WITHDRAWN:
            return _now("This was taken back already.")
        return _now("That day is over.") if self.held_on < today() else ""


def monday(day):
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def named(rows):
    """These rows, each with the name of its PLG as `plg`: one query."""
    from organisations.hours import names_of

    rows = list(rows)
    names = names_of({row.community_id for row in rows} - {None})
    for row in rows:
        row.plg = names.get(row.community_id, "")
    return rows


# The leader's card ----------------------------------------------------------------------------------


@dataclass
class Moment:
    """Requests that are one: the same school, hours and purpose; one tap is for all of them."""

    rows: list
    names: str = ""
    facts: list = field(default_factory=list)

    def __post_init__(self):
        self.first = self.rows[0]
        self.names = _together([row.person.first_name for row in self.rows])
        self.pk, self.held_on, self.state = self.first.pk, self.first.held_on, self.first.state
        self.is_granted, self.hours, self.reason = self.first.is_granted, self.first.hours, self.first.reason
        self.covered_by = _together(sorted({row.covered_by for row in self.rows} - {""}))
        self.gaps = sum(row.needs_cover and not row.covered_by for row in self.rows)
        self.what = next((row.what for row in self.rows if len(self.rows) == 1), "")
        self.word = next((row.word for row in self.rows if row.word), "")
        self.is_in_talk = self.state == RoomState.TALK
        self.moved_from = self.first.moved_from
        self.may_take_back = not self.first.why_not_take_back
        self.ids = [row.pk for row in self.rows]

    @property
    def title(self):
        """Who asks, or has, room."""
        if self.is_granted:
            return _now("Room given: %(names)s") % {"names": self.names}
        if self.first.purpose == RoomFor.VISIT:
            return _now("%(names)s: looking at a colleague's lesson") % {"names": self.names}
        return _now("%(names)s: %(reason)s") % {"names": self.names, "reason": self.reason}


def _together(names):
    """Sanne, Mark and Fatima."""
    if len(names) < 2:
        return "".join(names)
    return _now("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@dataclass(frozen=True)
class Card:
    """What the leader's home shows: moments that wait first, then what was given lately and can be taken back."""

    moments: list
    waiting: int
    more: int
    given: list


def open_for(schools):
    """The card of who leads these schools (rows or ids), and for nobody else: two queries, whatever there is."""
    ids, day = {getattr(school, "pk", school) for school in schools}, today()
    moments = moments_of(named(RoomRequest.objects.for_card(ids, day, day + timedelta(weeks=WEEKS_ON_CARD))))
    waiting = [moment for moment in moments if not moment.is_granted]
    given = [moment for moment in moments if moment.is_granted]
    return Card(waiting[:MOST_ON_CARD], len(waiting), max(0, len(waiting) - MOST_ON_CARD), given[:2])


def moments_of(rows):
    """These rows by moment, in order of day and hour."""
    key = lambda row: (  # noqa: E731 - once for sorting, once for grouping
        row.held_on, row.starts, row.ends, row.school_id, row.state, row.source or str(row.pk), row.purpose,
    )  # fmt: skip
    return [Moment(list(group)) for _key, group in groupby(sorted(rows, key=key), key)]


def gaps_by_week(schools, weeks):
    """{Monday: how many classes nobody takes yet} of these schools in the weeks to come: one query."""
    first = monday(today())
    rows = RoomRequest.objects.gaps().filter(
        school__in=list(schools), held_on__gte=today(), held_on__lt=first + timedelta(weeks=weeks)
    )
    found = {}
    for day, count in rows.order_by().values_list("held_on").annotate(Count("pk")):
        found[monday(day)] = found.get(monday(day), 0) + count
    return found
