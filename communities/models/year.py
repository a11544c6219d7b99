from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.choices import State
from communities.models.community import Community
from core.models import Model, QuerySet
from core.time import today
from people.calendar import days_of_school_year


class YearQuestions(QuerySet):
    def open(self):
        return self.filter(goes_on=None)


class YearQuestion(Model):
    """Does this PLG go on in a school year? Asked by who runs its board, answered by who facilitates it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="year_questions")
    year = models.PositiveSmallIntegerField(_("school year"), help_text="The year in which it begins.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    goes_on = models.BooleanField(_("goes on"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = YearQuestions.as_manager()
    rules = {"view": rules.view_year_question, "answer": rules.in_communities_i_lead}

    class Meta:
        verbose_name = _("question about a school year")
        verbose_name_plural = _("questions about a school year")
        constraints = [models.UniqueConstraint(fields=["community", "year"], name="asked_once_a_year")]

    def __str__(self):
        return f"{self.community_id}, {self.year}"

    def get_absolute_url(self):
        return reverse("communities:year", args=[self.pk])

    @property
    def called(self):
        """The school year as people write it: 2027/2028."""
        return f"{self.year}/{self.year + 1}"

    @property
    def why_not_answer(self):
        if self.community.state == State.CLOSED:
            return _now("This PLG is completed already.")
        if today() > days_of_school_year(self.year)[1]:
            return _now("That school year is over.")
        return ""
