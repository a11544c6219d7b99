import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from communities.meetings.models.moment import Moment
from communities.models import Community
from core.links import address
from core.models import Model, QuerySet
from core.templatetags import ui
from core.text import one_line
from core.time import instant, today
from knowledgehub.models import Term
from lessonstudy.visits import rules
from lessonstudy.visits.choices import BY_PLANNER, OVER, STATE_TAGS, CoverKind, Direction, Manner, State, Way
from organisations.models import RoomRequest, School

TWO = ("opened_by", "other")


class Visits(QuerySet):
    def going_on(self):
        return self.exclude(state__in=OVER).exclude(way=Way.SHORT, state=State.VISITED)

    def over(self):
        return self.filter(Q(state__in=OVER) | Q(way=Way.SHORT, state=State.VISITED))

    def for_list(self, user):
        """What a row shows, in one query."""
        rows = self.for_page(user, "take_part", "respond")
        return rows.select_related("community", "slot", *TWO).order_by("-created_at", "-pk")

    def for_detail(self, user):
        """One visit with its times and moves: two queries more."""
        rows = self.for_list(user).select_related("subject", "level", "cover__room__cover_person", "cover__school")
        return rows.select_related("feedback").prefetch_related("slots", "moves__by")


class Visit(Model):
    """Somebody looks at the lesson of a colleague, with a question that one of them wants to learn about."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="visits")
    direction = models.CharField(
        _("what do you want?"), max_length=4, choices=Direction, default=Direction.COME
    )  # fmt: skip
    way = models.CharField(max_length=5, choices=Way, default=Way.FULL, editable=False)
    manner = models.CharField(_("how?"), max_length=5, choices=Manner, default=Manner.LIVE)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="visits_opened")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="visits")
    question = models.CharField(_("what do you want to learn?"), max_length=300)
    look_at = models.TextField(_("what to look at"), max_length=1000, blank=True)
    subject = models.ForeignKey(
        Term, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("subject")
    )
    level = models.ForeignKey(Term, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("level"))
    link = models.URLField(_("link to the film"), max_length=500, blank=True)

    state = models.CharField(max_length=9, choices=State, default=State.OPEN, editable=False)
    slot = models.ForeignKey("Slot", models.SET_NULL, null=True, editable=False, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("minutes that you looked"), null=True, editable=False)
    talked = models.PositiveSmallIntegerField(_("minutes that you talked"), null=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    sequence = models.PositiveIntegerField(default=0, editable=False, help_text="Of its date in calendars.")
    created_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = Visits.as_manager()
    rules = {"view": rules.view, "take_part": rules.take_part, "respond": rules.respond}

    class Meta:
        verbose_name = _("class visit")
        verbose_name_plural = _("class visits")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["community", "state"], name="visits_of_plg")]
        constraints = [
            models.CheckConstraint(name="visit_of_two", condition=~Q(opened_by=models.F("other"))),
            models.CheckConstraint(name="visit_has_question", condition=~Q(question="")),
        ]

    def __str__(self):
        return f"visit {self.pk}"

    def save(self, **kwargs):
        self.question = one_line(self.question)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("visits:detail", self.pk)

    @property
    def visited(self):
        """In whose classroom, or on whose film; None as long as nobody said so."""
        return self.opened_by if self.direction == Direction.COME else self.other

    @property
    def visitor(self):
        """Who looks; None as long as nobody said so."""
        return self.other if self.direction == Direction.COME else self.opened_by

    @property
    def is_video(self):
        return self.manner == Manner.VIDEO

    @property
    def is_over(self):
        return self.state in OVER or (self.way == Way.SHORT and self.state == State.VISITED)

    @property
    def was_there(self):
        return self.state in (State.VISITED, State.DISCUSSED, State.CLOSED)

    @property
    def tag(self):
        """The colour of its state."""
        return STATE_TAGS.get(self.state, "blue")

    def beside(self, person):
        """The other one of the two."""
        return self.other if self.opened_by_id == person.pk else self.opened_by

    @property
    def channel(self):
        """Where its page hears that something changed."""
        return f"visit:{self.pk}"


class Slots(QuerySet):
    def to_come(self):
        return self.filter(starts_at__gt=now())


class Slot(Moment, Model):
    """A time at which somebody is welcome."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="slots")

    objects = Slots.as_manager()
    rules = {"view": lambda user: rules.view(user, "visit")}

    class Meta:
        verbose_name = _("time of a class visit")
        verbose_name_plural = _("times of class visits")
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(name="visit_ends_later", condition=Q(ends__gt=models.F("starts")))]

    def __str__(self):
        return f"{self.held_on} {self.starts}"

    @property
    def ends_at(self):
        return instant(self.held_on, self.ends, self.zone)

    @property
    def length(self):
        """In minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def hours(self):
        """From when until when."""
        return f"{ui.clock(self.starts)}–{ui.clock(self.ends)}"

    @property
    def has_begun(self):
        return self.starts_at <= now()


class Covers(QuerySet):
    def for_list(self, user):
        """What a timetable needs: who, when, how. Nothing is read of the visit itself."""
        rows = self.for_page(user).select_related("person", "school", "room__cover_person")
        return rows.defer(*(f"room__{name}" for name in ("what", "word"))).order_by("held_on", "starts", "pk")

    def to_come(self):
        return self.filter(held_on__gte=today())


class CoverNeed(Moment, Model):
    """Somebody's class while she looks with a colleague. It says nothing of what she looks at."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="cover")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="cover_needs")
    school = models.ForeignKey(School, models.CASCADE, related_name="cover_needs")
    kind = models.CharField(_("who looks after your class?"), max_length=10, choices=CoverKind)
    who = models.CharField(_("who is it?"), max_length=80, blank=True)
    room = models.ForeignKey(RoomRequest, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = Covers.as_manager()
    rules = {"view": rules.view_cover}

    class Meta:
        verbose_name = _("class that needs somebody")
        verbose_name_plural = _("classes that need somebody")
        ordering = ["held_on", "starts", "pk"]

    def __str__(self):
        return f"{self.person_id} {self.held_on}"

    @property
    def minutes(self):
        return (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute

    @property
    def hours(self):
        """From when until when."""
        return f"{ui.clock(self.starts)}–{ui.clock(self.ends)}"

    @property
    def covered_by(self):
        """Who takes the class, as far as that is known."""
        return self.who or (self.room.covered_by if self.room_id else "")

    @property
    def is_arranged(self):
        """Whatever she arranged herself, and what the school gave room and somebody for."""
        if self.kind not in BY_PLANNER:
            return True
        return bool(self.room_id and self.room.is_granted and (self.room.covered_by or not self.room.needs_cover))


class Move(Model):
    """A step of a visit: which, when, by whom, and why where it needed a reason. Never changed."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="moves")
    verb = models.CharField(max_length=12)
    was = models.CharField(max_length=9, choices=State)
    became = models.CharField(max_length=9, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.CharField(_("because"), max_length=300, blank=True)
    passed_over = models.JSONField(default=list, blank=True, help_text="The sentences that were passed over.")

    rules = {"view": lambda user: rules.take_part(user, "visit")}

    class Meta:
        verbose_name = _("step of a class visit")
        verbose_name_plural = _("steps of class visits")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.was} → {self.became}"


class Feedback(Model):
    """What the two say afterwards, in order (`feedback.PARTS`): who was visited speaks first. The two alone read it."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="feedback")
    went = models.TextField(_("how did it go, for you?"), max_length=2000, blank=True)
    aims = models.TextField(_("what are you working towards?"), max_length=1000, blank=True)
    facts = models.TextField(_("what did you see and hear?"), max_length=3000, blank=True)
    effect = models.TextField(_("what did it do with pupils?"), max_length=2000, blank=True)
    first_step = models.CharField(_("what will you do next?"), max_length=300, blank=True)
    second_step = models.CharField(_("and perhaps?"), max_length=300, blank=True)
    takes_along = models.TextField(_("what do you take along to your own class?"), max_length=1000, blank=True)
    spoke_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    chose_at = models.DateTimeField(null=True, editable=False)
    took_at = models.DateTimeField(null=True, editable=False)

    rules = {"view": lambda user: rules.take_part(user, "visit")}

    class Meta:
        verbose_name = _("what was said after a class visit")
        verbose_name_plural = _("what was said after class visits")

    def __str__(self):
        return f"of visit {self.visit_id}"
