"""The main job from beginning to end, in a browser: invited, joined, met, reminded, in the calendar.

`tests/browser` walks it on the cast, `tests/real` on the real schools of two real boards.
"""

import re
import urllib.request
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import icalendar
import time_machine
from django.db.models import Max
from django.urls import reverse
from playwright.sync_api import expect

from activity.models import Delivery
from activity.tasks import tick
from communities import actions
from communities.choices import JoinPolicy, Kind, Listed, Theme
from communities.meetings.actions import plan
from communities.meetings.models import Attendance, Meeting
from communities.meetings.reminders import DAY
from communities.models import Community
from core.time import today
from organisations.choices import Function, RoleKind
from organisations.models import Network
from people import calendar
from people.models import User
from tests.cast import person, role, works

WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1320, "height": 900}}
SHOTS = Path(__file__).resolve().parent.parent / "var" / "shots" / "main-job"
TEACHER = "fenna.hoekstra@school.example"
PROMISE = "Je komt alle vijf de keren, met zijn tweeën. Je school maakt tijd en middelen vrij."
TITLES = [
    "Gezamenlijke start",
    "Kansen voor elk kind",
    "Talent zichtbaar maken",
    "Ouders als partner",
    "Wat bleef, en wat vertellen we verder?",
]


@dataclass
class Stage:
    """Who and what the walk is about."""

    network: Network
    admin: User
    facilitator: User
    school: Any
    community: Community
    meetings: list


def set_the_stage(boards, schools):
    """A leernetwerk *Brede vorming* across these boards: a joint start, then four host schools; schools in pairs."""
    network = Network.objects.create(name="Netwerk Brede vorming")
    network.boards.add(*boards)
    admin, facilitator = person("Jeroen Hofstra"), person("Petra Lindeman")
    works(facilitator, boards[0], Function.EXPERT)
    works(admin, boards[0], Function.STAFF)
    role(admin, RoleKind.NETWORK_ADMIN, network)
    community = actions.start(
        Community(
            kind=Kind.LEARNING_NETWORK,
            name="Leernetwerk Brede vorming",
            theme=Theme.BROAD,
            question="Hoe laat elk kind zien waar het goed in is?",
            blurb="Vijf bijeenkomsten over brede vorming, steeds bij een andere school.",
            commitments=PROMISE,
            owner_network=network,
            seats_min=4,
            seats_max=40,
            join_policy=JoinPolicy.OPEN,
            listed=Listed.EVERYONE,
            wants_pairs=True,
            cadence_weeks=6,
        ),
        by=facilitator,
    )
    actions.recruit(community, by=facilitator)
    actions.begin(community, by=facilitator)
    for number, school in enumerate(schools):
        _pair(community, school, number)
    plan(
        community,
        by=facilitator,
        dates=[
            {"held_on": day, "school": host, "title": title}
            for day, host, title in zip(dates(schools), [None, *schools], TITLES, strict=True)
        ],
        starts=time(15, 30),
        ends=time(17),
        cadence_weeks=6,
        room="Aula van het bestuur",
    )
    community.meetings.exclude(school=None).update(room="teamkamer")
    community.refresh_from_db()
    meetings = list(community.meetings.order_by("starts_at"))
    return Stage(network, admin, facilitator, schools[0], community, meetings)


def _pair(community, school, number):
    """The school's leader promises time and means, and comes with a colleague."""
    leader, colleague = person(f"Schoolleider Nummer{number}"), person(f"Collega Nummer{number}")
    works(leader, school, Function.LEADER)
    works(colleague, school)
    role(leader, RoleKind.SCHOOL_LEADER, school)
    actions.pair(community, by=leader, school=school, first=leader, second=colleague, promised=True)


def dates(schools):
    """Five working days for all these schools, six weeks apart, the first in about two weeks."""
    found, day = [], today() + timedelta(days=15)
    while len(found) < len(TITLES):
        while not all(calendar.is_working_day(day, school.region) for school in schools):
            day += timedelta(days=1)
        found.append(day)
        day += timedelta(weeks=6)
    return found


