from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Concat
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from communities.meetings.models.moment import Moment
from core.links import address
from core.models import Model, QuerySet
from core.prepared import prepared
from core.text import one_line
from core.time import LocalInstant
from events import rules
from events.choices import KIND_ICONS, Kind, Part, Place, QuestionKind, QuestionOf, Scope, State
from organisations.models import Board, Network, School


def _door(letter, column):
    return Concat(Value(letter), Cast(F(column), CharField(max_length=20)), output_field=CharField(max_length=21))


DOOR = Case(
    When(scope="school", then=_door("s", "school_id")),
    When(scope="board", then=_door("b", "board_id")),
    When(scope="network", then=_door("n", "network_id")),
    default=Value("w"),
    output_field=CharField(max_length=21),
)


class Events(QuerySet):
    def upcoming(self, on):
        """What is not over on this day, the nearest first."""
        return self.filter(last_on__gte=on).exclude(state__in=["cancelled", "archived"]).order_by("held_on", "starts")

    def for_cards(self, user):
        """What lists show."""
        return self.for_page(user, "organise").select_related("school", "board", "network")

    def for_detail(self, user):
        """One event with every power."""
        powers = ("organise", "receive", "review", "register")
        return self.for_page(user, *powers).select_related("school", "board", "network")

    @prepared
    def for_programme(self, user, language, drawn):
        """An event with its programme as it was `drawn` at the release ("page" or "html"), and the reader's marks."""
        from events.models import Favourite

        return self.for_page(user, "organise").annotate(
            drawn=KeyTransform(language, f"released__{drawn}"),
            version=F("released__number"),
            released_at=F("released__at"),
            marked=ArraySubquery(Favourite.objects.filter(person=user.pk).values("session")),
        )


class Event(Moment, Model):
    """A day, or a few, on which PLGs show what they learned and meet others."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LAB)
    title = models.CharField(_("title"), max_length=140)
    summary = models.CharField(_("in short"), max_length=300, blank=True)
    text = models.TextField(_("more about it"), max_length=10_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.CONCEPT, editable=False)
    scope = models.CharField(_("for whom"), max_length=8, choices=Scope, default=Scope.NETWORK)
    school = models.ForeignKey(School, models.RESTRICT, null=True, blank=True, related_name="+")
    board = models.ForeignKey(Board, models.RESTRICT, null=True, blank=True, related_name="+")
    network = models.ForeignKey(Network, models.RESTRICT, null=True, blank=True, related_name="+")
    door = models.GeneratedField(expression=DOOR, output_field=CharField(max_length=21), db_persist=True)

    last_on = models.DateField(_("last day"))
    ends_at = models.GeneratedField(
        expression=LocalInstant("last_on", "ends"), output_field=models.DateTimeField(), db_persist=True
    )
    place = models.CharField(_("where"), max_length=8, choices=Place, default=Place.ONSITE)
    venue = models.CharField(_("building"), max_length=140, blank=True)
    venue_address = models.CharField(_("address"), max_length=200, blank=True)
    link = models.URLField(_("link to join"), max_length=500, blank=True)
    languages = models.CharField(_("languages"), max_length=80, default="nl", blank=True)
    budget_note = models.TextField(_("budget, for organisers"), max_length=2000, blank=True)

    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: as many as come."))
    taken = models.PositiveIntegerField(default=0, editable=False, help_text="Seats in use, live offers too.")
    needs_approval = models.BooleanField(_("an organiser admits each"), default=False)
    is_for_guests = models.BooleanField(_("also without an account"), default=False)
    call_until = models.DateTimeField(_("contributions until"), null=True, blank=True)
    registration_until = models.DateTimeField(_("registration until"), null=True, blank=True)
    choice_until = models.DateTimeField(_("choice of workshops until"), null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField(_("an offered place is held for, hours"), default=48)
    rubric = models.JSONField(default=list, blank=True, help_text='What readers look at: ["…", "…"], each from 1 to 5.')
    decided_at = models.DateTimeField(null=True, editable=False, help_text="When decisions were sent.")
    released = models.ForeignKey("Release", models.SET_NULL, null=True, editable=False, related_name="+")

    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="copies")
    cancelled_why = models.CharField(_("Why?"), max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    purged_at = models.DateTimeField(null=True, editable=False, help_text="When diets, needs and guests went.")
    rounded_off_at = models.DateTimeField(
        null=True, editable=False, help_text="When who was there was thanked, and the evaluation opened."
    )

    objects = Events.as_manager()
    rules = {
        "view": rules.view, "organise": rules.organise, "receive": rules.receive, "review": rules.review,
        "register": rules.register,
    }  # fmt: skip

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["held_on", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="event_of_somebody",
                condition=Q(scope="public")
                | Q(scope="school", school__isnull=False)
                | Q(scope="board", board__isnull=False)
                | Q(scope="network", network__isnull=False),
            ),
            models.CheckConstraint(
                name="event_not_overbooked",
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")),
                violation_error_message=_("There are not so many places."),
            ),
            models.CheckConstraint(
                name="event_days", condition=Q(last_on__gte=F("held_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["door", "held_on"], name="event_by_door")]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.title = one_line(self.title)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("events:detail", self.pk)

    @property
    def icon(self):
        return KIND_ICONS[self.kind]

    @property
    def of_whom(self):
        """The school, board or network whose event it is; None of the platform's."""
        return self.school or self.board or self.network

    @property
    def channel(self):
        """Where its pages hear that something changed."""
        return f"event:{self.pk}"


class Organiser(Model):
    """Who does something for an event: organises, reads contributions, helps on the day."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="organisers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="event_parts")
    part = models.CharField(_("does what"), max_length=10, choices=Part, default=Part.ORGANISER)
    added_at = models.DateTimeField(default=now, editable=False)

    rules = {
        "view": lambda user: rules.organise(user, "event__"),
        "organise": lambda user: rules.organise(user, "event__"),
    }

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        ordering = ["part", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person", "part"], name="organiser_once")]

    def __str__(self):
        return f"{self.person_id}: {self.part}"


class Question(Model):
    """What the organiser asks beside the usual: of who contributes, who registers, or who was there."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    of = models.CharField(max_length=12, choices=QuestionOf)
    label = models.CharField(_("question"), max_length=200)
    kind = models.CharField(_("answer"), max_length=6, choices=QuestionKind, default=QuestionKind.TEXT)
    options = models.JSONField(_("to choose from"), default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    rules = {"view": lambda user: rules.view(user, "event__"), "organise": lambda user: rules.organise(user, "event__")}

    class Meta:
        verbose_name = _("question of an event")
        verbose_name_plural = _("questions of events")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.label


class Announcement(Model):
    """What the organisers say on the day, to all or to those of one session."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="announcements")
    session = models.ForeignKey("Session", models.CASCADE, null=True, blank=True, related_name="announcements")
    text = models.CharField(_("what you say"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    rules = {"view": lambda user: rules.view(user, "event__"), "organise": lambda user: rules.organise(user, "event__")}

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.text[:60]
