"""The proof: of somebody in the demo, who did everything that people do there, nothing is left afterwards."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from activity import outbox
from activity.journal import record
from activity.models import Silence
from communities.choices import MembershipState
from communities.discussions.actions import reply
from communities.discussions.models import Post
from communities.meetings.models import AgendaItem, Minutes, MinutesVersion
from communities.models import Membership
from communities.search import index
from organisations.models import Board, Invitation, School, StaffImport
from people import downloads, erasing
from people.models import Leaving, User
from plg_platform.demo import build
from tests.people.scan import in_broker, in_database, in_files, with_number


@pytest.fixture
def demo(settings, db):
    settings.DEMO = True
    return build.fill()


def busiest():
    """Who wrote most among those whom nothing keeps here, and whose name and address are only hers."""
    writers = Post.objects.exclude(author=None).values_list("author", flat=True)
    found = sorted(set(writers), key=lambda pk: (-list(writers).count(pk), pk))
    people = [User.objects.get(pk=pk) for pk in found]
    return next(each for each in people if not erasing.in_the_way(each))


def test_of_somebody_in_the_demo_nothing_is_left(
    demo, valkey, mailserver, django_capture_on_commit_callbacks, settings
):
    who = busiest()
    plg = Membership.objects.filter(person=who, state=MembershipState.ACTIVE).first().community
    other = plg.memberships.active().exclude(person=who).exclude(person=None).first().person
    topics = list(plg.topics.filter(posts__author=who).distinct())
    browser = Client()
    browser.force_login(who, backend="people.backends.PersonBackend")
    for name in ("home", "people:profile", "communities:logbook"):
        browser.get(reverse(name))
    who.photo.save("x.jpg", ContentFile(who.email.encode()))
    downloads.ask(who)
    downloads.make_all()
    downloads.ask(who)  # one that is not made yet
    said = reply(topics[0], by=other, text=f"Dank je @{who.name}, en mail naar {who.email}.")
    meeting = plg.meetings.first()
    item = AgendaItem.objects.create(community=plg, title="Kijken", instruction=f"{who.name} begint.")
    index.follow(item)
    MinutesVersion.objects.create(
        minutes=Minutes.objects.get_or_create(meeting=meeting)[0],
        number=99,
        sections=[{"title": "Afspraken", "text": f"{who.name} maakt de foto's."}],
    )
    record("tests.told", by=other, about=plg, tell=[other], who=who.name, to=who.email)
    outbox.put("tests.told", occasion="x", about=plg, addresses=[who.email], facts={"who": who.name}, due_at=now())
    Invitation.objects.create(email=who.email, name=who.name, school=plg.owner_school or School.objects.first())
    StaffImport.objects.create(board=Board.objects.first(), file_name="x", rows=[[who.name, who.email]])
    Silence.objects.create(address=who.email)
    words = [who.name, who.email, sha256(who.email.encode()).hexdigest()]
    before = in_database(*words)
    assert len(before) >= 10, before

    with django_capture_on_commit_callbacks(execute=True):
        erasing.ask(who)
    Leaving.objects.update(due_at=now() - timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE plg_app")
    with django_capture_on_commit_callbacks(execute=True):
        assert erasing.erase(who.pk)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")

    assert in_database(*words) == {}
    assert with_number(who.pk, besides=["people_erasure"]) == {}
    assert in_files(*words) == []
    assert in_broker(valkey, *words) == []
    said.refresh_from_db()
    assert said.text == "Dank je @oud-lid, en mail naar oud-lid."
    reader = Client()
    reader.force_login(other, backend="people.backends.PersonBackend")
    for topic in topics:
        assert "Oud-lid" in reader.get(topic.get_absolute_url()).content.decode()
    for name in ("communities:home", "communities:members"):
        assert reader.get(reverse(name, args=[plg.pk])).status_code == 200
    for meeting in plg.meetings.all()[:5]:
        assert reader.get(meeting.get_absolute_url()).status_code == 200


def test_one_after_the_other_the_demo_empties_without_a_trace(demo, django_capture_on_commit_callbacks):
    went = 0
    for who in User.objects.filter(is_active=True).order_by("pk")[:30]:
        if erasing.in_the_way(who):
            continue
        Leaving.objects.create(person=who, due_at=now() - timedelta(hours=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert erasing.erase(who.pk), who
        assert in_database(who.name, who.email) == {}
        assert with_number(who.pk, besides=["people_erasure"]) == {}
        went += 1
    assert went > 15