class Walk:
    """One walk at one width; each step leaves a picture."""

    def __init__(self, stage, browser, website, mailserver, width):
        self.stage, self.browser, self.site, self.mail = stage, browser, website, mailserver
        self.viewport, self.folder = WIDTHS[width], SHOTS / width
        self.folder.mkdir(parents=True, exist_ok=True)
        self.count, self.contexts = 0, []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for context in self.contexts:
            context.close()

    def new_page(self, user=None):
        """A device of somebody, signed in where a person is given."""
        self.contexts.append(self.browser.new_context(viewport=self.viewport, locale="nl-NL"))
        page = self.contexts[-1].new_page()
        if user:
            self.site.sign_in(page, user)
        return page

    def go(self, page, view, *args):
        page.goto(f"{self.site.url}{reverse(view, args=args)}")

    def shot(self, page, name):
        """A picture, and no scrolling sideways."""
        self.count += 1
        page.screenshot(path=self.folder / f"{self.count:02}-{name}.png", full_page=True)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), f"{name} scrolls sideways"

    def submit(self, page):
        page.locator("main form button[type=submit].btn-primary").first.click()

    def letter(self, address, view):
        """The address of this view in the newest letter that has it; what is due is sent first."""
        tick()
        holding = reverse(view, args=["-"]).removesuffix("-/")
        for letter in reversed(self.mail.to(address)):
            text = letter.get_body(("plain",)).get_content()
            if found := re.search(rf"https?://\S*{re.escape(holding)}[^\s<>)]*", text):
                return self.site.url + "/" + found.group().split("/", 3)[3]
        raise AssertionError(
            f"No letter to {address} with {holding}: {[str(row['Subject']) for row in self.mail.letters]}"
        )

    # The steps ----------------------------------------------------------------------------------

    def everything(self):
        self.the_network_admin_invites_a_teacher()
        teacher = self.she_accepts_from_the_mail()
        self.she_joins(teacher)
        self.it_stands_on_her_home(teacher)
        self.she_answers_from_the_reminder()
        self.her_calendar_has_the_dates(teacher)
        self.the_facilitator_marks_who_was_there()
        self.it_stands_nowhere_that_she_was_asked_again(teacher)

    def the_network_admin_invites_a_teacher(self):
        page = self.new_page(self.stage.admin)
        self.go(page, "home")
        self.shot(page, "network-home")
        page.goto(f"{self.site.url}{reverse('organisations:invite')}?school={self.stage.school.pk}")
        page.locator("input[name=name]").fill("Fenna Hoekstra")
        page.locator("input[name=email]").fill(TEACHER)
        self.shot(page, "invite")
        self.submit(page)
        expect(page.locator("main")).to_contain_text(TEACHER)
        self.shot(page, "invited")

    def she_accepts_from_the_mail(self):
        page = self.new_page()
        page.goto(self.letter(TEACHER, "organisations:accept"))
        assert not User.objects.filter(email=TEACHER).exists()  # looking changes nothing
        expect(page.locator("main")).to_contain_text(self.stage.school.name)
        self.shot(page, "accept")
        self.submit(page)
        expect(page).to_have_url(re.compile(re.escape(reverse("people:welcome"))))
        self.shot(page, "welcome")
        for _question in range(3):
            here = page.url
            page.locator("button[name=skip]").click()
            expect(page).not_to_have_url(here)
        expect(page).to_have_url(f"{self.site.url}/")
        self.shot(page, "first-home")
        return page

    def she_joins(self, page):
        self.go(page, "communities:directory")
        self.shot(page, "directory")
        page.get_by_role("link", name=self.stage.community.name).first.click()
        self.shot(page, "plg-card")
        page.locator(f"main a[href='{reverse('communities:join', args=[self.stage.community.pk])}']").first.click()
        page.locator("input[name=promised]").check()
        self.shot(page, "join")
        self.submit(page)
        expect(page.locator("main")).to_contain_text(self.stage.community.question)
        self.shot(page, "plg-home")

    def it_stands_on_her_home(self, page):
        self.go(page, "home")
        expect(page.locator("main")).to_contain_text(self.stage.community.name)
        expect(page.locator("main")).to_contain_text(TITLES[0])
        self.shot(page, "home-with-plg")

    def she_answers_from_the_reminder(self):
        """Two days before, at eight: the tick sends, she taps, without signing in."""
        teacher, meeting = User.objects.get(email=TEACHER), self.stage.meetings[0]
        reminder = Delivery.objects.get(person=teacher, kind=DAY, about_id=meeting.pk)
        self.mail.forget()
        with time_machine.travel(reminder.due_at + timedelta(minutes=1), tick=False):
            link = self.letter(TEACHER, "meetings:answer_by_mail")
        page = self.new_page()
        page.goto(link)
        assert not meeting.answers.filter(person=teacher).exists()  # mail scanners follow links
        self.shot(page, "answer-from-mail")
        page.locator("button[name=coming][value=room]").click()
        expect(page.locator("[role=status]").first).to_be_visible()
        self.shot(page, "answered")
        assert meeting.answers.get(person=teacher).coming == "room"
        assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}

    def her_calendar_has_the_dates(self, page):
        """Her private address, read by a parser that is not ours."""
        self.go(page, "meetings:calendar_choice")
        page.locator("input[name=way][value=feed]").check()
        self.submit(page)
        self.shot(page, "calendar-feed")
        key = User.objects.get(email=TEACHER).calendar_choice.key
        address = f"{self.site.url}{reverse('meetings:feed', args=[key])}"
        with urllib.request.urlopen(address, timeout=20) as answer:
            read = icalendar.Calendar.from_ical(answer.read())
        events = sorted(read.walk("VEVENT"), key=lambda event: event["DTSTART"].dt)
        assert [event["DTSTART"].dt for event in events] == [
            meeting.starts_at.astimezone(events[0]["DTSTART"].dt.tzinfo) for meeting in self.stage.meetings
        ]
        assert [event["DTSTART"].dt.strftime("%Y-%m-%d %H:%M") for event in events] == [
            f"{meeting.held_on} 15:30" for meeting in self.stage.meetings
        ]
        assert {str(event["DTSTART"].params["TZID"]) for event in events} == {"Europe/Amsterdam"}
        hosts = [str(event["LOCATION"]) for event in events[1:]]
        assert [meeting.school.name in host for meeting, host in zip(self.stage.meetings[1:], hosts, strict=True)] == [
            True
        ] * 4

    def the_facilitator_marks_who_was_there(self):
        """The day has come and gone."""
        meeting, teacher = self.stage.meetings[0], User.objects.get(email=TEACHER)
        Meeting.objects.filter(pk=meeting.pk).update(held_on=today() - timedelta(days=1))
        page = self.new_page(self.stage.facilitator)
        self.go(page, "meetings:attendance", meeting.pk)
        self.shot(page, "who-was-there")
        page.locator(f"form[action='{reverse('meetings:mark_all', args=[meeting.pk])}'] button").click()
        expect(page.locator("#roll button[name=was_there][value='1'][aria-pressed=true]")).to_have_count(1)
        self.shot(page, "marked")
        row = Attendance.objects.get(meeting=meeting, person=teacher)
        assert (row.was_there, row.minutes, row.marked_by) == (True, 90, self.stage.facilitator)

    def it_stands_nowhere_that_she_was_asked_again(self, page):
        self.go(page, "home")
        expect(page.locator("main")).to_contain_text(TITLES[1])
        self.shot(page, "home-after")
        assert Attendance.objects.aggregate(most=Max("minutes"))["most"] == 90
