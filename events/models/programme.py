from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import Model
from core.text import one_line
from core.time import AMSTERDAM, LocalInstant
from events import rules
from events.choices import SessionKind
from events.models.call import Contribution
from events.models.event import Event


def _seen(user):
    return rules.view(user, "event__")


def _organised(user):
    return rules.organise(user, "event__")


class Room(Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="rooms")
    name = models.CharField(_("room"), max_length=80)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    where = models.CharField(_("where to find it"), max_length=140, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    rules = {"view": _seen, "organise": _organised}

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="room_once")]

    def __str__(self):
        return self.name


class Slot(Model):
    """A stretch of time in the programme, in local time."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="slots")
    held_on = models.DateField(_("date"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    zone = models.CharField(max_length=40, default=AMSTERDAM, editable=False)
    starts_at = models.GeneratedField(
        expression=LocalInstant("held_on", "starts"), output_field=models.DateTimeField(), db_persist=True
    )
    ends_at = models.GeneratedField(
        expression=LocalInstant("held_on", "ends"), output_field=models.DateTimeField(), db_persist=True
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_choice = models.BooleanField(_("people choose their workshop"), default=False)

    rules = {"view": _seen, "organise": _organised}

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["held_on", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="slot_goes_forward", condition=Q(ends__gt=F("starts")),
                violation_error_message=_("It ends before it begins."),
            )
        ]  # fmt: skip

    def __str__(self):
        return self.name or f"{self.starts:%H:%M}"


class Session(Model):
    """What happens in one room during one slot."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    slot = models.ForeignKey(Slot, models.SET_NULL, null=True, blank=True, related_name="sessions")
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind, default=SessionKind.WORKSHOP)
    title = models.CharField(_("title"), max_length=140)
    summary = models.TextField(_("what it is about"), max_length=1500, blank=True)
    contribution = models.OneToOneField(Contribution, models.SET_NULL, null=True, blank=True, related_name="session")
    speakers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="sessions_given", blank=True)
    link = models.URLField(_("link to join"), max_length=500, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False, help_text="Seats in use, live offers too.")
    is_cancelled = models.BooleanField(default=False, editable=False)
    uid = models.CharField(max_length=64, editable=False, unique=True, help_text="In people's calendars.")
    sequence = models.PositiveIntegerField(default=0, editable=False)
    recording = models.URLField(_("recording"), max_length=500, blank=True)

    rules = {"view": _seen, "organise": _organised}

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["slot__held_on", "slot__starts", "room__order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="session_not_overbooked", condition=Q(capacity=None) | Q(taken__lte=F("capacity")),
                violation_error_message=_("This session is full."),
            )
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.title = one_line(self.title)
        super().save(**kwargs)


class Unavailable(Model):
    """When a speaker cannot."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="unavailable")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="unavailable")

    rules = {"view": _organised}

    class Meta:
        verbose_name = _("slot in which a speaker cannot")
        verbose_name_plural = _("slots in which speakers cannot")
        constraints = [models.UniqueConstraint(fields=["slot", "person"], name="unavailable_once")]

    def __str__(self):
        return f"{self.person_id} in {self.slot_id}"


class Release(Model):
    """A version of the programme as it was told to people. It never changes; the page is drawn from it once."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="Slots, rooms and sessions as they were.")
    html = models.JSONField(default=dict, help_text="The programme in pieces that a filter joins, by language.")
    page = models.JSONField(default=dict, help_text="The programme as it is shown without a filter, by language.")
    says = models.CharField(_("what is new"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    rules = {"view": _seen}

    class Meta:
        verbose_name = _("released programme")
        verbose_name_plural = _("released programmes")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="release_number")]

    def __str__(self):
        return f"{self.event_id} v{self.number}"


class Allocation(Model):
    """The one fair division of places in workshops: from what was wished, with a seed that everybody may see."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="allocations")
    seed = models.PositiveBigIntegerField()
    figures = models.JSONField(default=dict, help_text="How many got which choice, beside first come.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(null=True)

    rules = {"view": _seen}

    class Meta:
        verbose_name = _("division of places")
        verbose_name_plural = _("divisions of places")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["event"], name="one_published", condition=Q(published_at__isnull=False))
        ]

    def __str__(self):
        return f"{self.event_id}: {self.seed}"


class During(Func):
    """SQL: the stretch between two instants, without its end."""

    function = "tstzrange"
    template = "%(function)s(%(expressions)s, '[)')"
    output_field = DateTimeRangeField()
