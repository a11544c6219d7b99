import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.links import address, url_for
from core.models import Model, QuerySet
from core.time import today
from participation.floor import FEWEST
from participation.impact import rules
from participation.impact.choices import Audience
from participation.impact.models.questionnaire import Wave
from participation.impact.questions import OF_AUDIENCE


def new_key():
    """What makes the link of a panel one that nobody guesses."""
    return secrets.token_urlsafe(16)


class Panels(QuerySet):
    def for_detail(self, user):
        rows = self.for_page(user, "manage")
        return rows.select_related("wave__questionnaire__community", "wave__questionnaire__network")

    def over(self, day=None):
        """Those whose last day is behind us and that nobody closed."""
        return self.filter(closed_at=None, until__lt=day or today())


class Panel(Model):
    """Pupils or parents who are asked a few questions by an open link: no account, no names.

    The facilitator says how many there are: the link takes no more answers than that. The same audience at another
    wave of the same questionnaire is linked by the code that a respondent made up.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="panels")
    audience = models.CharField(_("who is asked?"), max_length=8, choices=Audience)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    ceiling = models.PositiveSmallIntegerField(_("how many are asked?"))
    until = models.DateField(_("until"))
    revoked_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    people = models.PositiveSmallIntegerField(default=0, editable=False, help_text="How many answered, once closed.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Panels.as_manager()
    rules = {"view": rules.view_panel, "manage": rules.manage_panel}

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["audience", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "audience"], name="one_panel_an_audience"),
            models.CheckConstraint(
                name="panel_ceiling",
                condition=Q(ceiling__range=(FEWEST, 1000)),
                violation_error_message=_("Between 5 and 1000: of fewer than five, nothing is shown."),
            ),
        ]

    def __str__(self):
        return f"{self.wave_id}: {self.audience}"

    def get_absolute_url(self):
        return address("impact:panel", self.pk)

    @property
    def questions(self):
        return OF_AUDIENCE[self.audience]

    @property
    def is_of_pupils(self):
        return self.audience == Audience.PUPILS

    @property
    def link(self):
        """The open link, in full."""
        return url_for("impact:panel_answer", self.key)

    @property
    def is_shown(self):
        """From five answers on, once it is closed."""
        return bool(self.closed_at and self.people >= FEWEST)

    # When is it possible: a sentence, or "" -------------------------------------------------------

    @property
    def why_not_answer(self):
        """Why this link takes no answers."""
        if self.revoked_at:
            return _now("This link was withdrawn. Ask the teacher for a new one.")
        if self.closed_at or self.until < today():
            return _now("These questions are closed. Thank you for wanting to answer.")
        if self.wave.opens_on > today():
            return _now("These questions are not open yet.")
        return ""

    @property
    def why_not_change(self):
        return _now("These questions are closed.") if self.closed_at else ""
