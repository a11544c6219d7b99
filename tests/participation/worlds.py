"""Random school years for figures: people move, work at two schools, lead and take part, come late, are corrected."""

from collections import defaultdict
from datetime import date, time, timedelta
from random import Random

from communities.choices import MembershipState, Theme
from communities.meetings import ledger
from communities.meetings.models import Attendance, Meeting
from communities.models import Membership
from organisations import hours
from organisations.choices import Function, HoursKind, RoleKind
from organisations.models import Affiliation, Hours, Network, Role, School
from organisations.room import RoomRequest
from participation import closing, months
from participation.models import Figure
from people.models import User
from tests import cast

FIRST = date(2024, 8, 1)
SIZES = {"A": [3, 8, 13, 18], "B": [4, 5, 12]}
THEMES = [Theme.MATHS, Theme.MATHS, Theme.READING, Theme.SCIENCE, Theme.GIFTED, Theme.EARLY]


class World:
    """Two boards in a network. `play` lets a month go by, `close` makes its figures and remembers of which rows."""

    def __init__(self, seed, sizes=None):
        self.chance = Random(seed)
        self.month = FIRST
        self.made = []  # (row, person, figure, minutes)
        self.number = 0
        self.boards = [cast.board(f"Bestuur {name}", f"4200{n}") for n, name in enumerate("AB")]
        self.network = Network.objects.create(name="Netwerk")
        self.network.boards.add(*self.boards)
        self.schools, self.staff = [], {}
        for board, counts in zip(self.boards, (sizes or SIZES).values(), strict=True):
            for n, count in enumerate(counts):
                code = f"{10 + n}{'AB'[self.boards.index(board)]}Z00"
                school = cast.school(f"School {board.pk}-{n}", code, board)
                self.schools.append(school)
                self.staff[school] = self._people(school, count)
                self._role(self.staff[school][0], RoleKind.SCHOOL_LEADER, school=school)
        self._role(self.staff[self.schools[1]][-1], RoleKind.BOARD_ADMIN, board=self.boards[0])
        everybody = [person for people in self.staff.values() for person in people]
        for person in self.chance.sample(everybody, 3):  # two schools are normal
            Affiliation.objects.create(person=person, school=self.chance.choice(self.schools), from_on=FIRST)
        self.plgs = [self._plg(n, theme) for n, theme in enumerate(THEMES)]

    def _people(self, school, count):
        people = User.objects.bulk_create(
            User(name=f"Collega {school.pk}-{n}", email=f"c{school.pk}-{n}@school.example", password="!")
            for n in range(count)
        )
        Affiliation.objects.bulk_create(
            Affiliation(person=person, school=school, from_on=date(2020, 8, 1), function=Function.TEACHER)
            for person in people
        )
        return people

    def _role(self, person, kind, **place):
        Role.objects.create(person=person, kind=kind, **place)

    def _plg(self, n, theme):
        """Members of one or a few schools; leaders take part like anybody else."""
        homes = self.chance.sample(self.schools, self.chance.choice([1, 2, 4]))
        near = [(person, home) for home in homes for person in self.staff[home]]
        members = self.chance.sample(near, min(len(near), self.chance.choice([4, 7, 8, 12])))
        community = cast.plg(homes[0], f"PLG {n}", theme=theme)
        Membership.objects.bulk_create(
            Membership(community=community, person=person, school=home, state=MembershipState.ACTIVE)
            for person, home in members
        )
        return community, [person for person, _home in members]

    # What happens in a month -------------------------------------------------------------------------

    def play(self):
        """Meetings, with everybody there or half of them; visits, training; people move, are erased; corrections."""
        for community, members in self.plgs:
            for _n in range(self.chance.choice([0, 1, 1, 2])):
                self._meeting(community, members, self._day())
        for kind in (HoursKind.VISIT, HoursKind.TRAINING):
            everybody = [person for people in self.staff.values() for person in people]
            for person in self.chance.sample(everybody, self.chance.choice([0, 3, 20])):
                self._other(person, kind)
        if self.chance.random() < 0.4:
            self._move()
        if self.chance.random() < 0.15:
            self._erase()
        for _n in range(self.chance.choice([0, 2, 6])):
            self._correct()
        if self.month == date(2025, 1, 1):  # a school goes to another board
            School.objects.filter(pk=self.schools[1].pk).update(board=self.boards[1])

    def _day(self):
        return self.month + timedelta(days=self.chance.randrange(27))

    def _meeting(self, community, members, day):
        meeting = Meeting.objects.create(community=community, held_on=day, starts=time(15, 30), ends=time(17))
        often = self.chance.choice([0, 0.5, 0.9, 1])
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, person=person, was_there=there, minutes=minutes if there else 0)
            for person in members
            for there in [self.chance.random() < often]
            for minutes in [self.chance.choice([90, 90, 90, 45, 120])]
        )
        for person in members:
            if self.chance.random() < 0.3:
                RoomRequest.objects.create(
                    person=person, school=self.schools[0], held_on=day, starts=time(15), ends=time(17),
                    source=ledger.source(meeting.pk), state="granted",
                )  # fmt: skip
        if self.chance.random() < 0.85:  # else somebody still has to write down who was there
            ledger.write(meeting)

    def _other(self, person, kind):
        self.number += 1
        minutes = self.chance.choice([30, 60, 180, -20, 100_000])
        hours.write(person, kind=kind, minutes=minutes, held_on=self._day(), source=f"{kind}:{self.number}")

    def _move(self):
        """Somebody works elsewhere from the middle of the month on."""
        person = self.chance.choice(self.staff[self.chance.choice(self.schools)])
        person.affiliations.filter(until_on=None, from_on__lt=self.month).update(until_on=self._day())
        Affiliation.objects.create(person=person, school=self.chance.choice(self.schools), from_on=self._day())

    def _erase(self):
        """Somebody is erased; what was learned together stands, without her."""
        gone = self.chance.choice(self.staff[self.chance.choice(self.schools)])
        Attendance.objects.filter(person=gone).delete()
        Hours.objects.filter(person=gone).update(person=None, source="")
        Membership.objects.filter(person=gone).delete()

    def _correct(self):
        """Of a meeting long ago somebody was there after all, or not so long, or not at all."""
        rows = list(Attendance.objects.filter(meeting__held_on__lt=self.month + timedelta(days=27)).order_by("pk"))
        if rows:
            row = self.chance.choice(rows)
            row.was_there, row.minutes = self.chance.choice([(True, 90), (True, 30), (False, 0)])
            row.save()
            ledger.write(row.meeting)

    # Closing -----------------------------------------------------------------------------------------

    def close(self):
        """Let the month be over, and remember which rows made which figure."""
        before = {row.pk: row.counted_minutes for row in Hours.objects.all()}
        known = set(Figure.objects.values_list("pk", flat=True))
        closing.close_due(months.after(self.month).replace(day=8))
        for row in Hours.objects.exclude(figure_id=None).exclude(figure_id__in=known):
            self.made.append((row.pk, row.person_id, row.figure_id, row.counted_minutes - before.get(row.pk, 0)))
        self.month = months.after(self.month)

    def through(self, count):
        """So many months, each closed."""
        for _n in range(count):
            self.play()
            self.close()
        return self

    def people_of_figures(self):
        """figure -> {person: her minutes in it}, without who may see figures."""
        looking = set(Role.objects.filter(kind__in=closing.LOOKING).values_list("person", flat=True))
        found = defaultdict(lambda: defaultdict(int))
        for _row, person, figure, minutes in self.made:
            if person and person not in looking:
                found[figure][person] += minutes
        return {figure: {who: minutes for who, minutes in of.items() if minutes} for figure, of in found.items()}
