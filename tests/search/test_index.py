"""The index follows its sources: healed, raced, erased."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from communities import actions as plgs
from communities.actions import logbook
from communities.discussions import actions as discussing
from communities.discussions.models import Post, Topic
from communities.models import Community, LogbookEntry
from communities.search import index
from communities.search.models import SearchText
from core.registry import merges
from core.time import today
from tests import cast as people


@pytest.fixture
def strips(cast):
    return discussing.open_topic(cast.maths, by=cast.amina, title="Breukenstroken", text="Wie vouwt ze?")


def test_healing_brings_back_what_was_lost_and_takes_away_what_should_not_be_there(cast, strips, finds):
    discussing.reply(strips, by=cast.tom, text="Ik vouw ze van karton.")
    SearchText.objects.filter(kind="post").delete()
    SearchText.objects.filter(kind="topic").update(doors=["l1"], title="Iets anders")
    SearchText.objects.create(
        kind="topic",
        object_id=99_999_999,
        unit="topic",
        unit_id=99_999_999,
        doors=["c1"],
        at=strips.at,
        title="Weg",
        text="",
    )
    assert not finds(cast.amina, "karton")
    assert index.heal("topic") == 3
    assert finds(cast.amina, "karton")
    assert finds(cast.amina, "breukenstroken")
    assert index.heal("topic") == 0


def test_another_normaliser_makes_all_keys_anew(cast, strips):
    SearchText.objects.update(version=0, words="'niets':1")
    assert index.heal_all()["topic"] == 1
    assert "breuk" in SearchText.objects.get().words


def test_the_command_says_what_it_mended(cast, strips):
    SearchText.objects.all().delete()
    said = StringIO()
    call_command("reindex", "topic", stdout=said)
    assert "topic: 1 mended" in said.getvalue()
    with pytest.raises(CommandError):
        call_command("reindex", "dreams")


def test_healing_asks_as_much_for_three_as_for_one(cast, strips, django_assert_num_queries):
    with django_assert_num_queries(9, exact=False):
        index.heal("topic")
    for n in range(2):
        topic = discussing.open_topic(cast.maths, by=cast.amina, title=f"Nog {n}", text="Iets.")
        discussing.reply(topic, by=cast.tom, text="Ja.")
    with django_assert_num_queries(9, exact=False):
        index.heal("topic")


def test_a_deed_that_is_refused_leaves_the_index_as_it_was(cast, strips, finds):
    with pytest.raises(RuntimeError), transaction.atomic():
        discussing.reply(strips, by=cast.tom, text="Met kikkervisjes.")
        raise RuntimeError
    assert not finds(cast.amina, "kikkervisje")


def test_who_leaves_finds_nothing_more_at_once_or_what_the_plg_lets_her(cast, strips, finds):
    discussing.open_topic(cast.maths, by=cast.amina, title="Over Sam en zijn stroken", text="Zacht.", is_case=True)
    entry = logbook.write_entry(cast.tom, happened_on=today(), words={"saw": "Stroken"})
    logbook.share_entry(entry, by=cast.tom, community=cast.maths)
    assert len(finds(cast.tom, "stroken")) == 3
    plgs.leave(cast.maths.memberships.get(person=cast.tom), by=cast.tom)
    assert finds(cast.tom, "stroken") == {("entry", entry.pk)}
    assert len(finds(cast.amina, "stroken")) == 2
    Community.objects.filter(pk=cast.maths.pk).update(leavers_read=True)
    assert finds(cast.tom, "stroken") == {("entry", entry.pk), ("topic", strips.pk)}


def test_two_accounts_that_become_one_find_both_logbooks(cast, finds):
    other = people.person("Amina Thuis")
    entry = logbook.write_entry(other, happened_on=today(), words={"saw": "Kikkers"})
    LogbookEntry.objects.filter(person=other).update(person=cast.amina)
    merges["search"](cast.amina, other)
    assert finds(cast.amina, "kikker") == {("entry", entry.pk)}
    assert not finds(other, "kikker")
    assert index.heal("entry") == 0


def test_whoever_is_erased_leaves_no_words_of_her_logbook(cast, finds):
    logbook.write_entry(cast.tom, happened_on=today(), words={"saw": "Kikkers"})
    LogbookEntry.objects.filter(person=cast.tom).delete()
    assert SearchText.objects.filter(owner=cast.tom).count() == 1
    assert index.heal("entry") == 1
    logbook.write_entry(cast.tom, happened_on=today(), words={"saw": "Kikkers"})
    people_model = type(cast.tom)
    collected = SearchText._meta.get_field("owner").remote_field.on_delete.__name__
    assert (people_model, collected) == (type(cast.amina), "CASCADE")


@pytest.mark.django_db(transaction=True)
def test_two_who_write_while_it_heals_are_all_found(request):
    cast = people.cast()
    topic = discussing.open_topic(cast.maths, by=cast.amina, title="Stroken", text="Begin.")

    def hand(n):
        try:
            if n % 3 == 0:
                index.heal("topic")
            elif n % 3 == 1:
                post = discussing.reply(Topic.objects.get(pk=topic.pk), by=cast.amina, text=f"Woord{n} kikker.")
                if n % 2:
                    discussing.remove(Post.objects.select_related("topic").get(pk=post.pk), by=cast.fatima)
            else:
                title = f"Stroken {n}"
                discussing.edit_topic(
                    Topic.objects.get(pk=topic.pk), by=cast.fatima, title=title, kind="idea", is_case=n % 2 == 0
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as hands:
        list(hands.map(hand, range(24)))
    assert index.heal("topic") == 0, "nothing was written over by who knew less"
    assert set(SearchText.objects.filter(kind="post").values_list("object_id", flat=True)) == set(
        Post.objects.filter(removed_at=None, number__gt=1).values_list("pk", flat=True)
    )
