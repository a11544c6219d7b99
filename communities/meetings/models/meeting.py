import uuid

from django.conf import settings
from django.db import models
from django.db.models import FilteredRelation, Q
from django.db.models.expressions import RawSQL
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.choices import Role
from communities.meetings import rules
from communities.meetings.choices import OPTIONS, CalendarWay, Coming, Place, State
from communities.meetings.models.moment import Moment
from communities.models import Community, Membership
from core.links import address
from core.models import Model, PersonOrAddress, QuerySet
from core.prepared import prepared
from core.templatetags import ui
from core.time import LocalInstant, today
from organisations.models import School


class Series(Model):
    """The plan from which meetings came; it generates and groups, every date is a Meeting of its own."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="series")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    cadence_weeks = models.PositiveSmallIntegerField(_("weeks between meetings"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    rules = {"view": rules.view_series, "plan": rules.plan}

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")

    def __str__(self):
        return f"{self.community_id}: {self.cadence_weeks} × {self.weekday}"

    def get_absolute_url(self):
        return address("meetings:index", self.community_id)


# As SQL, because the strong card of every home counts these: built from querysets they took a fifth of a page's time.
COUNTS = {
    "expected_count": """(
        (SELECT count(*) FROM communities_membership m
         WHERE m.community_id = meetings_meeting.community_id AND m.state = 'active' AND m.role <> 'guest')
        + (SELECT count(*) FROM meetings_meeting_guests g JOIN communities_membership m ON m.id = g.membership_id
           WHERE g.meeting_id = meetings_meeting.id AND m.state = 'active' AND m.role = 'guest'))""",
    "coming_count": """(SELECT count(*) FROM meetings_answer a
        WHERE a.meeting_id = meetings_meeting.id AND a.coming IN ('room', 'online'))""",
    "absent_count": """(SELECT count(*) FROM meetings_answer a
        WHERE a.meeting_id = meetings_meeting.id AND a.coming = 'absent')""",
    "attended_count": """(SELECT count(*) FROM meetings_attendance a
        WHERE a.meeting_id = meetings_meeting.id AND a.was_there)""",
}


class Meetings(QuerySet):
    def planned(self):
        return self.filter(state=State.PLANNED)

    def of(self, person):
        """The meetings at which this person is expected: of her PLGs, and those to which she is invited as a guest."""
        return self.expected_of(Membership.objects.active().filter(person=person))

    def expected_of(self, mine):
        """The same for these memberships, also where they are kept under an address."""
        return self.filter(
            Q(community__in=mine.exclude(role=Role.GUEST).values("community"))
            | Q(pk__in=mine.filter(role=Role.GUEST).values("meetings_as_guest"))
        )

    def upcoming(self, at=None):
        """Planned and not over yet, the nearest first."""
        return self.planned().filter(ends_at__gt=at or now()).order_by("starts_at", "pk")

    def past(self, at=None):
        """Planned and over, the latest first."""
        return self.planned().filter(ends_at__lte=at or now()).order_by("-starts_at", "-pk")

    def past_or_cancelled(self, at=None):
        """What lies behind, the latest first, and what was called off."""
        over = Q(ends_at__lte=at or now()) | Q(state=State.CANCELLED)
        return self.filter(over).order_by("-starts_at", "-pk")

    @prepared
    def with_counts(self):
        """Each with how many are expected, come, cannot, and were there."""
        return self.annotate(
            **{name: RawSQL(sql, [], models.IntegerField()) for name, sql in COUNTS.items()}  # noqa: S611 - constants
        )

    @prepared
    def with_answer_of(self, person):
        """Each with `mine`, her answer, or None as long as there is none; in the same query."""
        hers = FilteredRelation("answers", condition=Q(answers__person=person))
        return self.annotate(mine=hers).select_related("mine")

    @prepared
    def for_list(self, user):
        """What lists of meetings show, in one query."""
        return (
            self.for_page(user, "answer", "plan")
            .with_counts()
            .with_answer_of(user)
            .select_related("community", "school", "mine")
            .naming(school=["name"])
            .order_by("starts_at", "pk")
        )

    @prepared
    def for_detail(self, user):
        """One meeting with every power."""
        return (
            self.for_page(user, "answer", "plan")
            .with_counts()
            .with_answer_of(user)
            .select_related("community", "school", "series", "mine")
        )


class Meeting(Moment, Model):
    """One date of a PLG."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="meetings")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="meetings")
    title = models.CharField(_("what we will do"), max_length=140, blank=True)
    preparation = models.TextField(_("to prepare"), max_length=2000, blank=True)
    ends_at = models.GeneratedField(
        expression=LocalInstant("held_on", "ends"), output_field=models.DateTimeField(), db_persist=True
    )
    place = models.CharField(_("place"), max_length=8, choices=Place, default=Place.ONSITE)
    school = models.ForeignKey(
        School, models.SET_NULL, null=True, blank=True, related_name="meetings", verbose_name=_("host school")
    )
    room = models.CharField(_("room"), max_length=80, blank=True)
    link = models.URLField(_("link for who joins online"), max_length=400, blank=True)
    guests = models.ManyToManyField(Membership, related_name="meetings_as_guest", blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    cancelled_because = models.CharField(_("reason"), max_length=200, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = Meetings.as_manager()
    rules = {
        "view": rules.view,
        "answer": rules.answer,
        "asked": rules.asked,
        "plan": rules.plan,
        "see_date": rules.see_date,
    }

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["held_on", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends__gt=models.F("starts")),
                violation_error_message=_("The meeting ends before it starts."),
            ),
        ]
        indexes = [
            models.Index(fields=["community", "starts_at"], name="meeting_of_community"),
            models.Index(fields=["starts_at"], name="meeting_by_time"),
        ]

    def __str__(self):
        return self.called

    def get_absolute_url(self):
        return address("meetings:detail", self.pk)

    @property
    def called(self):
        """What we will do, or simply the name of its kind."""
        return self.title or _now("Meeting")

    @property
    def is_cancelled(self):
        return self.state == State.CANCELLED

    @property
    def is_over(self):
        return self.ends_at <= now()

    @property
    def is_to_come(self):
        """The same as being in `upcoming()`: planned and not over yet."""
        return not self.is_cancelled and not self.is_over

    @property
    def has_begun(self):
        return self.starts_at <= now()

    @property
    def is_today(self):
        return self.held_on == today(self.zone)

    mine = None  #: the reader's answer, of a row from `with_answer_of`

    @property
    def my_choices(self):
        """The answers as buttons: value, words, and whether I chose it."""
        mine = self.mine.coming if self.mine else ""
        return [
            {"value": each.value, "label": each.label, "chosen": each == mine, "first": not mine and n == 0}
            for n, each in enumerate(self.options)
        ]

    @property
    def slot(self):
        """Date and hour as one word: what a reminder and an answer are for."""
        return f"{self.held_on:%Y-%m-%d}T{self.starts:%H:%M}"

    @property
    def when(self):
        """Day and hours in one line."""
        return _now("%(day)s, %(from)s–%(until)s") % {
            "day": ui.day(self.held_on),
            "from": ui.clock(self.starts),
            "until": ui.clock(self.ends),
        }

    @property
    def options(self):
        """The answers that make sense at such a place."""
        return OPTIONS[self.place]

    def expected(self):
        """The memberships of everybody who is expected: members, and the guests of this meeting."""
        return Membership.objects.active().filter(
            ~Q(role=Role.GUEST) | Q(pk__in=self.guests.values("pk")), community=self.community_id
        )

    @property
    def where(self):
        """Place in words: school and room, online, or both."""
        onsite = ", ".join(part for part in (self.school.name if self.school_id else "", self.room) if part)
        if self.place == Place.ONLINE:
            return _now("online")
        if self.place == Place.HYBRID:
            return _now("%(place)s and online") % {"place": onsite or _now("at a school")}
        return onsite or _now("place to be announced")

    @property
    def minutes(self):
        """How long it takes."""
        return (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute

    @property
    def why_not_answer(self):
        if self.is_cancelled:
            return _now("This meeting was cancelled. You need not answer.")
        if self.is_over:
            return _now("This meeting is over. Your answer can no longer be changed.")
        return ""

    @property
    def why_not_change(self):
        if self.is_cancelled:
            return _now("This meeting was cancelled. Plan a new one.")
        if self.is_over:
            return _now("This meeting is over. It can no longer be changed.")
        return ""

    @property
    def why_not_mark(self):
        """Why attendance cannot be written down yet."""
        if self.is_cancelled:
            return _now("This meeting was cancelled.")
        if not self.has_begun:
            return _now("This meeting has not begun yet.")
        return ""

    @property
    def why_not_grow(self):
        """Why there can be no minutes of it yet."""
        return self.community.why_not_add or self.why_not_mark


class Answer(PersonOrAddress, Model):
    """Whether somebody comes: in the room, online, or not."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="answers")
    coming = models.CharField(_("answer"), max_length=8, choices=Coming)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            PersonOrAddress.exactly_one("answer_of_one"),
            models.UniqueConstraint(
                fields=["meeting", "person", "address"], name="one_answer_each", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return f"{self.meeting_id}: {self.coming}"


class Attendance(PersonOrAddress, Model):
    """Who was there, written down afterwards, apart from what was answered before."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="attendances")
    was_there = models.BooleanField(_("was there"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            PersonOrAddress.exactly_one("attendance_of_one"),
            models.UniqueConstraint(
                fields=["meeting", "person", "address"], name="one_attendance_each", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return f"{self.meeting_id}: {self.was_there}"


class CalendarChoice(Model):
    """How meetings come into somebody's calendar; the key is the private address of her feed."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_choice")
    way = models.CharField(_("in my calendar by"), max_length=5, choices=CalendarWay, default=CalendarWay.MAIL)
    key = models.CharField(max_length=60, unique=True, null=True, editable=False)  # noqa: DJ001 (unique where there is one)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("choice of calendar")
        verbose_name_plural = _("choices of calendar")

    def __str__(self):
        return self.way
