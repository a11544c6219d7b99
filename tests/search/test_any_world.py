"""Whatever happens in whatever order: what somebody finds is what the pages would show her, and all of it."""

from types import SimpleNamespace

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities import actions as plgs
from communities.actions import logbook
from communities.choices import MembershipState, Role
from communities.discussions import actions as discussing
from communities.discussions.models import Post, Topic
from communities.meetings.actions import action_points, agenda
from communities.meetings.actions import minutes as minuting
from communities.meetings.models import ActionPoint, AgendaItem, Minutes
from communities.models import Community, LogbookEntry
from communities.rules import standing
from communities.search import index
from communities.search.models import SearchText
from communities.search.rules import doors_of
from core.refusals import Refused
from core.standing import forget
from core.time import today
from tests import cast as people
from tests.search.conftest import found_by

CROWD, PLACES = 3, 2
WORD = "kikkervisje"
DEEDS = """
    open case network reply edit remove restore move retitle write share take_back delete leave reads_on
    item case_item drop_item agree grow propose approve"""
VERBS = DEEDS.split()
steps = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, CROWD - 1), st.integers(0, PLACES - 1), st.integers(0, 9)),
    min_size=6,
    max_size=14,
)


class Undo(Exception):
    """Take back what an example did."""


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=steps)
def test_everybody_finds_what_her_pages_show(cast, steps):
    try:
        with transaction.atomic():
            _go(_world(cast), steps)
            raise Undo
    except Undo:
        pass


def _world(cast):
    places = [people.plg(cast.regenboog, name, seats_min=2, seats_max=8) for name in ("PLG Lezen", "PLG Spelen")]
    crowd = [people.person(f"Collega {n}") for n in range(CROWD)]
    for n, one in enumerate(crowd):
        people.works(one, cast.regenboog)
        people.member(places[n % PLACES], one)
    for place in places:
        people.member(place, cast.fatima, Role.FACILITATOR)
        people.member(place, cast.gijs, Role.GUEST)
        people.meeting(place, days=-1)
    leaver = people.person("Oud-lid")
    people.works(leaver, cast.regenboog)
    people.member(places[0], leaver, state=MembershipState.ENDED)
    places[0].leavers_read = True
    places[0].save()
    for n, place in enumerate(places):
        one = crowd[n]
        for is_case in (False, True):
            topic = discussing.open_topic(place, by=one, title="Iets", text=f"Een {WORD}.", is_case=is_case)
            discussing.reply(topic, by=one, text=f"Nog een {WORD}.")
        entry = logbook.write_entry(one, happened_on=today(), words={"saw": f"Mijn {WORD}."})
        logbook.share_entry(entry, by=one, community=place)
        _grow(place.meetings.first(), cast.fatima, text=WORD)
        for is_case in (False, True):
            holders = list(place.memberships.filter(person=one))
            action_points.agree(place, by=cast.fatima, holders=holders, text=f"Vang een {WORD}", is_case=is_case)
    everybody = [
        *crowd,
        leaver,
        cast.fatima,
        cast.amina,
        cast.gijs,
        cast.bram,
        cast.noor,
        cast.ben,
        cast.paula,
        cast.dele,
    ]
    return SimpleNamespace(cast=cast, places=places, crowd=crowd, everybody=everybody)


def _go(world, steps):
    for verb, who, where, which in steps:
        try:
            with transaction.atomic():
                _do(world, verb, world.crowd[who], Community.objects.get(pk=world.places[where].pk), which)
        except Refused:
            pass
        _promises_hold(world.crowd)
    _promises_hold(world.everybody)
    assert set(index.heal_all().values()) == {0}, "the deeds kept the index themselves"


def _nth(rows, which):
    rows = list(rows.order_by("pk"))
    return rows[which % len(rows)] if rows else None


