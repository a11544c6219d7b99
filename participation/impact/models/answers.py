import uuid

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, F, Func, Q
from django.utils.translation import gettext_lazy as _

from participation.impact.models.panel import Panel
from participation.impact.models.questionnaire import Wave

MOST_PEOPLE = 60  # in one room


class Answered(models.Model):
    """That somebody answered alone, as long as the wave is open; what she answered stands elsewhere, without her.

    No moment is kept here or there by which the two could be laid beside each other.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="answered")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="impact_answered")

    class Meta:
        verbose_name = _("who answered")
        verbose_name_plural = _("who answered")
        constraints = [models.UniqueConstraint(fields=["wave", "person"], name="answered_once")]

    def __str__(self):
        return f"{self.wave_id}"


class InRange(Func):
    """SQL: all values of a JSON object are whole numbers from 1 to 5."""

    template = """NOT jsonb_path_exists(%(expressions)s, 'strict $.* ? (@.type() != "number" || @ < 1 || @ > 5)')"""
    output_field = BooleanField()


class Response(models.Model):
    """One set of answers: of a PLG together, of somebody of hers, or of a pupil or parent. Nobody's name is near it.

    Its key is random and comes with the form, so the same form that arrives twice is one answer, and the order in
    which people answered is not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wave = models.ForeignKey(Wave, models.CASCADE, null=True, related_name="responses")
    panel = models.ForeignKey(Panel, models.CASCADE, null=True, related_name="responses")
    is_joint = models.BooleanField(default=False)
    is_done = models.BooleanField(default=True, help_text="False while a PLG is still answering together.")
    people = models.PositiveSmallIntegerField(default=1, help_text="How many answered together.")
    leaders = models.PositiveSmallIntegerField(default=0, help_text="Of those, how many may lead a school: at most.")
    answers = models.JSONField(default=dict)
    spread = models.JSONField(default=dict, help_text="Where a PLG does not agree: the lowest and the highest.")
    text = models.TextField(max_length=1000, blank=True)
    code = models.CharField(max_length=64, blank=True, help_text="The respondent's own code, as a keyed hash.")

    class Meta:
        verbose_name = _("answers")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                name="response_to_one",
                condition=Q(wave__isnull=False, panel=None) | Q(wave=None, panel__isnull=False, is_joint=False),
            ),
            models.CheckConstraint(name="response_from_1_to_5", condition=InRange(F("answers"))),
            models.CheckConstraint(name="response_people", condition=Q(people__range=(1, MOST_PEOPLE))),
            models.UniqueConstraint(fields=["wave"], name="one_joint_response", condition=Q(is_joint=True)),
            models.UniqueConstraint(fields=["panel", "code"], name="one_response_a_code", condition=~Q(code="")),
        ]

    def __str__(self):
        return f"{self.wave_id or self.panel_id}"
