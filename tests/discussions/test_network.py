"""A question to the network: read and answered by its PLGs, asked by nobody in particular."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activity.models import Activity
from communities.choices import MembershipState, State
from communities.discussions import actions
from communities.discussions.models import Post
from tests import cast as make


@pytest.fixture
def other(cast):
    """A PLG elsewhere in the network, led by Els, with Tom's neighbour in it."""
    plg = make.plg(cast.wissel, "PLG Lezen")
    make.member(plg, cast.els, "facilitator")
    return plg


@pytest.fixture
def question(cast, other):
    return actions.ask_network(
        cast.maths, by=cast.amina, network=cast.network, title="Wie laat kinderen coachen?", text="Hoe begin je?"
    )


def test_it_shows_neither_who_asks_nor_which_plg(cast, question, signed_in, url):
    els = signed_in(cast.els)
    for page in (els.get(url("topic", question)), els.get(url("network")), els.get(url("more", question.posts.get()))):
        assert page.status_code == 200
        for secret in ("Amina", "Yildiz", cast.maths.name, f"community:{cast.maths.pk}"):
            assert secret not in page.text
    inside = signed_in(cast.tom).get(url("topic", question))
    assert "Amina" not in inside.text


def test_the_facilitators_of_the_network_hear_of_it_and_not_from_whom(cast, question):
    line = Activity.objects.get(kind="discussions.asked_network")
    assert (line.by, line.community_id) == (None, None)
    assert cast.els.notifications.count() == 1
    assert not cast.dele.notifications.exists()


def test_members_of_the_network_answer_with_their_names_the_asking_plg_without(cast, question, signed_in, url):
    signed_in(cast.els).post(url("reply", question), {"text": "Elke vrijdag @Niemand."})
    signed_in(cast.tom).post(url("reply", question), {"text": "Dank!"})
    posts = {post.number: post for post in Post.objects.filter(topic=question)}
    assert (posts[2].is_nameless, posts[3].is_nameless) == (False, True)
    page = signed_in(cast.els).get(url("topic", question)).text
    assert "Els Jansen" in page and "Tom Hendriks" not in page
    assert not Activity.objects.filter(about_id=posts[3].pk, kind="discussions.replied", by=cast.tom).exists()


def test_who_left_the_asking_plg_is_told_that_her_name_stands_with_her_answer(cast, other, question, signed_in, url):
    type(cast.maths).objects.filter(pk=cast.maths.pk).update(leavers_read=True)
    cast.maths.memberships.filter(person=cast.tom).update(state=MembershipState.ENDED)
    make.member(other, cast.tom)
    tom = signed_in(cast.tom)
    page = tom.get(url("topic", question)).text
    assert "met jouw naam" in page and "zonder jouw naam" not in page
    tom.post(url("reply", question), {"text": "Elke vrijdag."})
    assert "Tom Hendriks" in signed_in(cast.els).get(url("topic", question)).text


@pytest.mark.parametrize("who", ["gijs", "bram", "ben", "noor", "paula", "dele"])
def test_it_is_for_members_of_plgs_in_that_network(cast, question, signed_in, url, who):
    client = signed_in(getattr(cast, who))
    assert client.get(url("topic", question)).status_code == 404
    assert question.title not in client.get(url("network")).text


def test_it_comes_back_in_the_plg(cast, question, signed_in, url):
    assert question.title in signed_in(cast.tom).get(url("index", cast.maths)).text


def test_only_a_network_of_ones_own_can_be_asked(cast, signed_in, url):
    elsewhere = type(cast.network).objects.create(name="Netwerk Ver Weg")
    data = {"network": elsewhere.pk, "title": "x", "text": "x"}
    assert signed_in(cast.amina).post(url("ask_network", cast.maths), data).status_code == 422
    assert (
        signed_in(cast.amina).post(url("ask_network", cast.maths), data | {"network": cast.network.pk}).status_code
        == 302
    )


def test_a_completed_plg_asks_nothing_more_and_says_so_before_she_types(cast, signed_in, url):
    type(cast.maths).objects.filter(pk=cast.maths.pk).update(state=State.CLOSED)
    for name in ("ask_network", "open_topic"):
        answer = signed_in(cast.amina).get(url(name, cast.maths), follow=True)
        assert answer.redirect_chain and "Deze PLG is afgerond. Er kan niets meer bij." in answer.text


def test_a_file_would_tell_who_asks(cast, question, signed_in, url):
    paper = SimpleUploadedFile("verslag Tom Hendriks.pdf", b"%PDF-1.4\n/Author (Tom Hendriks)", "application/pdf")
    answer = signed_in(cast.tom).post(url("reply", question), {"text": "Zie ons verslag.", "files": [paper]})
    assert answer.status_code == 422
    assert "Een bestand verraadt wie het maakte" in answer.text
    assert "Zie ons verslag." in answer.text
    assert 'type="file"' not in signed_in(cast.tom).get(url("topic", question)).text
    assert 'type="file"' in signed_in(cast.els).get(url("topic", question)).text
