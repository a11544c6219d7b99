from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Board, Network, School
from participation.impact.models.questionnaire import Questionnaire


class Outcome(models.Model):
    """What a PLG gave to the figures of its school: of one question how many answered, and their sum, twice.

    Written when the PLG releases it; its numbers never change. At least five people, leaders not counted, answered
    at the start and at the end, so every sum of these rows is about five or more.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="outcomes")
    question = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    school = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    board = models.ForeignKey(Board, models.SET_NULL, null=True, related_name="+")
    network = models.ForeignKey(Network, models.SET_NULL, null=True, related_name="+")
    people_before = models.PositiveSmallIntegerField()
    sum_before = models.PositiveSmallIntegerField()
    people_after = models.PositiveSmallIntegerField()
    sum_after = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = [models.UniqueConstraint(fields=["questionnaire", "question"], name="outcome_once")]
        indexes = [
            models.Index(fields=["year", "school"], name="outcome_of_school"),
            models.Index(fields=["year", "board"], name="outcome_of_board"),
            models.Index(fields=["year", "network"], name="outcome_of_network"),
        ]

    def __str__(self):
        return f"{self.questionnaire_id}: {self.question}"
