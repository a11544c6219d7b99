"""The demo's PLGs: people, dates, answers and attendance of a year behind and the rest of the school year."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from communities.choices import Kind, MembershipState, Role, State
from communities.meetings.choices import Coming, Place
from communities.meetings.models import Answer, Attendance, Meeting, Series
from communities.models import Community, Membership, Proposal, SchoolPair
from core.text import sort_key
from core.time import AMSTERDAM
from organisations.models import Board, School
from plg_platform.demo import days, staff, texts

LONG_AGO = timedelta(days=75)  # since when a PLG that lost its rhythm has not met
ENDED = timedelta(weeks=20)


def at(day, hour=16):
    """An instant on this day."""
    return datetime.combine(day, time(hour), ZoneInfo(AMSTERDAM))


class Builder:
    """Builds all PLGs in a few bulk inserts. Nothing in it is left to chance but what the seed decides."""

    def __init__(self, places, people, moment, chance):
        self.places, self.people, self.chance = places, people, chance
        self.moment = moment
        self.today = moment.astimezone(ZoneInfo(AMSTERDAM)).date()
        self.school_of = dict(self._school_of())
        self.free = self._free()
        self.communities, self.members = {}, defaultdict(list)

    def fill(self):
        """Make all PLGs; they can be looked up by name."""
        for plg in texts.PLGS:
            self.communities[plg.name] = self._community(plg)
        Community.objects.bulk_create(self.communities.values())
        for plg in texts.PLGS:
            self.communities[plg.name].tags.set(plg.tags)
        memberships = [row for plg in texts.PLGS for row in self._memberships(plg)]
        Membership.objects.bulk_create(memberships)
        self._pairs()
        Proposal.objects.create(
            community=self.communities[texts.MIDDENBOUW.name],
            person=self.people["Bram Visser"],
            by=self.members[texts.MIDDENBOUW.name][0],
        )
        self._meetings()
        return self.communities

    # People -------------------------------------------------------------------------------------

    def _school_of(self):
        """Person -> school, for all who have one."""
        by_pk = {school.pk: school for school in self.places.schools.values()}
        people = {person.pk: person for person in self.people.values()}
        from organisations.models import Affiliation

        rows = Affiliation.objects.exclude(school=None).order_by("pk")
        for person, school in rows.values_list("person", "school"):
            yield people[person], by_pk[school]

    def _free(self):
        """School -> colleagues without a part of their own, teachers first."""
        named = {name for _count, rows in staff.SCHOOLS.values() for name, *_ in rows}
        free = defaultdict(list)
        for person, school in self.school_of.items():
            if person.name not in named:
                free[school.name].append(person)
        return {name: sorted(people, key=lambda person: not person.level) for name, people in free.items()}

    def _some(self, wish, taken):
        """The people meant by names and (school, number); each call takes others, as long as there are any."""
        for name in wish:
            if isinstance(name, str):
                yield self.people.get(name, name)
                continue
            school, number = name
            colleagues = [person for person in self.free[school] if person not in taken]
            for person in colleagues[:number]:
                self.free[school].remove(person)
                self.free[school].append(person)  # at the end of the line
                taken.add(person)
                yield person

    def _memberships(self, plg):
        community, taken = self.communities[plg.name], set()
        since = at(community.started_on or self.today - timedelta(days=12))
        members = list(self._some(plg.members, taken))
        if plg.kind == Kind.LEARNING_NETWORK:
            members = [self.people[name] for pair in texts.PAIRS.values() for name in pair]
        if plg.facilitator:
            yield self._row(community, self.people[plg.facilitator], Role.FACILITATOR, since)
            self.members[plg.name].append(self.people[plg.facilitator])
        else:
            gone = self.people["Carla Nijhuis"]
            row = self._row(community, gone, Role.FACILITATOR, since)
            row.state, row.ended_at = MembershipState.ENDED, at(self.today - timedelta(days=22))
            yield row
        for person in members:
            self.members[plg.name].append(person)
            yield self._row(community, person, Role.MEMBER, since + timedelta(days=self.chance.randrange(9)))
        for person in self._some(plg.guests, taken):
            row = self._row(community, person, Role.GUEST, since)
            row.expertise = "rekenen en toetsing" if plg is texts.REKENEN else "loopbaan en talent"
            yield row
        yield from self._hopefuls(plg, community, taken)

    def _hopefuls(self, plg, community, taken):
        """Who is invited, asks or waits."""
        lately = self.moment - timedelta(days=4)
        leader = self.people.get(plg.facilitator)
        for person in self._some(plg.invited, taken):
            row = self._row(community, person, Role.MEMBER, None)
            row.state, row.invited_by = MembershipState.INVITED, leader
            row.created_at, row.invitation_until = lately, self.moment + timedelta(days=10)
            yield row
        for person in self._some(plg.requests, taken):
            row = self._row(community, person, Role.MEMBER, None)
            row.state, row.message, row.created_at = MembershipState.REQUESTED, texts.REQUEST, lately
            row.accepted_at = lately
            yield row
        for place, person in enumerate(self._some(plg.waiting, taken)):
            row = self._row(community, person, Role.MEMBER, None)
            row.state, row.waiting_since = MembershipState.WAITING, lately + timedelta(days=place)
            row.accepted_at = row.created_at = row.waiting_since
            yield row

    def _row(self, community, person, role, since):
        """One membership, active when it has a date; a text is the address of somebody without an account."""
        if isinstance(person, str):
            return Membership(community=community, address=person, name="Hafida van der Molen", role=role)
        return Membership(
            community=community,
            person=person,
            school=self.school_of.get(person),
            role=role,
            state=MembershipState.ACTIVE,
            created_at=since or self.moment,
            joined_at=since,
            accepted_at=since,
        )

    def _pairs(self):
        network = self.communities[texts.BREDE_VORMING.name]
        SchoolPair.objects.bulk_create(
            SchoolPair(
                community=network,
                school=self.places.schools[school],
                first=self.people[leader],
                second=self.people[colleague],
                promised_by=self.people[leader],
                promised_at=at(network.started_on - timedelta(days=14)),
            )
            for school, (leader, colleague) in texts.PAIRS.items()
        )

    # The PLG and its dates ------------------------------------------------------------------------

    def _owner(self, plg):
        if plg.owner in self.places.schools:
            return {"owner_school": self.places.schools[plg.owner]}
        boards = {board.name: board for board in self.places.boards}
        return {"owner_board": boards[plg.owner]} if plg.owner in boards else {"owner_network": self.places.network}

    def _community(self, plg):
        owner = self._owner(plg)
        where = next(iter(owner.values()))
        board = where.board_id if isinstance(where, School) else where.pk if isinstance(where, Board) else None
        dates = self.dates(plg)
        leader = self.people[plg.facilitator or "Carla Nijhuis"]
        return Community(
            **owner,
            board_id=board,
            kind=plg.kind,
            name=plg.name,
            sort_name=sort_key(plg.name),
            theme=plg.theme,
            question=plg.question,
            blurb=plg.blurb,
            ambition=plg.ambition,
            description=plg.description,
            levels=plg.levels,
            subjects=plg.subjects,
            commitments=plg.commitments,
            state=plg.state,
            cadence_weeks=plg.weeks,
            seats_min=plg.seats[0],
            seats_max=plg.seats[1],
            join_policy=plg.policy,
            listed=plg.listed,
            wants_pairs=plg.kind == Kind.LEARNING_NETWORK,
            outcome=plg.outcome,
            started_on=dates[0] if plg.state not in (State.CONCEPT, State.RECRUITING) else None,
            closed_at=at(dates[-1] + timedelta(days=7)) if plg.state == State.CLOSED else None,
            created_by=leader,
        )

    def regions(self, plg):
        """The holiday regions of all who take part."""
        both = plg.owner == self.places.network.name
        home = "Zuid" if plg.owner in ("Bestuur Rijnoevers", *texts_south()) else "Midden"
        return ("Midden", "Zuid") if both or plg is texts.HOOGBEGAAFD else (home,)

    def dates(self, plg):
        """All dates of a PLG, behind and ahead."""
        regions = self.regions(plg)
        if not plg.titles:
            return []
        if plg.next_in is None:
            ago = ENDED if plg.state == State.CLOSED else LONG_AGO
            last = days.last_until(self.today - ago, regions)
            return days.rhythm(last, plg.weeks, regions, ahead=timedelta(0))
        off = [day for name in ("Els Jansen",) if name in plg.members for day in staff.DAYS_OFF[name]]
        begins = time.fromisoformat(plg.starts)
        wanted = self.today + timedelta(days=plg.next_in)
        if plg.next_in == 0 and self.moment.astimezone(ZoneInfo(AMSTERDAM)).time() >= begins:
            wanted += timedelta(days=1)
        coming = days.first_from(wanted, regions, off)
        if plg.state == State.RECRUITING:
            return days.rhythm(coming, plg.weeks, regions, behind=timedelta(0), ahead=timedelta(weeks=26))
        if plg.kind == Kind.LEARNING_NETWORK:  # five in all: two behind, three ahead
            dates = days.rhythm(coming, plg.weeks, regions)
            here = dates.index(coming)
            return dates[max(here - 2, 0) : max(here - 2, 0) + 5]
        return days.rhythm(coming, plg.weeks, regions)

    def _meetings(self):
        rows = {plg.name: list(self._of(plg)) for plg in texts.PLGS}
        Meeting.objects.bulk_create(meeting for meetings in rows.values() for meeting in meetings)
        answers, attendances = [], []
        for plg in texts.PLGS:
            for meeting in rows[plg.name]:
                if meeting.held_on < self.today:
                    self._was_held(plg, meeting, answers, attendances)
            coming = [meeting for meeting in rows[plg.name] if meeting.held_on >= self.today]
            for meeting in coming[:1]:
                self._will_come(plg, meeting, answers)
        Answer.objects.bulk_create(answers)
        Attendance.objects.bulk_create(attendances)
        self._guests(rows)

    def _of(self, plg):
        """The meetings of one PLG, in order; titles are laid so that the last ones lie ahead."""
        dates = self.dates(plg)
        if not dates:
            return
        community = self.communities[plg.name]
        leader = self.people[plg.facilitator or "Carla Nijhuis"]
        starts, ends = time.fromisoformat(plg.starts), time.fromisoformat(plg.ends)
        series = Series.objects.create(
            community=community,
            weekday=dates[0].weekday(),
            cadence_weeks=plg.weeks,
            starts=starts,
            ends=ends,
            created_by=leader,
        )
        here = sum(day < self.today for day in dates)
        home = self.places.schools.get(plg.owner)
        for place, day in enumerate(dates):
            school, room = home, plg.room
            if plg.kind == Kind.LEARNING_NETWORK:
                school, room = self.places.schools[texts.HOSTS[place]], "aula" if place == 0 else "teamkamer"
            elif not home:  # a board's or network's PLG meets at its members' schools in turn
                hosts = sorted({self.school_of[p].name for p in self.members[plg.name] if p in self.school_of})
                school = self.places.schools[hosts[place % len(hosts)]]
            yield Meeting(
                community=community,
                series=series,
                title=self._title(plg, place, here),
                preparation=plg.preparation if place == here else "",
                held_on=day,
                starts=starts,
                ends=ends,
                place=Place.ONLINE if plg.online and place % 2 == here % 2 else Place.ONSITE,
                link="https://vergaderen.example/plg" if plg.online and place % 2 == here % 2 else "",
                school=school,
                room=room,
            )

    def _title(self, plg, place, here):
        """Far ahead no title is known yet; the rest of the list ends shortly after the next meeting."""
        if plg.kind == Kind.LEARNING_NETWORK or plg.state in (State.CLOSED, State.RECRUITING):
            return plg.titles[place] if place < len(plg.titles) else ""
        nearest = min(len(plg.titles) - 1, 7)
        index = nearest + place - here
        if index < 0:
            return plg.titles[index % nearest] if nearest else plg.titles[0]
        return plg.titles[index] if index < len(plg.titles) else ""

    def _was_held(self, plg, meeting, answers, attendances):
        """Who had answered, and who was there."""
        lately = meeting.held_on > self.today - timedelta(days=70)
        for person in self.members[plg.name]:
            leads = person.name == plg.facilitator
            often_away = person.name == "Wendy Kuipers" and lately
            was_there = leads or (not often_away and self.chance.random() < plg.turnout)
            if was_there or self.chance.random() < 0.6:
                answers.append(self._answer(meeting, person, was_there))
            attendances.append(
                Attendance(
                    meeting=meeting,
                    person=person,
                    was_there=was_there,
                    minutes=meeting.minutes if was_there else 0,
                    marked_by=self.people.get(plg.facilitator),
                )
            )

    def _will_come(self, plg, meeting, answers):
        """Answers for the next meeting. Els has not answered yet: it is one of her three requests."""
        for person in self.members[plg.name]:
            if person.name == staff.MAIN["teacher"]:
                continue
            if person.name == plg.facilitator:
                answers.append(self._answer(meeting, person, True))
            elif person.name == "Ruben Mulder":
                answers.append(self._answer(meeting, person, False))
            elif self.chance.random() < plg.answered:
                answers.append(self._answer(meeting, person, self.chance.random() < 0.93))

    def _answer(self, meeting, person, comes):
        there = Coming.ONLINE if meeting.place == Place.ONLINE else Coming.ROOM
        return Answer(
            meeting=meeting,
            person=person,
            coming=there if comes else Coming.ABSENT,
            reason="" if comes else self.chance.choice(texts.REASONS),
        )

    def _guests(self, rows):
        """Each guest is invited to one meeting to come."""
        for name in (texts.REKENEN.name, texts.BREDE_VORMING.name):
            guests = Membership.objects.filter(community=self.communities[name], role=Role.GUEST).order_by("pk")
            later = [meeting for meeting in rows[name] if meeting.held_on >= self.today][1:2]
            for meeting in later:
                meeting.guests.set(guests)


def texts_south():
    """Names of the schools in the southern region."""
    from plg_platform.demo.places import SCHOOLS

    return [name for name, _code, board, *_rest in SCHOOLS if board == 1]
