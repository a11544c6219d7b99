from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.links import address
from core.models import EVERYBODY, NOBODY, Model, QuerySet
from training import rules
from training.choices import CoachingKind, CoachingState, NoteOf, TalkKind

MOST_GOALS = 3


class CoachOffer(Model):
    """Somebody can coach or mentor so many people at once, in these themes."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="coach_offer")
    kinds = models.JSONField(default=list)
    themes = models.JSONField(default=list, blank=True)
    says = models.CharField(_("what you can help with"), max_length=500, blank=True)
    capacity = models.PositiveSmallIntegerField(_("how many people at once"), default=2)
    is_open = models.BooleanField(_("can be asked"), default=True)

    rules = {
        "view": lambda user: EVERYBODY if user.is_authenticated else NOBODY,
        "edit": lambda user: Q(person=user.pk),
    }

    class Meta:
        verbose_name = _("offer of a coach")
        verbose_name_plural = _("offers of coaches")

    def __str__(self):
        return f"{self.person_id}"


class Coachings(QuerySet):
    def for_detail(self, user):
        """One coaching, for the two."""
        return self.for_page(user).select_related("coach", "coachee")


class Coaching(Model):
    """Two people, at most three goals, talks, and an end. Nothing of it ever reaches an assessment."""

    kind = models.CharField(_("kind"), max_length=10, choices=CoachingKind, default=CoachingKind.COACHING)
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    coachee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    wish = models.TextField(_("what you would like help with"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=CoachingState, default=CoachingState.PROPOSED, editable=False)
    at = models.DateTimeField(default=now, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    reached = models.TextField(_("what was reached"), max_length=2000, blank=True)
    keep = models.TextField(_("what to keep"), max_length=1000, blank=True)
    stop = models.TextField(_("what to stop"), max_length=1000, blank=True)

    objects = Coachings.as_manager()
    rules = {"view": rules.in_coaching}

    class Meta:
        verbose_name = _("coaching")
        verbose_name_plural = _("coachings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="coaches_another", condition=Q(coach=None) | Q(coachee=None) | ~Q(coach=models.F("coachee"))
            )
        ]

    def __str__(self):
        return f"{self.coach_id} and {self.coachee_id}"

    def get_absolute_url(self):
        return address("training:coaching", self.pk)


class Goal(Model):
    coaching = models.ForeignKey(Coaching, models.CASCADE, related_name="goals")
    text = models.CharField(_("goal"), max_length=300)
    indicator = models.CharField(_("by what you see it"), max_length=300)
    reached = models.PositiveSmallIntegerField(_("how far, from 0 to 4"), default=0)
    order = models.PositiveSmallIntegerField(default=0)

    rules = {"view": lambda user: rules.in_coaching(user, "coaching__")}

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["coaching", "order"], name="goal_place"),
            models.CheckConstraint(name="at_most_three_goals", condition=Q(order__lt=MOST_GOALS)),
            models.CheckConstraint(name="goal_reached", condition=Q(reached__lte=4)),
        ]

    def __str__(self):
        return self.text


class Talk(Model):
    coaching = models.ForeignKey(Coaching, models.CASCADE, related_name="talks")
    kind = models.CharField(_("kind"), max_length=12, choices=TalkKind, default=TalkKind.TALK)
    held_on = models.DateField(_("date"))
    starts = models.TimeField(_("from"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    said = models.TextField(_("what we agreed"), max_length=4000, blank=True)
    was_held = models.BooleanField(default=False)

    rules = {"view": lambda user: rules.in_coaching(user, "coaching__")}

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = ["held_on", "pk"]

    def __str__(self):
        return f"{self.held_on}"


class Note(Model):
    """A line in a notebook: shared by the two, or of its writer alone."""

    coaching = models.ForeignKey(Coaching, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=NoteOf, default=NoteOf.PRIVATE)
    text = models.TextField(_("your note"), max_length=4000)
    at = models.DateTimeField(default=now, editable=False)

    rules = {"view": rules.own_note, "edit": lambda user: Q(author=user.pk)}

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"#{self.pk}"
