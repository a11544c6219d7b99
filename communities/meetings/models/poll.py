from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.meetings import rules
from communities.meetings.choices import Fits, Place, PollState
from communities.meetings.models.meeting import Meeting
from communities.meetings.models.moment import Moment
from communities.models import Community
from core.links import address
from core.models import Model, PersonOrAddress, QuerySet
from core.templatetags import ui
from core.time import today
from organisations.models import School


class Polls(QuerySet):
    def open(self):
        return self.filter(state=PollState.OPEN)

    def for_detail(self, user):
        """One poll with what its page asks."""
        return self.for_page(user, "vote", "plan").select_related("community")


class Poll(Model):
    """A date poll (datumprikker): when can we meet?"""

    community = models.ForeignKey(Community, models.CASCADE, related_name="polls")
    title = models.CharField(_("what for?"), max_length=140, blank=True)
    deadline = models.DateField(_("answer before"))
    wanted = models.PositiveSmallIntegerField(_("how many dates do you need?"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=PollState, default=PollState.OPEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    told_complete_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = Polls.as_manager()
    rules = {"view": rules.view_poll, "vote": rules.vote, "plan": rules.plan, "asked": rules.asked_vote}

    class Meta:
        verbose_name = _("date poll")
        verbose_name_plural = _("date polls")
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(name="poll_wants_a_date", condition=Q(wanted__range=(1, 20)))]

    def __str__(self):
        return self.called

    def get_absolute_url(self):
        return address("meetings:poll", self.pk)

    @property
    def called(self):
        """What it is for, or simply what it is."""
        return self.title or _now("Date poll")

    @property
    def is_open(self):
        return self.state == PollState.OPEN

    @property
    def why_not_vote(self):
        if self.state == PollState.DECIDED:
            return _now("The dates were chosen already.")
        if self.state == PollState.WITHDRAWN:
            return _now("This date poll was withdrawn.")
        if self.deadline < today():
            return _now("The time to answer is over.")
        return ""

    @property
    def why_not_decide(self):
        if self.state == PollState.DECIDED:
            return _now("The dates were chosen already.")
        if self.state == PollState.WITHDRAWN:
            return _now("This date poll was withdrawn.")
        return ""


class PollOption(Moment, Model):
    """One date, and perhaps a place, in a poll."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    place = models.CharField(_("place"), max_length=8, choices=Place, default=Place.ONSITE)
    school = models.ForeignKey(
        School, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("host school")
    )
    meeting = models.OneToOneField(
        Meeting, models.SET_NULL, null=True, editable=False, related_name="poll_option", help_text="What came of it."
    )

    class Meta:
        verbose_name = _("option of a date poll")
        verbose_name_plural = _("options of a date poll")
        ordering = ["held_on", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="option_ends_after_it_starts",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=_("The meeting ends before it starts."),
            ),
            models.UniqueConstraint(
                fields=["poll", "held_on", "starts", "school"],
                name="option_once",
                nulls_distinct=False,
                violation_error_message=_("This option stands here already."),
            ),
        ]

    def __str__(self):
        return f"{self.held_on} {self.starts:%H:%M}"

    @property
    def called(self):
        """Hours and place in one line; the day stands above it."""
        hours = f"{ui.clock(self.starts)}–{ui.clock(self.ends)}"
        return f"{hours} · {self.where}" if self.where else hours

    @property
    def where(self):
        """Place in words; nothing where it is still open."""
        if self.place == Place.ONLINE:
            return _now("online")
        school = self.school.name if self.school_id else ""
        if self.place == Place.HYBRID:
            return _now("%(place)s and online") % {"place": school or _now("at a school")}
        return school


class Vote(PersonOrAddress, Model):
    """Whether a date fits somebody."""

    option = models.ForeignKey(PollOption, models.CASCADE, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="votes")
    fits = models.CharField(_("fits"), max_length=8, choices=Fits)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            PersonOrAddress.exactly_one("vote_of_one"),
            models.UniqueConstraint(fields=["option", "person", "address"], name="one_vote_each", nulls_distinct=False),
        ]

    def __str__(self):
        return f"{self.option_id}: {self.fits}"
