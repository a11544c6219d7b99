import pghistory
from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.choices import LEADING, MembershipState, Role
from communities.models.community import Community
from core.links import address
from core.models import FETCH_MODE, Model, PersonOrAddress, QuerySet
from core.prepared import prepared
from organisations.models import Qualification, School
from people.choices import FACE


class Memberships(QuerySet):
    def active(self):
        return self.filter(state=MembershipState.ACTIVE)

    def seated(self):
        """Those who take a seat: active, and no guests."""
        return self.active().exclude(role=Role.GUEST)

    def taking_seats(self):
        """Seats that nobody else can have: of members, and those that are on offer to the first in line."""
        return self.filter(state__in=[MembershipState.ACTIVE, MembershipState.OFFERED]).exclude(role=Role.GUEST)

    def leading(self):
        return self.active().filter(role__in=LEADING)

    def in_line(self):
        """The waiting list in order of arrival."""
        return self.filter(state=MembershipState.WAITING).order_by("waiting_since", "pk")

    @prepared
    def facilitators_first(self):
        """In the order in which people are shown: by role, then by name."""
        order = models.Case(
            *(models.When(role=role, then=models.Value(place)) for place, role in enumerate(Role)),
            output_field=models.IntegerField(),
        )
        return self.annotate(place_in_list=order).order_by(
            "place_in_list", "person__sort_name", "name", "address", "pk"
        )

    @prepared
    def for_overview(self, community):
        """Everybody who is in a community, as its overview shows them."""
        rows = self.active().filter(community=community).select_related("person", "school").facilitators_first()
        rows = rows.naming(person=(*FACE, "region"), school=("name", "region"))
        return rows.defer("message").fetch_mode(FETCH_MODE)

    def with_qualified(self):
        """Each row says whether she has the certificate of facilitators."""
        return self.annotate(is_qualified=Qualification.objects.facilitating(models.OuterRef("person")))

    @prepared
    def for_list(self, user):
        """What the page of members shows, in one query."""
        return (
            self.for_page(user, "manage")
            .select_related("person", "school", "community", "invited_by")
            .facilitators_first()
        )


@pghistory.track(exclude=["address", "message"])
class Membership(PersonOrAddress, Model):
    """Somebody's place in a community: from invitation or request to leaving."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    school = models.ForeignKey(School, models.SET_NULL, null=True, blank=True, related_name="memberships")
    role = models.CharField(_("role"), max_length=14, choices=Role, default=Role.MEMBER)
    state = models.CharField(_("state"), max_length=10, choices=MembershipState)
    name = models.CharField(_("name"), max_length=120, blank=True)
    message = models.CharField(_("message"), max_length=500, blank=True)
    expertise = models.CharField(_("expertise"), max_length=120, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    invitation_until = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    offered_until = models.DateField(null=True)
    accepted_at = models.DateTimeField(_("promises accepted at"), null=True)
    joined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    to_decide = models.BooleanField(
        default=False, help_text="Her affiliation ended: the facilitator says whether she stays."
    )

    objects = Memberships.as_manager()
    rules = {"view": rules.view_membership, "own": rules.own_membership, "manage": rules.manage_membership}

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            PersonOrAddress.exactly_one("membership_of_one"),
            models.UniqueConstraint(
                fields=["community", "person", "address"],
                name="member_once",
                nulls_distinct=False,
                violation_error_message=_("This person is in this PLG already."),
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state"], name="membership_state"),
            models.Index(fields=["address"], name="membership_address", condition=~models.Q(address="")),
            models.Index(
                fields=["offered_until"],
                name="membership_offer",
                condition=models.Q(state=MembershipState.OFFERED),
            ),
        ]

    def __str__(self):
        return f"{self.called} in {self.community_id}"

    def get_absolute_url(self):
        return address("communities:home", self.community_id)

    @property
    def called(self):
        """The name on screen, also of someone without an account.

        As long as an invitation waits, it is what its sender typed: whether an address has an account, and whose
        that is, nobody finds out by inviting.
        """
        if self.state == MembershipState.INVITED and self.name:
            return self.name
        return str(self.person) if self.person_id else (self.name or self.address)

    @property
    def region(self):
        """Whose school holidays are hers: those she chose, else those of the school for which she takes part."""
        return (self.person and self.person.region) or (self.school and self.school.region) or ""

    @property
    def leads(self):
        return self.role in LEADING and self.state == MembershipState.ACTIVE

    @property
    def is_pending(self):
        """Something is going on already: an invitation, a request, a place in line or on offer."""
        waits = (MembershipState.REQUESTED, MembershipState.WAITING, MembershipState.OFFERED)
        return self.state in waits or (self.state == MembershipState.INVITED and not self.is_expired)

    @property
    def is_expired(self):
        """An invitation whose term is over."""
        return self.state == MembershipState.INVITED and bool(self.invitation_until and self.invitation_until <= now())

    # When is it possible: a sentence, or "" -------------------------------------------------------

    @property
    def why_not_accept(self):
        """Why this invitation no longer works."""
        if self.state == MembershipState.ACTIVE:
            return _now("This invitation was used already. You can simply sign in.")
        if self.state != MembershipState.INVITED:
            return _now("This invitation was withdrawn or answered already. Ask for a new one.")
        if self.is_expired:
            return _now("This invitation has expired. Ask for a new one.")
        return ""

    @property
    def why_not_accept_offer(self):
        """Why this place on offer can no longer be taken."""
        if self.state == MembershipState.ACTIVE:
            return _now("You have this place already.")
        if self.state != MembershipState.OFFERED:
            return _now("This place went to the next in line. You can put yourself on the waiting list again.")
        return ""

    @property
    def why_not_admit(self):
        """Why this request can no longer be accepted or declined."""
        if self.state == MembershipState.REQUESTED:
            return ""
        return _now("This request was answered or taken back already.")

    @property
    def why_not_revoke(self):
        """Why this invitation can no longer be sent again or withdrawn."""
        if self.state == MembershipState.INVITED:
            return ""
        return _now("This invitation was answered or withdrawn already.")

    @property
    def why_not_leave(self):
        return "" if self.state == MembershipState.ACTIVE else _now("You do not take part in this PLG any more.")
