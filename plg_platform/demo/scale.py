"""Data in the size of Dutch primary and secondary education, for measuring. Written with COPY, the same each time.

Per 250,000 people: 1,900 boards, 8,700 schools, 25,000 PLGs of eight members, a
million meetings; answers and attendance of the last two meetings and the next;
what happened in each PLG in a week, and what its members are asked.
"""

import io
import json
from datetime import date, datetime, time, timedelta
from string import ascii_uppercase
from uuid import UUID

import pgtrigger
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils.timezone import now

from activity.models import Activity, Ask, Notification
from communities.choices import Listed, MembershipState, Role, State, Theme
from communities.discussions.models import Post, Topic
from communities.meetings.choices import Coming
from communities.meetings.models import Answer, Attendance, Meeting
from communities.models import Community, Membership
from core.text import sort_key
from core.time import today
from organisations.models import Affiliation, Board, School
from people.models import User
from plg_platform.demo.staff import FIRST, LAST

NATION = 250_000
PLG_SIZE, IN_PLG = 10, 8  # of each ten people, eight are in one PLG
MEETINGS, AHEAD = 40, 4
TOPICS, POSTS = 2, 3  # of the last week
TURN = MEETINGS - AHEAD
CHUNK = 20_000


class Table:
    """Writes rows of one model by COPY. What a row does not say has the field's default, or the column's."""

    def __init__(self, model):
        self.model = model
        fields = [field for field in model._meta.concrete_fields if not (field.generated or field.has_db_default())]
        self.names = [field.attname for field in fields]
        self.columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        self.usual = {field.attname: text(default_of(field)) for field in fields}
        self.first = (model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1

    def write(self, rows):
        """COPY these rows, each a dict of what is not usual. They get consecutive ids from `first` on."""
        total, lines = 0, []
        for total, row in enumerate(rows, 1):
            values = {**self.usual, "id": str(self.first + total - 1)}
            for name, value in row.items():
                values[name] = text(value)
            lines.append("\t".join(values[name] for name in self.names))
            if len(lines) == CHUNK:
                self._copy(lines)
        self._copy(lines)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(_NoStyle, [self.model]):
                cursor.execute(statement)
        return total

    def _copy(self, lines):
        if lines:
            with connection.cursor() as cursor:
                cursor.copy_expert(
                    f"COPY {self.model._meta.db_table} ({self.columns}) FROM STDIN",
                    io.StringIO("\n".join(lines) + "\n"),
                )
            lines.clear()


class _NoStyle:
    def __getattr__(self, name):
        return str


_NoStyle = _NoStyle()


def default_of(field):
    """What a new row has in this field; the moment of writing where the field keeps it by itself."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return now()
    if isinstance(field, models.JSONField):
        return json.dumps(field.get_default())
    return field.get_default()


def text(value):
    """A value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value).replace("\\", r"\\").replace("\t", " ").replace("\n", r"\n")


