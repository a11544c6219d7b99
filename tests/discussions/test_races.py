"""Many hands in one conversation: no number twice, none left out, nothing lost."""

import pytest

from communities.discussions import actions
from communities.discussions.models import Draft, Post, Reaction, ReadState, Topic
from tests import cast as people
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talk(transactional_db):
    cast = people.cast()
    cast.topic = actions.open_topic(cast.maths, by=cast.amina, title="x", text="x")
    return cast


def test_answers_at_once_have_numbers_without_gaps(talk):
    writers = [talk.fatima, talk.amina, talk.tom] * 2
    together(*(lambda by=by: actions.reply(talk.topic, by=by, text="x") for by in writers))
    assert list(Post.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert Topic.objects.get().post_count == 7


def test_marks_and_drafts_from_two_devices_at_once_are_one_row_and_go_only_forward(talk):
    for _n in range(4):
        actions.reply(talk.topic, by=talk.amina, text="x")
    together(*(lambda n=n: actions.read(talk.topic, by=talk.tom, number=n) for n in (5, 1, 4, 2, 3)))
    assert ReadState.objects.get(person=talk.tom).last_read == 5
    kept = {"by": talk.tom, "community": talk.maths, "topic": talk.topic}
    together(*(lambda n=n: actions.keep_draft(**kept, text=f"versie {n}") for n in range(5)))
    assert Draft.objects.get().text.startswith("versie")


def test_a_reaction_tapped_by_two_people_at_once_counts_for_each(talk):
    post = talk.topic.posts.get()
    together(*(lambda by=by: actions.react(post, by=by, kind="helps") for by in (talk.tom, talk.fatima)))
    assert Reaction.objects.count() == 2
