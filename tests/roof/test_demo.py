"""The demo can be believed: it shows every state, keeps to the calendar, and is the same every time."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import path, reverse
from django.utils.timezone import now

from activity.digest import contents_of
from activity.models import Ask, Notification
from communities.choices import Kind, MembershipState, Role, State
from communities.meetings.models import Meeting
from communities.models import Community, Introduction, Membership
from core.time import today
from organisations.imports.staff import Judge
from organisations.models import Board, Invitation, Network, School, StaffImport
from people import calendar
from people.models import User
from plg_platform.demo import build, scale, staff, texts
from plg_platform.demo.views import demo_sign_in
from plg_platform.urls import urlpatterns as usual
from tests.cast import person

urlpatterns = [*usual, path("demo/sign-in/", demo_sign_in, name="demo_sign_in")]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
BUTTONS = ["teacher", "facilitator", "school_leader", "network_admin", "board_admin"]


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO, settings.DEMO_ROLES = True, [(role, role) for role in BUTTONS]


def who(part):
    return User.objects.get(email=staff.main_address(part))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_it_is_as_large_as_promised():
    build.fill()
    assert (Board.objects.count(), School.objects.count(), Network.objects.count()) == (2, 9, 1)
    assert 115 <= User.objects.count() <= 125
    assert Community.objects.count() == 14
    assert all(email.endswith(".example") for email in User.objects.values_list("email", flat=True))


def test_every_state_and_every_trouble_can_be_seen():
    build.fill()
    plgs = Community.objects.all()
    assert set(plgs.values_list("state", flat=True)) == set(State)
    assert [plg.name for plg in plgs.living() if not plg.memberships.leading().exists()] == [texts.MIDDENBOUW.name]
    dateless = [plg.name for plg in plgs.filter(state=State.ACTIVE) if not plg.meetings.upcoming().exists()]
    assert dateless == [texts.TECHNIEK.name]
    full = plgs.get(name=texts.FORMATIEF.name)
    assert full.memberships.seated().count() == full.seats_max
    assert full.memberships.in_line().count() == 2
    assert Membership.objects.filter(state=MembershipState.INVITED, person=None).exists()


def test_nobody_has_more_members_than_seats():
    build.fill()
    for plg in Community.objects.with_seats():
        assert plg.taken <= plg.seats_max, plg


def test_the_learning_network_meets_five_times_at_five_schools_and_schools_come_in_pairs():
    build.fill()
    network = Community.objects.get(kind=Kind.LEARNING_NETWORK)
    hosts = list(network.meetings.values_list("school", flat=True))
    assert len(hosts) == len(set(hosts)) == 5
    assert network.wants_pairs
    for pair in network.pairs.all():
        taking_part = network.memberships.active().filter(school=pair.school, person__in=[pair.first, pair.second])
        assert taking_part.count() == 2
        assert pair.promised_at


@pytest.mark.parametrize(
    "moment",
    ["2026-11-22 12:00", "2026-12-24 09:00", "2027-01-02 23:30", "2027-05-05 10:00", "2027-07-20 16:00"],
)
def test_on_whatever_day_it_is_filled_nobody_meets_in_a_holiday(moment):
    with time_machine.travel(at(moment), tick=False):
        build.fill()
        for meeting in Meeting.objects.select_related("community"):
            members = meeting.community.memberships.seated().exclude(school=None)
            for region in set(members.values_list("school__region", flat=True)):
                assert calendar.is_working_day(meeting.held_on, region), (meeting.held_on, meeting.community.name)
        rows = Meeting.objects.filter(community__state=State.ACTIVE)
        assert rows.past().exists()
        assert rows.upcoming().exists()


def test_the_teacher_has_a_meeting_in_three_days_and_a_few_requests():
    with time_machine.travel(at("2026-11-23 09:00"), tick=False):
        build.fill()
        els = who("teacher")
        mine = els.memberships.active().values("community")
        assert Meeting.objects.filter(community__in=mine).upcoming().first().held_on.isoformat() == "2026-11-26"
        asked = Ask.objects.for_today(els)
        assert sorted(asked.values_list("kind", flat=True)) == [
            "communities.invited",
            "events.thanked",
            "impact.answer",
            "meetings.act",
            "meetings.answer",
            "meetings.answer",
            "meetings.approve",
        ]


def test_the_facilitator_leads_three_plgs_and_meets_today_or_on_the_next_working_day():
    with time_machine.travel(at("2026-11-23 09:00"), tick=False):
        build.fill()
        sanne = who("facilitator")
        leads = sanne.memberships.leading().values("community")
        assert len(leads) == 3
        assert Meeting.objects.filter(community__in=leads).upcoming().first().held_on.isoformat() == "2026-11-23"


def test_people_are_on_their_way_in_and_a_staff_list_asks_two_things():
    build.fill()
    assert Invitation.objects.open().count() == 6
    waiting = StaffImport.objects.get()
    assert sum(bool(verdict.asks) for verdict in Judge(waiting.board, waiting.rows).verdicts()) == 2


def test_the_newest_stands_at_the_head_of_every_bell():
    build.fill()
    rows = Notification.objects.order_by("person", "-pk").values_list("person", "activity__at", "activity__kind")
    wrong = [(newer, older) for newer, older in pairwise(rows) if newer[0] == older[0] and newer[1] < older[1]]
    assert wrong == []


def test_it_is_the_same_every_time():
    def story():
        people = list(User.objects.order_by("pk").values_list("name", "email"))
        places = list(Membership.objects.order_by("pk").values_list("community__name", "person__name", "state"))
        dates = list(Meeting.objects.order_by("pk").values_list("held_on", "title", "school__name"))
        return people, places, dates, list(Ask.objects.order_by("kind", "pk").values_list("kind", "person__name"))

    build.fill()
    first = story()
    connection.check_constraints()  # in life the two are transactions of their own
    build.fill(fresh=True)
    assert story() == first


def test_it_never_touches_a_house_where_somebody_lives(settings):
    person("Iemand Anders")
    with pytest.raises(build.NotADemo, match="--fresh"):
        build.fill()
    settings.DEMO = False
    with pytest.raises(build.NotADemo):
        build.fill(fresh=True)
    assert User.objects.get().name == "Iemand Anders"


def test_no_community_leads_itself_and_every_facilitator_is_active():
    build.fill()
    for row in Membership.objects.leading().select_related("person"):
        assert row.person.is_active
    assert not Membership.objects.filter(role=Role.GUEST).exclude(expertise__gt="").exists()


# Signing in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", BUTTONS)
def test_one_button_a_role_leads_home(role):
    build.fill()
    browser = Client()
    answer = browser.post(reverse("demo_sign_in"), {"role": role})
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert browser.session["demo"] is True
    page = browser.get("/")
    assert page.status_code == 200
    assert who(role).first_name in page.content.decode()


def test_the_sign_in_page_offers_a_button_each():
    page = Client().get(reverse("account_login")).content.decode()
    assert all(f'name="role" value="{role}"' in page for role in BUTTONS)


def test_the_settings_of_a_demo_have_these_buttons():
    code = "from django.conf import settings; print(*[role for role, _ in settings.DEMO_ROLES])"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "plg_platform.settings", "DEBUG": "1", "DEMO": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.split() == BUTTONS


def test_the_board_administrator_of_the_demo_reaches_the_staff_list():
    build.fill()
    browser = Client()
    browser.post(reverse("demo_sign_in"), {"role": "board_admin"})
    page = browser.get(reverse("organisations:people"))
    assert reverse("organisations:staff_imports") in page.text
    assert "Kies een bestand" in browser.get(reverse("organisations:staff_imports"), follow=True).text


def test_who_runs_a_network_reads_who_brings_in_the_staff():
    build.fill()
    browser = Client()
    browser.post(reverse("demo_sign_in"), {"role": "network_admin"})
    network = reverse("organisations:network", args=[Network.objects.get().pk])
    for page in ("/", reverse("organisations:people"), network):
        assert "De beheerder van een bestuur voert de personeelslijst in" in browser.get(page).text, page


@pytest.mark.parametrize("role", ["platform_admin", "", "nobody"])
def test_only_the_roles_with_a_button_can_be_taken(role):
    build.fill()
    browser = Client()
    assert browser.post(reverse("demo_sign_in"), {"role": role}).status_code == 404
    assert "_auth_user_id" not in browser.session


def test_outside_a_demo_the_door_is_closed(settings):
    build.fill()
    settings.DEMO = False
    assert Client().post(reverse("demo_sign_in"), {"role": "teacher"}).status_code == 404


def test_a_link_in_a_mail_signs_nobody_in():
    build.fill()
    assert Client().get(reverse("demo_sign_in"), {"role": "teacher"}).status_code == 405


@pytest.mark.parametrize(("wish", "goes"), [("/communities/", "/communities/"), ("//evil.example/", "/")])
def test_it_leads_on_to_pages_of_ours_only(wish, goes):
    build.fill()
    answer = Client().post(reverse("demo_sign_in"), {"role": "teacher", "next": wish})
    assert answer["Location"] == goes


def test_without_demo_people_it_says_what_to_do():
    answer = Client().post(reverse("demo_sign_in"), {"role": "teacher"}, follow=True)
    assert "make demo" in answer.content.decode()


# The size of the country --------------------------------------------------------------------------


def test_scale_data_keep_their_proportions_and_can_be_lived_in():
    counts = scale.seed(200)
    assert counts["User"] == counts["Affiliation"] == 200
    assert counts["Community"] == 20
    assert counts["Meeting"] == 20 * scale.MEETINGS
    plg = Community.objects.first()
    assert plg.memberships.seated().count() == scale.IN_PLG
    assert plg.board_id == plg.owner_school.board_id
    coming = plg.meetings.upcoming().count()
    assert scale.AHEAD - 1 <= coming <= scale.AHEAD + 1
    assert plg.meetings.past().first().held_on > now().date() - timedelta(days=90)
    letter = contents_of([plg.memberships.first().person])[plg.memberships.first().person_id]
    assert (letter.news, len(letter.asks)) == (scale.TOPICS + scale.POSTS + 1, 2)
    Board.objects.create(name="Een nieuw bestuur", number="12345")  # the sequences go on after the seed


def test_the_learning_network_has_home_tasks_and_the_connector_made_introductions():
    build.fill()
    network = Community.objects.get(name=texts.BREDE_VORMING.name)
    before, task = network.home_tasks.order_by("due_on")
    assert not before.hand_ins.filter(answered_at=None).exists()
    assert task.due_on >= today() or task.hand_ins.filter(answered_at=None).exists()
    assert task.experts.get().person.name == "Willem Postma"
    assert {row.is_accepted for row in Introduction.objects.all()} == {True, False}
