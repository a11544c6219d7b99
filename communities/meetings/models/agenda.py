from itertools import accumulate

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.meetings import rules
from communities.meetings.choices import ItemKind, ItemState
from communities.meetings.models.meeting import Meeting
from communities.models import Community, Membership
from communities.rules import standing
from core.files.paths import private_path
from core.links import address
from core.models import Model, QuerySet
from core.prepared import prepared
from core.text import one_line, sort_key


class Protocols(QuerySet):
    def library(self):
        """The protocols that everybody finds."""
        return self.filter(community=None)

    def own_first(self):
        """Copies of PLGs before the library, each by name."""
        return self.order_by(F("community").asc(nulls_last=True), "sort_name", "pk")

    def search(self, words="", *, people=None, minutes=None):
        """Those whose name or purpose has all these words, that fit so many people and so much time."""
        found = self
        for word in words.split():
            found = found.filter(Q(sort_name__contains=sort_key(word)) | Q(purpose__icontains=word))
        if people:
            found = found.filter(group_min__lte=people, group_max__gte=people)
        if minutes:
            found = found.filter(minutes__lte=minutes)
        return found


class Protocol(Model):
    """A way of working in steps (werkvorm): one of the library, or a PLG's own copy that it may change."""

    community = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="protocols")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="copies")
    code = models.SlugField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    sort_name = models.CharField(max_length=120, editable=False)
    purpose = models.CharField(_("what it is good for"), max_length=300)
    group_min = models.PositiveSmallIntegerField(_("at least so many people"), default=3)
    group_max = models.PositiveSmallIntegerField(_("at most so many people"), default=10)
    roles = models.JSONField(_("roles"), default=list, blank=True, help_text="Names of roles.")
    steps = models.JSONField(
        _("steps"), default=list, help_text="Each with title, minutes, instruction and silent: the roles that listen."
    )
    minutes = models.PositiveSmallIntegerField(editable=False, default=0)
    note = models.TextField(_("good to know"), max_length=1000, blank=True)
    basis = models.CharField(_("where it comes from"), max_length=300, blank=True)
    is_case = models.BooleanField(
        _("it is about a case"), default=False, help_text=_("Then nothing is written down unless you choose so.")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = Protocols.as_manager()
    rules = {"view": rules.view_protocol, "edit": rules.edit_protocol}

    class Meta:
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_protocol_a_code", condition=Q(community=None)),
            models.CheckConstraint(
                name="protocol_group_bounds",
                condition=Q(group_min__gte=1, group_max__gte=F("group_min")),
                violation_error_message=_("The most people is not below the least."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        """Keep the sort key and the total in step."""
        self.name = one_line(self.name)
        self.sort_name = sort_key(self.name)
        self.minutes = sum(step["minutes"] for step in self.steps)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("meetings:protocol", self.pk)

    @property
    def people(self):
        """For how many, in words."""
        if self.group_min == self.group_max:
            return ngettext("%(count)d person", "%(count)d people", self.group_min) % {"count": self.group_min}
        return _now("%(least)d to %(most)d people") % {"least": self.group_min, "most": self.group_max}

    @property
    def timed_steps(self):
        """Its steps, each with its place and the minute at which it begins."""
        begins = accumulate((step["minutes"] for step in self.steps), initial=0)
        return [
            step | {"begins": at, "place": place}
            for place, (step, at) in enumerate(zip(self.steps, begins, strict=False), start=1)
        ]

    @property
    def is_own(self):
        """A PLG's own copy."""
        return self.community_id is not None

    @property
    def why_not_revert(self):
        """Why a copy cannot go back to its original."""
        return "" if self.copied_from_id else _now("The original of this copy no longer exists.")


#: Texts of a protocol that no list shows.
HEAVY = ["protocol__" + name for name in ("roles", "steps", "note", "basis", "purpose")]


class Items(QuerySet):
    def on_agenda(self):
        """What stands on the agenda of its meeting, done or to do, in its order."""
        return self.filter(state__in=[ItemState.PLANNED, ItemState.DONE]).order_by("order", "pk")

    def backlog(self, community):
        """What this PLG wants to talk about some day: on no agenda yet."""
        return self.filter(community=community, meeting=None, state=ItemState.PROPOSED).order_by("order", "pk")

    def proposed(self, meeting):
        """What members propose for this meeting, and what waits in the backlog: what could stand on its agenda."""
        waits = Q(meeting=None, community=meeting.community_id) | Q(meeting=meeting)
        return self.filter(waits, state=ItemState.PROPOSED).order_by(F("meeting").asc(nulls_last=True), "order", "pk")

    def for_list(self, user):
        """What an agenda shows, in one query. A note for the facilitators is not even fetched for anybody else."""
        return self.without(user, *HEAVY) if standing(user).leads else self.without(user, "private_note", *HEAVY)

    @prepared
    def without(self, user, *columns):
        """What an agenda shows, but for these columns."""
        rows = self.for_page(user, "edit", "plan").defer(*columns)
        return rows.select_related("presenter__person", "proposed_by", "protocol", "carried_from")


class AgendaItem(Model):
    """One thing to do together: on the agenda of a meeting, or in the backlog of its PLG."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="agenda_items")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, blank=True, related_name="items")
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind, default=ItemKind.OTHER)
    title = models.CharField(_("what we will do"), max_length=140)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    presenter = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who leads this")
    )
    instruction = models.TextField(_("how we do it"), max_length=2000, blank=True)
    silent = models.JSONField(default=list, blank=True, editable=False, help_text="The roles that listen meanwhile.")
    private_note = models.TextField(_("note for the facilitators"), max_length=2000, blank=True)
    attachment = models.FileField(_("file"), upload_to=private_path("agenda"), blank=True)
    attachment_name = models.CharField(max_length=140, blank=True, editable=False)
    attachment_type = models.CharField(max_length=100, blank=True, editable=False)
    protocol = models.ForeignKey(Protocol, models.SET_NULL, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ItemState, default=ItemState.PLANNED)
    dropped_as = models.CharField(
        max_length=10, choices=ItemState, blank=True, editable=False, help_text="What it was when it was taken away."
    )
    dropped_because = models.CharField(_("why we will not do it"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    carried_from = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, editable=False, related_name="+", help_text="Where it was not finished."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = Items.as_manager()
    rules = {"view": rules.view_item, "edit": rules.edit_item, "plan": rules.plan}

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="item_minutes",
                condition=Q(minutes__lte=480),
                violation_error_message=_("At most 480 minutes."),
            ),
        ]
        indexes = [models.Index(fields=["community", "state", "order"], name="item_of_community")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        if self.meeting_id:
            return address("meetings:agenda_of", self.meeting_id) + f"#item-{self.pk}"
        return address("meetings:backlog", self.community_id)

    @property
    def is_case(self):
        """About somebody: no title in mails, no notes unless chosen."""
        return self.kind == ItemKind.CASE or bool(self.protocol_id and self.protocol.is_case)

    @property
    def called(self):
        """As it may stand in a mail, a feed or a bell."""
        return _now("a case") if self.is_case else self.title

    @property
    def is_planned(self):
        return self.state == ItemState.PLANNED

    @property
    def is_done(self):
        return self.state == ItemState.DONE

    @property
    def why_not_place(self):
        """Why it cannot be put on an agenda."""
        return "" if self.state == ItemState.PROPOSED else _now("This was decided already.")

    @property
    def why_not_change(self):
        if self.state == ItemState.DONE:
            return _now("This was done already.")
        if self.state == ItemState.DROPPED:
            return _now("This was taken away already.")
        return self.meeting.why_not_change if self.meeting_id else ""