class Seed:
    """All numbers follow from the number of people; row n of a table always belongs to the same others."""

    def __init__(self, people, *, boards=0, schools=0):
        self.people = people
        self.boards = boards or max(people * 1_900 // NATION, 2)
        self.schools = schools or max(people * 8_700 // NATION, self.boards)
        self.plgs = max(people // PLG_SIZE, 1)
        self.day = today()

    @transaction.atomic
    def write(self, *, talk=True):
        """Write everything; returns how many rows each table got. Without `talk` only people, places and PLGs."""
        tables = (Board, School, User, Affiliation, Community, Membership)
        if talk:
            tables += (Meeting, Answer, Attendance, Topic, Post, Activity, Notification, Ask)
        self.table = {model: Table(model) for model in tables}
        with pgtrigger.ignore():
            return {
                model.__name__: self.table[model].write(getattr(self, f"{model.__name__.lower()}_rows")())
                for model in tables
            }

    def id(self, model, number):
        return self.table[model].first + number

    def school_of(self, person):
        return person * self.schools // self.people

    def board_of(self, school):
        return school * self.boards // self.schools

    def board_rows(self):
        for n in range(self.boards):
            name = f"Schaalbestuur {n}"
            yield {"name": name, "sort_name": sort_key(name), "number": f"{90_000 + n}"}

    def school_rows(self):
        for n in range(self.schools):
            name, brin = f"Schaalschool {n}", n // 10
            letters = ascii_uppercase[brin // 26 % 26] + ascii_uppercase[brin % 26]
            yield {
                "name": name,
                "sort_name": sort_key(name),
                "board_id": self.id(Board, self.board_of(n)),
                "code": f"{90 + brin // 676}{letters}{n % 10:02}",
                "town": "Schaaldorp",
                "sort_town": "schaaldorp",
                "region": ("Noord", "Midden", "Zuid")[n % 3],
            }

    def user_rows(self):
        joined = now() - timedelta(days=400)
        for n in range(self.people):
            name = f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST) % len(LAST)]}"
            yield {
                "name": name,
                "sort_name": sort_key(name),
                "email": f"p{self.id(User, n)}@schaal.example",
                "password": "!",
                "joined_at": joined,
                "welcomed_at": joined,
                "region": ("Noord", "Midden", "Zuid")[self.school_of(n) % 3],
            }

    def affiliation_rows(self):
        for n in range(self.people):
            yield {
                "person_id": self.id(User, n),
                "school_id": self.id(School, self.school_of(n)),
                "from_on": date(2020, 8, 1),
            }

    def community_rows(self):
        themes, listed = list(Theme), [Listed.BOARD, Listed.NETWORK, Listed.EVERYONE, Listed.OWNER]
        for n in range(self.plgs):
            school = self.school_of(n * PLG_SIZE)
            name = f"PLG {themes[n % len(themes)].label} {n}"
            yield {
                "name": name,
                "sort_name": sort_key(name),
                "theme": themes[n % len(themes)],
                "question": "Hoe zien we wat kinderen al weten?",
                "blurb": "We kijken samen naar lessen en proberen tussendoor iets uit.",
                "state": State.ACTIVE,
                "owner_school_id": self.id(School, school),
                "board_id": self.id(Board, self.board_of(school)),
                "listed": listed[n % len(listed)],
                "started_on": date(2022, 9, 1),
            }

    def membership_rows(self):
        joined = now() - timedelta(days=300)
        for n in range(self.plgs):
            for place in range(IN_PLG):
                person = n * PLG_SIZE + place
                yield {
                    "community_id": self.id(Community, n),
                    "person_id": self.id(User, person),
                    "school_id": self.id(School, self.school_of(person)),
                    "role": Role.FACILITATOR if place == 0 else Role.MEMBER,
                    "state": MembershipState.ACTIVE,
                    "joined_at": joined,
                }

    def meeting_rows(self):
        for n in range(self.plgs):
            first = self.day - timedelta(weeks=6 * (MEETINGS - AHEAD)) + timedelta(days=n % 42)
            for place in range(MEETINGS):
                day = first + timedelta(weeks=6 * place)
                yield {
                    "community_id": self.id(Community, n),
                    "title": f"Bijeenkomst {place + 1}",
                    "held_on": day,
                    "starts": time(15, 30),
                    "ends": time(17),
                    "uid": UUID(int=(1 << 120) + self.id(Community, n) * MEETINGS + place),
                }

    def _places(self, wanted):
        """(meeting, person) for these meetings of each PLG and all its members."""
        for n in range(self.plgs):
            for place in wanted:
                for who in range(IN_PLG):
                    yield n * MEETINGS + place, n * PLG_SIZE + who

    def answer_rows(self):
        for meeting, person in self._places(range(TURN - 2, TURN + 1)):
            yield {
                "meeting_id": self.id(Meeting, meeting),
                "person_id": self.id(User, person),
                "coming": Coming.ABSENT if person % 9 == 0 else Coming.ROOM,
            }

    def attendance_rows(self):
        for meeting, person in self._places(range(TURN - 2, TURN)):
            yield {
                "meeting_id": self.id(Meeting, meeting),
                "person_id": self.id(User, person),
                "was_there": person % 9 != 0,
                "minutes": 0 if person % 9 == 0 else 90,
            }

    # The last week: in each PLG somebody came, two conversations began, three people wrote in the first ----------

    def topic_rows(self):
        for n in range(self.plgs):
            for place in range(TOPICS):
                yield {
                    "community_id": self.id(Community, n),
                    "title": f"Wat zagen jullie bij les {place + 1}?",
                    "author_id": self.id(User, n * PLG_SIZE + place + 1),
                    "post_count": 0 if place else POSTS,
                }

    def post_rows(self):
        words = "Ik liet ze eerst vouwen en keek wie er ging tellen."
        for n in range(self.plgs):
            for place in range(POSTS):
                yield {
                    "topic_id": self.id(Topic, n * TOPICS),
                    "number": place + 1,
                    "author_id": self.id(User, n * PLG_SIZE + place + 2),
                    "text": words,
                    "html": f"<p>{words}</p>",
                }

    def _happened(self):
        """(kind, model, number of the row, number of who did it) in each PLG."""
        for n in range(self.plgs):
            yield n, "communities.joined", Membership, n * IN_PLG + IN_PLG - 1, IN_PLG - 1
            for place in range(TOPICS):
                yield n, "discussions.opened", Topic, n * TOPICS + place, place + 1
            for place in range(POSTS):
                yield n, "discussions.replied", Post, n * POSTS + place, place + 2

    def activity_rows(self):
        for n, kind, model, number, who in self._happened():
            yield {
                "kind": kind,
                "by_id": self.id(User, n * PLG_SIZE + who),
                "community_id": self.id(Community, n),
                "about_type_id": ContentType.objects.get_for_model(model).pk,
                "about_id": self.id(model, number),
            }

    def notification_rows(self):
        for activity, (n, _kind, _model, _number, by) in enumerate(self._happened()):
            for who in range(IN_PLG):
                if who != by:
                    person = self.id(User, n * PLG_SIZE + who)
                    yield {"person_id": person, "activity_id": self.id(Activity, activity)}

    def ask_rows(self):
        about_type = ContentType.objects.get_for_model(Meeting).pk
        for meeting, person in self._places(range(TURN + 1, TURN + 3)):
            yield {
                "kind": "meetings.answer",
                "person_id": self.id(User, person),
                "community_id": self.id(Community, person // PLG_SIZE),
                "about_type_id": about_type,
                "about_id": self.id(Meeting, meeting),
                "url": f"/meetings/{self.id(Meeting, meeting)}/",
                "due_on": self.day + timedelta(days=person % 40),
            }


def seed(people, *, years=0, rows=0, talk=True, **places):
    """Write the data for so many people beside what is there, and let the planner of queries know.

    With `years` also so many school years of hours: `rows` for each person in the ledger, all months closed; without
    `rows` only the figures of such a ledger.
    """
    from plg_platform.demo import scale_hours

    seeded = Seed(people, **places)
    counts = seeded.write(talk=talk)
    if years and rows:
        counts["Hours"] = scale_hours.ledger(seeded, years=years, rows=rows)
        counts["closed months"] = scale_hours.close()
    elif years:
        counts["Figure"] = scale_hours.figures(seeded, years=years)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return counts
