import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.links import address as address_of
from core.models import Model, PersonOrAddress, QuerySet
from events import rules
from events.choices import SEATED, Capacity, Direction, RegistrationState, SeatState
from events.models.event import Event
from events.models.programme import Session


class Registrations(QuerySet):
    def seated(self):
        """Those that use a place."""
        return self.filter(state__in=SEATED)

    def in_line(self):
        """The waiting list in order of arrival."""
        return self.filter(state=RegistrationState.WAITING).order_by("waiting_since", "pk")

    def for_detail(self, user):
        """One registration with every power."""
        return self.for_page(user, "keep").select_related("event", "person")


class Registration(PersonOrAddress, Model):
    """Somebody's place at an event: a person, or a mail address of who has no account."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="registrations"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    as_what = models.CharField(max_length=11, choices=Capacity, default=Capacity.PARTICIPANT)
    state = models.CharField(max_length=10, choices=RegistrationState)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)
    waiting_since = models.DateTimeField(null=True, editable=False)
    offered_until = models.DateTimeField(null=True, editable=False)
    answers = models.JSONField(default=dict, blank=True, help_text="Of the organiser's questions, by id.")
    diet = models.CharField(_("what you do not eat"), max_length=200, blank=True)
    needs = models.CharField(_("what you need to take part"), max_length=300, blank=True)
    interests = models.JSONField(_("themes"), default=list, blank=True)
    dates_opt_out = models.BooleanField(_("no speed-dates for me"), default=False)
    missed = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Earlier wishes not given: priority."
    )
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="In the QR on her phone.")

    objects = Registrations.as_manager()
    rules = {"view": rules.view_registration, "keep": rules.keep_registration,
             "organise": lambda user: rules.organise(user, "event__")}  # fmt: skip

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["at", "pk"]
        constraints = [
            PersonOrAddress.exactly_one("registration_of_one"),
            models.UniqueConstraint(fields=["event", "person"], name="registered_once"),
            models.UniqueConstraint(fields=["event", "address"], name="address_once", condition=~Q(address="")),
        ]
        indexes = [models.Index(fields=["event", "state"], name="registrations_of_event")]

    def __str__(self):
        return self.called

    @property
    def called(self):
        """By which name she is known here."""
        return str(self.person) if self.person_id else self.name or self.address

    def get_absolute_url(self):
        return address_of("events:detail", self.event_id)


class Seat(Model):
    """Somebody's place in a session. The database lets nobody be in two at the same time."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="seats")
    state = models.CharField(max_length=9, choices=SeatState, default=SeatState.CONFIRMED)
    during = DateTimeRangeField(help_text="Of the session, copied with every change of its slot.")
    rank = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Which of her wishes it was.")
    why = models.CharField(max_length=300, blank=True, help_text="As it is told to her.")
    waiting_since = models.DateTimeField(null=True, editable=False)
    offered_until = models.DateTimeField(null=True, editable=False)
    at = models.DateTimeField(default=now, editable=False)

    rules = {"view": lambda user: Q(registration__person=user.pk) | rules.receive(user, "session__event__")}

    class Meta:
        verbose_name = _("place in a session")
        verbose_name_plural = _("places in sessions")
        constraints = [
            models.UniqueConstraint(fields=["session", "registration"], name="seat_once"),
            ExclusionConstraint(
                name="in_one_place_at_a_time",
                expressions=[("registration", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(state__in=[SeatState.CONFIRMED, SeatState.OFFERED]),
                violation_error_message=_("You are in another session at that time."),
            ),
        ]

    def __str__(self):
        return f"{self.registration_id} in {self.session_id}"


class Preference(Model):
    """A wish in a slot of workshops: 1 is the first."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="preferences")
    session = models.ForeignKey(Session, models.CASCADE, related_name="preferences")
    rank = models.PositiveSmallIntegerField()

    rules = {"view": lambda user: Q(registration__person=user.pk) | rules.organise(user, "session__event__")}

    class Meta:
        verbose_name = _("wish for a workshop")
        verbose_name_plural = _("wishes for workshops")
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["registration", "session"], name="wished_once")]

    def __str__(self):
        return f"{self.rank}: {self.session_id}"


class Favourite(Model):
    """A session that somebody marked for herself."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="favourites")
    at = models.DateTimeField(default=now, editable=False)

    rules = {"view": lambda user: Q(person=user.pk)}

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        constraints = [models.UniqueConstraint(fields=["person", "session"], name="favourite_once")]

    def __str__(self):
        return f"{self.person_id}: {self.session_id}"


class CheckIn(Model):
    """Somebody came in or went out, of the event or of one session. Only added to, never changed.

    The key is made by the device that scanned: sent twice, it is stored once.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="check_ins")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="check_ins")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="check_ins")
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.IN)
    at = models.DateTimeField(default=now, help_text="When it was scanned, by the server's clock.")
    arrived_at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    rules = {"view": lambda user: Q(registration__person=user.pk) | rules.receive(user, "event__")}

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["event", "registration"], name="check_ins_of_event")]

    def __str__(self):
        return f"{self.registration_id} {self.direction}"
