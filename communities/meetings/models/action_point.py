from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.meetings import rules
from communities.meetings.choices import ActionKind, ActionState, Tried
from communities.meetings.models.meeting import Meeting
from communities.models import Community, Membership
from core.files.paths import private_path
from core.links import address
from core.models import Model, PersonOrAddress, QuerySet
from core.prepared import prepared
from core.time import today
from people.choices import FACE

TONES = {Tried.TRIED: "yes", Tried.PARTLY: "half"}
ICONS = {Tried.TRIED: "check", Tried.PARTLY: "circle-half-2", Tried.NOT_YET: "circle-dashed"}


class ActionPoints(QuerySet):
    def open(self):
        """What is still to be done, the nearest first."""
        return self.filter(state=ActionState.OPEN).order_by(F("due_on").asc(nulls_last=True), "pk")

    def with_names(self):
        """Each with who holds it; also how somebody without an account is called in her PLG."""
        called = Membership.objects.filter(
            community=models.OuterRef("community"), address=models.OuterRef("address"), person=None
        )
        return self.annotate(known_as=models.Subquery(called.values("name")[:1])).select_related("person")

    @prepared
    def for_list(self, user):
        """What lists show, in one query."""
        return self.for_page(user, "answer", "edit").with_names().select_related("person", "meeting", "community")

    @prepared
    def for_panel(self, user):
        """What the page of their PLG shows."""
        rows = self.for_page(user, "answer").with_names().select_related("person", "meeting")
        return rows.naming(person=FACE, meeting=["held_on"])

    def in_groups(self, *first):
        """Those that were given at once beneath each other, so that a list can show them as one."""
        return self.order_by(*first, "given_together", "pk")


class ActionPoint(PersonOrAddress, Model):
    """What somebody will do, or try in her class, before some day (actiepunt, "probeer in je klas")."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="action_points")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="action_points", help_text="Where it was agreed."
    )
    kind = models.CharField(_("kind"), max_length=8, choices=ActionKind, default=ActionKind.TASK)
    text = models.CharField(_("what"), max_length=300)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="action_points")
    due_on = models.DateField(_("before"), null=True, blank=True)
    given_together = models.UUIDField(null=True, editable=False, help_text="The same for those who got it at once.")
    is_case = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Agreed while a case was told: mail says no more of it than that.",
    )
    state = models.CharField(_("state"), max_length=8, choices=ActionState, default=ActionState.OPEN)
    went = models.CharField(_("how did it go?"), max_length=8, choices=Tried, blank=True)
    sentence = models.CharField(_("in one sentence"), max_length=500, blank=True)
    photo = models.FileField(_("photo"), upload_to=private_path("action-points"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    dropped_because = models.CharField(_("why it need not be done"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    objects = ActionPoints.as_manager()
    rules = {"view": rules.view_action, "answer": rules.answer_action, "edit": rules.edit_action}

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        constraints = [
            PersonOrAddress.exactly_one("action_of_one"),
            models.CheckConstraint(
                name="action_answered",
                condition=Q(went="", answered_at=None) | ~Q(went="") & Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state"], name="action_of_community"),
            models.Index(fields=["person"], name="action_open", condition=Q(state=ActionState.OPEN)),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return address("meetings:action_point", self.pk)

    known_as = ""  #: how somebody without an account is called, of a row from `with_names`

    @property
    def holder(self):
        """Who promised it, for faces and names."""
        return self.person if self.person_id else (self.known_as or _now("somebody without an account"))

    @property
    def said_outside(self):
        """How mail and what stands behind its links call it: by its words, but never those of a case."""
        return _now("something from a case") if self.is_case else self.text

    @property
    def is_open(self):
        return self.state == ActionState.OPEN

    @property
    def is_late(self):
        return self.is_open and self.due_on is not None and self.due_on < today()

    @property
    def is_done(self):
        return self.state == ActionState.DONE

    @property
    def is_dropped(self):
        return self.state == ActionState.DROPPED

    @property
    def is_try_out(self):
        return self.kind == ActionKind.TRY_OUT

    @property
    def is_told(self):
        """There is something to tell: it was tried, or begun."""
        return self.went in (Tried.TRIED, Tried.PARTLY)

    @property
    def why_not_answer(self):
        """Why nothing can be said about it any more; who tapped wrongly may always tap again."""
        if self.is_dropped:
            return self.dropped_because or _now("This need not be done any more.")
        return self.community.why_not_add

    @property
    def why_not_change(self):
        """Why its words and its day stand as they are."""
        if self.is_done:
            return _now("This is done already.")
        return self.why_not_answer

    @property
    def my_choices(self):
        """The three answers as buttons, with what was said before."""
        return [
            {"value": each.value, "label": each.label, "chosen": each == self.went, "icon": ICONS[each]}
            for each in Tried
        ]

    @property
    def icon(self):
        """How its answer looks."""
        return ICONS.get(self.went, "circle-dashed")

    @property
    def tone(self):
        """The colour of its answer; not yet has none, for that is no fault."""
        return TONES.get(self.went, "")
