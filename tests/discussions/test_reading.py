"""How far everybody has read is exact, whatever happens in whatever order."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from communities.choices import MembershipState
from communities.discussions import actions
from communities.discussions.models import Post, Topic
from communities.models import Membership
from tests import cast as make


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
    """Three people write, read and remove in one topic; what is new is counted anew from all that happened."""

    @initialize()
    def begin(self):
        self.cast = make.cast()
        self.people = [self.cast.fatima, self.cast.amina, self.cast.tom]
        self.topic = actions.open_topic(self.cast.maths, by=self.people[0], title="x", text="x")
        self.posts = [(0, True)]  # (who wrote it, does it stand)
        self.marks = [1, 0, 0]

    @rule(who=st.integers(0, 2))
    def reply(self, who):
        actions.reply(self.topic, by=self.people[who], text="x")
        self.posts.append((who, True))
        if self.marks[who] == len(self.posts) - 1:
            self.marks[who] = len(self.posts)

    @rule(who=st.integers(0, 2), number=st.integers(1, 12))
    def read(self, who, number):
        actions.read(self.topic, by=self.people[who], number=number)
        self.marks[who] = max(self.marks[who], min(number, len(self.posts)))

    @rule(place=st.integers(0, 11))
    def remove(self, place):
        if place < len(self.posts) and self.posts[place][1]:
            actions.remove(Post.objects.get(topic=self.topic, number=place + 1), by=self.people[0])
            self.posts[place] = (self.posts[place][0], False)

    @rule(who=st.integers(0, 2), level=st.sampled_from(["follow", "normal", "mute"]))
    def choose_level(self, who, level):
        actions.choose_level(self.topic, by=self.people[who], level=level)

    def teardown(self):
        for who, person in enumerate(getattr(self, "people", [])):
            wanted = sum(
                stands and writer != who
                for number, (writer, stands) in enumerate(self.posts, start=1)
                if number > self.marks[who]
            )
            assert Topic.objects.for_list(type(person).objects.get(pk=person.pk)).get(pk=self.topic.pk).new == wanted


class TestReaders(TestCase):
    def test_what_is_new_is_exact_in_any_order(self):
        from django.db import transaction

        class InATransaction(Readers):
            def __init__(self):
                super().__init__()
                self.atomic = transaction.atomic()
                self.atomic.__enter__()

            def teardown(self):
                try:
                    super().teardown()
                finally:
                    transaction.set_rollback(True)
                    self.atomic.__exit__(None, None, None)

        run_state_machine_as_test(
            InATransaction,
            settings=settings(
                max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
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