def _do(world, verb, one, plg, which):  # noqa: C901 - a list of deeds
    forget(one)
    forget(world.cast.fatima)
    leader, text = world.cast.fatima, f"Een {WORD} van {one.pk}."
    takes_part = plg.pk in standing(one).member_of
    topic = _nth(Topic.objects.filter(community=plg), which)
    post = _nth(Post.objects.filter(topic__community=plg), which)
    entry, item = _nth(LogbookEntry.objects.own(one), which), _nth(AgendaItem.objects.filter(community=plg), which)
    meeting = plg.meetings.first()
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if verb in ("open", "case") and takes_part:
        discussing.open_topic(plg, by=one, title=f"Over een {WORD}", text=text, is_case=verb == "case")
    elif verb == "network" and takes_part:
        discussing.ask_network(plg, by=one, network=world.cast.network, title=f"Wie kent een {WORD}?", text=text)
    elif verb == "reply" and topic and takes_part:
        discussing.reply(topic, by=one, text=text)
    elif verb == "edit" and post and post.author_id:
        discussing.edit_post(post, by=post.author, text=text if which % 2 else "Iets anders.")
    elif verb == "remove" and post:
        discussing.remove(post, by=leader)
    elif verb == "restore" and post:
        discussing.restore(post, by=leader)
    elif verb == "move" and topic:
        discussing.move(topic, by=leader, community=world.places[which % PLACES])
    elif verb == "retitle" and topic:
        title = f"Geen {WORD}" if which % 2 else "Iets anders"
        discussing.edit_topic(topic, by=leader, title=title, kind=topic.kind, is_case=which % 3 == 0)
    elif verb == "write":
        of_plg = {"community": plg, "of_the_plg": True} if which % 2 and takes_part else {}
        logbook.write_entry(one, happened_on=today(), words={"saw": text}, **of_plg)
    elif verb == "share" and entry:
        logbook.share_entry(entry, by=one, community=plg)
    elif verb == "take_back" and entry:
        logbook.take_back_entry(entry, by=one)
    elif verb == "delete" and entry:
        logbook.delete_entry(entry, by=one)
    elif verb == "leave" and takes_part:
        plgs.leave(plg.memberships.get(person=one), by=one)
    elif verb == "reads_on":
        Community.objects.filter(pk=plg.pk).update(leavers_read=not plg.leavers_read)
    elif verb in ("item", "case_item"):
        kind = "case" if verb == "case_item" else "other"
        agenda.propose_item(plg, by=one, title=f"Een {WORD}", kind=kind, minutes=10)
    elif verb == "drop_item" and item:
        agenda.drop_item(item, by=leader)
    elif verb == "agree":
        holders = list(plg.memberships.filter(state=MembershipState.ACTIVE).exclude(role=Role.GUEST))
        action_points.agree(
            plg, by=leader, holders=holders[: 1 + which], text=f"Vang een {WORD}", is_case=which % 2 == 1
        )
    elif verb == "grow" and minutes.state == "draft":
        _grow(meeting, leader, text=WORD if which % 2 else "Niets")
    elif verb == "propose" and minutes:
        minuting.propose(minutes, by=leader)
    elif verb == "approve" and minutes and takes_part:
        minuting.approve(minutes, by=one, number=minutes.number)


def _grow(meeting, leader, text):
    """Minutes with something for everybody, and something about a case."""
    minutes = minuting.grow(meeting, by=leader)
    version = minutes.versions.first()
    version.sections = [
        {"key": "a", "kind": "step", "title": "Wat", "text": text},
        {"key": "b", "kind": "case", "title": "", "text": f"Zielig {WORD}", "case": True},
    ]
    version.save()
    index.follow(minutes)


def _promises_hold(people_here):
    for person in people_here:
        forget(person)
        assert found_by(person, WORD) == _shown(person), person
        seen = SearchText.objects.allowing(person, "view")
        assert set(seen.values_list("unit", flat=True)) <= {"topic", "entry", "minutes", "item", "action", "protocol"}
        assert bool(doors_of(person))


def _shown(person):
    """What the pages' own rules show her in which the word stands."""
    mine = standing(person)
    topics = Topic.objects.allowing(person, "view")
    found = {("topic", topic.pk) for topic in topics if WORD in topic.title}
    posts = Post.objects.allowing(person, "view").filter(removed_at=None)
    found |= {("topic", post.topic_id) for post in posts if WORD in post.text}
    found |= {("entry", entry.pk) for entry in LogbookEntry.objects.allowing(person, "view") if WORD in entry.saw}
    for minutes in Minutes.objects.allowing(person, "view").select_related("meeting"):
        sections = minutes.versions.get(number=minutes.number).sections
        takes_part = minutes.meeting.community_id in mine.member_of
        if any(WORD in section["text"] for section in sections if takes_part or not section.get("case")):
            found.add(("minutes", minutes.pk))
    items = AgendaItem.objects.allowing(person, "view").exclude(state="dropped")
    found |= {("item", item.pk) for item in items if item.community_id not in mine.guest_of}
    first = {}
    for point in ActionPoint.objects.allowing(person, "view").order_by("pk"):
        if point.community_id not in mine.guest_of:
            first.setdefault(point.given_together or point.pk, point.pk)
    return found | {("action", pk) for pk in first.values()}
