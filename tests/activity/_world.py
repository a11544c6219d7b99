"""A small world in which anything may be otherwise: who takes part where, what was read, what was called off."""

from datetime import timedelta

from django.utils.timezone import now

from activity.choices import Pace
from activity.journal import ask, record
from activity.models import Ask, Notification, PaceChoice
from communities.choices import MembershipState, Role, State
from communities.discussions.models import Post, Topic
from communities.meetings.models import ActionPoint, AgendaItem, Meeting, Poll
from communities.models import Community, HomeTask, LogbookEntry, Membership
from core.time import today
from organisations.choices import RoleKind
from people.models import User
from tests.cast import meeting, member, person, plg, role, works

CROWD = 4
SEATS = [
    (MembershipState.ACTIVE, Role.MEMBER),
    (MembershipState.ACTIVE, Role.FACILITATOR),
    (MembershipState.ACTIVE, Role.GUEST),
    (MembershipState.ENDED, Role.MEMBER),
    (MembershipState.ENDED, Role.GUEST),
    (MembershipState.INVITED, Role.MEMBER),
    (MembershipState.DECLINED, Role.MEMBER),
    None,
]
ROLES = [None, RoleKind.SCHOOL_LEADER, RoleKind.BOARD_ADMIN, RoleKind.NETWORK_ADMIN, RoleKind.PLATFORM_ADMIN]


class World:
    """Two PLGs with all that can be told and asked of them, told to everybody and asked of everybody."""

    def __init__(self, cast):
        self.cast = cast
        self.plgs = [cast.maths, plg(cast.wissel, "PLG Taal")]
        self.crowd = [person(f"Collega {n}", language="en" if n == 1 else "nl") for n in range(CROWD)]
        for n, one in enumerate(self.crowd):
            works(one, [cast.regenboog, cast.wissel, cast.waterlelie, cast.regenboog][n])
        self.meetings = [meeting(each) for each in self.plgs]
        for each, at in zip(self.plgs, self.meetings, strict=True):
            self.tell(each, at)

    @property
    def everybody(self):
        return list(User.objects.filter(is_active=True).order_by("pk"))

    def tell(self, community, at):
        """News of every kind of subject, and requests, for everybody whether it concerns her or not."""
        one, by = self.crowd[0], self.cast.fatima
        seat, _new = Membership.objects.get_or_create(community=community, person=self.cast.dele, state="declined")
        topic = Topic.objects.create(community=community, title="Breuken", author=by)
        case = Topic.objects.create(community=community, title="Een kind", author=by, is_case=True)
        asked = Topic.objects.create(
            community=community, title="Wie weet dit?", author=by, audience="network", network=self.cast.network
        )
        post = Post.objects.create(topic=case, number=1, author=by, text="Ik zag", html="<p>Ik zag</p>")
        point = ActionPoint.objects.create(community=community, person=one, by=by, text="Probeer", meeting=at)
        item = AgendaItem.objects.create(community=community, meeting=at, title="Casus", kind="case", proposed_by=one)
        task = HomeTask.objects.create(
            community=community, title="Lees", text="Lees", due_on=today() + timedelta(days=9), set_by=by
        )
        entry = LogbookEntry.objects.create(
            community=community, person=one, happened_on=today(), tried="Stroken", shared_at=now()
        )
        poll = Poll.objects.create(community=community, deadline=today() + timedelta(days=4), created_by=by)
        for kind, about in [
            ("communities.joined", seat),
            ("communities.begun", community),
            ("communities.no_facilitator", community),
            ("communities.proposed", community),
            ("communities.entry_shared", entry),
            ("communities.home_task_withdrawn", task),
            ("discussions.opened", topic),
            ("discussions.opened", case),
            ("discussions.replied", post),
            ("discussions.asked_network", asked),
            ("meetings.agreed", point),
            ("meetings.action_changed", point),
            ("meetings.item_proposed", item),
            ("meetings.changed", at),
            ("meetings.poll_over", poll),
            ("organisations.role_given", self.cast.bram.roles.first()),
            ("meetings.guest_released", community),
        ]:
            facts = {"role": "school_leader", "place": "De Regenboog", "known": []}
            record(kind, by=by, about=about, tell=self.everybody, community=community, **facts)
        for kind, about in [
            ("meetings.answer", at),
            ("meetings.vote", poll),
            ("meetings.act", point),
            ("communities.no_facilitator", community),
            ("communities.requested", seat),
            ("communities.hand_in", task),
        ]:
            ask(kind, about=about, url="/", people=self.everybody, community=community)
        self.topics = [topic, case, asked]

    def change(self, draw):
        """Let everything be otherwise; `draw(options)` chooses."""
        for one in self.crowd:
            for community in self.plgs:
                self._seat(one, community, draw(SEATS), draw([True, False]))
            self._role(one, draw(ROLES))
        for community, at in zip(self.plgs, self.meetings, strict=True):
            state, reads = draw([State.ACTIVE, State.CLOSED, State.RESTING, State.CONCEPT]), draw([True, False])
            listed = draw(["nobody", "owner", "network", "everyone"])
            Community.objects.filter(pk=community.pk).update(state=state, leavers_read=reads, listed=listed)
            day = today() + timedelta(days=draw([-3, 7]))
            Meeting.objects.filter(pk=at.pk).update(state=draw(["planned", "cancelled"]), held_on=day)
            Poll.objects.filter(community=community).update(state=draw(["open", "withdrawn"]))
            LogbookEntry.objects.filter(community=community).update(shared_at=draw([None, now()]))
            if draw([True, False]):
                Topic.objects.filter(community=community, title="Breuken").update(is_case=True)
            if draw([True, False, False]):
                Post.objects.filter(topic__community=community).delete()
        self._choose(draw)

    def _seat(self, one, community, seat, invited):
        if seat:
            row = member(community, one, seat[1], seat[0])
            if invited and seat[1] == Role.GUEST:
                row.meetings_as_guest.add(self.meetings[self.plgs.index(community)])
                row.home_tasks_as_expert.add(community.home_tasks.first())

    def _role(self, one, kind):
        places = {
            RoleKind.SCHOOL_LEADER: self.cast.regenboog,
            RoleKind.BOARD_ADMIN: self.cast.board,
            RoleKind.NETWORK_ADMIN: self.cast.network,
        }
        if kind:
            role(one, kind, places.get(kind))

    def _choose(self, draw):
        kinds = ["communities.joined", "meetings.changed", "communities.no_facilitator", "discussions.opened", ""]
        for one in self.crowd:
            for kind in kinds:
                if pace := draw([None, None, Pace.LETTER, Pace.AT_ONCE, Pace.NEVER]):
                    PaceChoice.objects.create(person=one, kind=kind, pace=pace)
            told = Notification.objects.filter(person=one).order_by("pk")
            some = [row.pk for row in told if draw([True, False, False, False])]
            told.filter(pk__in=some[::2]).update(read_at=now())
            told.filter(pk__in=some[1::2]).update(in_letter_at=now())
            mine = Ask.objects.filter(person=one)
            mine.filter(pk__in=[row.pk for row in mine if draw([True, False, False])]).update(closed_at=now())
