"""How far everybody has read is exact, whatever happens in whatever order."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from communities.choices import MembershipState
from communities.discussions import actions
from communities.discussions.models import Post, Topic
from communities.models import Membership
from core.standing import forget
from tests import cast as make

WHO, TOPIC, TOM = st.integers(0, 2), st.integers(0, 1), 2


def test_what_others_write_is_new_until_it_was_seen(cast, strips, new_for, signed_in, url):
    assert (new_for(cast.amina, strips), new_for(cast.tom, strips)) == (0, 1)
    actions.reply(strips, by=cast.tom, text="Ik!")
    assert (new_for(cast.amina, strips), new_for(cast.tom, strips)) == (1, 1)  # what Tom did not see stays new for him
    signed_in(cast.amina).get(url("topic", strips))
    assert new_for(cast.amina, strips) == 1  # reading marks go by POST
    signed_in(cast.amina).post(url("read", strips), {"number": 2})
    assert new_for(cast.amina, strips) == 0


@pytest.mark.parametrize("number", ["0", "-3", "", "x", "99999999999999999999"])
def test_a_mark_that_is_no_number_marks_nothing(cast, strips, new_for, signed_in, url, number):
    signed_in(cast.tom).post(url("read", strips), {"number": number})
    assert new_for(cast.tom, strips) == 1


def test_a_mark_goes_never_back_and_never_beyond_the_last(cast, strips, state):
    for _n in range(4):
        actions.reply(strips, by=cast.amina, text="x")
    for number, wanted in [(3, 3), (2, 3), (500, 5)]:
        actions.read(strips, by=cast.tom, number=number)
        assert state(cast.tom, strips).last_read == wanted


def test_a_new_member_finds_nothing_new_of_before_she_came(cast, strips, new_for):
    from communities.discussions import panels

    row = make.member(cast.maths, cast.els)
    panels.arrived(row)
    assert new_for(cast.els, strips) == 0
    actions.reply(strips, by=cast.tom, text="x")
    assert new_for(cast.els, strips) == 1


def test_removed_posts_are_not_new(cast, strips, new_for):
    post = actions.reply(strips, by=cast.tom, text="x")
    actions.remove(post, by=cast.fatima)
    assert new_for(cast.amina, strips) == 0


def test_the_list_of_what_is_new_holds_those_and_no_others(cast, strips, signed_in, url):
    other = actions.open_topic(cast.maths, by=cast.tom, title="Van Tom", text="x")
    page = signed_in(cast.tom).get(url("index", cast.maths), {"only": "new"})
    assert [row.pk for row in page.context["page"]] == [strips.pk]
    page = signed_in(cast.amina).get(url("index", cast.maths), {"only": "new"})
    assert [row.pk for row in page.context["page"]] == [other.pk]


class Readers(RuleBasedStateMachine):
    """Three people write, read, change, remove and put back in two topics, which wander between two PLGs.

    Tom is in one PLG only. What is new for each is counted anew from all that happened, after every step.
    """

    @initialize()
    def begin(self):
        self.cast = make.cast()
        self.people = [self.cast.fatima, self.cast.amina, self.cast.tom]
        self.plgs = [self.cast.maths, make.plg(self.cast.wissel, "PLG Lezen")]
        make.member(self.plgs[1], self.cast.fatima, "facilitator")
        make.member(self.plgs[1], self.cast.amina)
        for person in self.people:
            forget(person)
        self.topics = [
            actions.open_topic(self.plgs[0], by=self.people[who], title="x", text="x", kind="question")
            for who in (0, 1)
        ]
        self.posts = [[(0, True)], [(1, True)]]  # of each topic: (who wrote it, does it stand)
        self.marks = [[1, 0, 0], [0, 1, 0]]
        self.place = [0, 0]  # in which PLG each is

    def post(self, topic, place):
        return Post.objects.get(topic=self.topics[topic], number=place + 1)

    @rule(topic=TOPIC, who=WHO)
    def reply(self, topic, who):
        actions.reply(self.topics[topic], by=self.people[who], text="x")
        self.posts[topic].append((who, True))
        if self.marks[topic][who] == len(self.posts[topic]) - 1:
            self.marks[topic][who] += 1

    @rule(topic=TOPIC, who=WHO, number=st.integers(1, 12))
    def read(self, topic, who, number):
        actions.read(self.topics[topic], by=self.people[who], number=number)
        self.marks[topic][who] = max(self.marks[topic][who], min(number, len(self.posts[topic])))

    @rule(topic=TOPIC, place=st.integers(0, 11))
    def remove_or_put_back(self, topic, place):
        if place < len(self.posts[topic]):
            who, stands = self.posts[topic][place]
            deed = actions.remove if stands else actions.restore
            deed(self.post(topic, place), by=self.people[0])
            self.posts[topic][place] = who, not stands

    @rule(topic=TOPIC, place=st.integers(0, 11), text=st.sampled_from(["y", "z", "Dag @Amina"]))
    def change(self, topic, place, text):
        if place < len(self.posts[topic]) and self.posts[topic][place][1]:
            actions.edit_post(self.post(topic, place), by=self.people[self.posts[topic][place][0]], text=text)

    @rule(topic=TOPIC)
    def move(self, topic):
        self.place[topic] = 1 - self.place[topic]
        actions.move(self.topics[topic], by=self.people[0], community=self.plgs[self.place[topic]])

    @rule(topic=TOPIC, place=st.integers(1, 11))
    def accept(self, topic, place):
        if place < len(self.posts[topic]) and self.posts[topic][place][1]:
            actions.accept(self.post(topic, place), by=self.people[0])

    @rule(topic=TOPIC, who=WHO, level=st.sampled_from(["follow", "normal", "mute"]))
    def choose_level(self, topic, who, level):
        actions.choose_level(self.topics[topic], by=self.people[who], level=level)

    @invariant()
    def what_is_new_is_exact(self):
        for who, person in enumerate(getattr(self, "people", [])):
            forget(person)
            wanted = {
                each.pk: sum(
                    stands and writer != who
                    for number, (writer, stands) in enumerate(self.posts[topic], start=1)
                    if number > self.marks[topic][who]
                )
                for topic, each in enumerate(self.topics)
                if who != TOM or self.place[topic] == 0
            }
            rows = Topic.objects.for_list(person)
            assert {row.pk: row.new for row in rows} == wanted
            fresh = {row.pk for row in Topic.objects.for_list(person).with_something_new()}
            assert fresh == {pk for pk, new in wanted.items() if new}


class TestReaders(TestCase):
    def test_what_is_new_is_exact_in_any_order(self):
        from django.db import transaction

        class InATransaction(Readers):
            def __init__(self):
                super().__init__()
                self.atomic = transaction.atomic()
                self.atomic.__enter__()

            def teardown(self):
                transaction.set_rollback(True)
                self.atomic.__exit__(None, None, None)

        run_state_machine_as_test(
            InATransaction,
            settings=settings(
                max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )


# Levels -------------------------------------------------------------------------------------------


def test_whoever_writes_follows_and_is_told_why(cast, strips, state, signed_in, url):
    actions.reply(strips, by=cast.tom, text="x")
    assert (state(cast.amina, strips).level, state(cast.amina, strips).why) == ("follow", "author")
    assert (state(cast.tom, strips).level, state(cast.tom, strips).why) == ("follow", "replied")
    signed_in(cast.tom).post(url("choose_level", strips), {"level": "mute"})
    actions.reply(strips, by=cast.tom, text="nog iets")
    assert (state(cast.tom, strips).level, state(cast.tom, strips).why) == ("mute", "chosen")


def test_the_level_takes_no_other_word(cast, strips, signed_in, url):
    signed_in(cast.tom).post(url("choose_level", strips), {"level": "schreeuwen"})
    assert not strips.read_states.filter(person=cast.tom).exists()


def test_who_was_told_hears_nothing_more_until_she_reads(cast, strips):
    def heard():
        return cast.amina.notifications.filter(activity__kind="discussions.replied").count()

    actions.reply(strips, by=cast.tom, text="een")
    actions.reply(strips, by=cast.tom, text="twee")
    assert heard() == 1
    actions.read(strips, by=cast.amina, number=3)
    actions.reply(strips, by=cast.tom, text="drie")
    assert heard() == 2


def test_what_was_read_on_the_web_is_read_in_the_bell(cast, strips):
    actions.reply(strips, by=cast.tom, text="een")
    assert cast.amina.notifications.unread().count() == 1
    actions.read(strips, by=cast.amina, number=2)
    assert cast.amina.notifications.unread().count() == 0


def test_who_stopped_hears_nothing_more(cast, strips):
    Membership.objects.filter(person=cast.amina).update(state=MembershipState.ENDED)
    actions.reply(strips, by=cast.tom, text="een")
    assert not cast.amina.notifications.exists()


def test_who_wants_nothing_hears_nothing(cast, strips):
    actions.choose_level(strips, by=cast.amina, level="mute")
    actions.reply(strips, by=cast.tom, text="Dag @Amina")
    assert not cast.amina.notifications.exists()
