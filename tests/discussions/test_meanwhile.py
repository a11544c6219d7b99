"""What others do meanwhile: nothing typed is lost, what is seen is what stands, and what was removed comes back."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from communities.choices import MembershipState
from communities.discussions import actions, drawing, nightly, writing
from communities.discussions.models import Attachment, Draft, Post, PostVersion, Topic
from communities.models import Membership
from core.files.intake import ContentFile
from core.refusals import Refused
from people.models import User
from tests import cast as make


@pytest.fixture
def reply(cast, strips):
    return actions.reply(strips, by=cast.tom, text="Ik vouw ze.")


# Putting back -------------------------------------------------------------------------------------


def test_who_removed_her_own_post_puts_it_back(cast, strips, reply, signed_in, url, new_for):
    tom = signed_in(cast.tom)
    tom.post(url("remove", reply))
    assert new_for(cast.amina, strips) == 0
    assert url("restore", reply) in tom.get(url("topic", strips)).text
    assert "Ik vouw ze." in tom.get(url("restore", reply)).text
    assert "Ik vouw ze." in tom.post(url("restore", reply), follow=True).text
    assert new_for(cast.amina, strips) == 1


@pytest.mark.parametrize(
    ("remover", "who", "answer"),
    [("tom", "fatima", 302), ("fatima", "fatima", 302), ("fatima", "tom", 403), ("tom", "amina", 403),
     ("tom", "dele", 404), ("tom", "noor", 404)],
)  # fmt: skip
def test_only_who_removed_her_own_words_and_the_facilitators_put_them_back(
    cast, reply, signed_in, url, remover, who, answer
):
    actions.remove(reply, by=getattr(cast, remover))
    page = signed_in(getattr(cast, who))
    assert page.post(url("restore", reply)).status_code == answer
    assert Post.objects.get(pk=reply.pk).is_removed == (answer != 302)
    if answer == 403:
        assert url("restore", reply) not in page.get(url("topic", reply.topic)).text


def test_after_thirty_days_the_words_are_gone_and_the_place_stays(cast, strips, reply, signed_in, url):
    row = Attachment(post=reply, name="a.jpg", media_type="image/jpeg")
    row.file.save("a.jpg", ContentFile(b"x"))
    actions.edit_post(reply, by=cast.tom, text="Ik knip ze.")
    actions.remove(reply, by=cast.tom)
    nightly.nightly()
    assert Post.objects.get(pk=reply.pk).text
    Post.objects.filter(pk=reply.pk).update(removed_at=now() - timedelta(days=31))
    nightly.nightly()
    assert Post.objects.get(pk=reply.pk).text == "" == Post.objects.get(pk=reply.pk).html
    assert not PostVersion.objects.exists() and not Attachment.objects.exists()
    page = signed_in(cast.fatima).get(url("topic", strips)).text
    assert 'id="post-2"' in page and url("restore", reply) not in page
    with pytest.raises(Refused, match=r"thirty days|dertig dagen"):
        actions.restore(reply, by=cast.fatima)


# HTML that was made by an older version ------------------------------------------------------------


def test_a_new_version_of_our_writing_makes_the_html_anew(cast, strips, monkeypatch):
    actions.reply(strips, by=cast.tom, text="Dag @Amina, **vet**")
    made = Post.objects.get(number=2).html
    Post.objects.update(html='<p>oud</p><span class="mention">@Amina</span>')
    monkeypatch.setattr(nightly, "VERSION", writing.VERSION + 1)
    nightly.make_anew()
    post = Post.objects.get(number=2)
    assert (post.html, post.made_by) == (made, writing.VERSION + 1)
    monkeypatch.setattr(nightly, "html_of", lambda *_: pytest.fail("made twice"))
    nightly.make_anew()


# Two devices --------------------------------------------------------------------------------------


def test_the_second_of_two_edits_is_told_and_may_decide(cast, reply, signed_in, url):
    phone, school = signed_in(cast.tom), signed_in(cast.tom)
    seen = phone.get(url("edit_post", reply)).context["form"].initial["seen"]
    school.post(url("edit_post", reply), {"text": "Ik knip ze.", "seen": seen})
    answer = phone.post(url("edit_post", reply), {"text": "Ik scheur ze.", "seen": seen})
    assert answer.status_code == 422
    assert "Ik scheur ze." in answer.text and "Ik knip ze." in answer.text
    assert Post.objects.get(pk=reply.pk).text == "Ik knip ze."
    seen = answer.context["form"]["seen"].value()
    assert phone.post(url("edit_post", reply), {"text": "Ik scheur ze.", "seen": seen}).status_code == 302
    assert list(reply.versions.values_list("text", flat=True)) == ["Ik knip ze.", "Ik vouw ze."]


# Sent to where one may not write any more -----------------------------------------------------------


def closed(cast, topic):
    actions.close(topic, by=cast.fatima)


def moved(cast, topic):
    other = make.plg(cast.wissel, "PLG Lezen")
    make.member(other, cast.fatima, "facilitator")
    actions.move(topic, by=type(cast.fatima).objects.get(pk=cast.fatima.pk), community=other)


def left(cast, topic):
    Membership.objects.filter(person=cast.tom).update(state=MembershipState.ENDED)


@pytest.mark.parametrize(("event", "status"), [(closed, 422), (moved, 404), (left, 404)])
def test_an_answer_that_comes_too_late_is_given_back(cast, strips, reply, signed_in, url, event, status):
    tom = signed_in(cast.tom)
    event(cast, strips)
    for name, about in (("reply", strips), ("edit_post", reply)):
        answer = tom.post(url(name, about), {"text": "Een <hele> lap tekst"})
        assert answer.status_code == status
        assert "Een &lt;hele&gt; lap tekst" in answer.text
        if status == 404:
            assert strips.title not in answer.text
    assert Post.objects.count() == 2


def test_a_change_of_what_was_removed_is_given_back(cast, reply, signed_in, url):
    actions.remove(reply, by=cast.fatima)
    answer = signed_in(cast.tom).post(url("edit_post", reply), {"text": "Beter gezegd"})
    assert answer.status_code == 422 and "Beter gezegd" in answer.text


def test_a_topic_for_a_plg_that_was_left_is_given_back(cast, signed_in, url):
    tom = signed_in(cast.tom)
    left(cast, None)
    answer = tom.post(url("open_topic", cast.maths), {"kind": "idea", "title": "Mijn titel", "text": "Mijn tekst"})
    assert answer.status_code == 404 and "Mijn titel" in answer.text and "Mijn tekst" in answer.text
    assert not Topic.objects.exists()


# Open pages ---------------------------------------------------------------------------------------


def test_open_pages_fetch_anew_what_stands_on_them(cast, strips, reply, signed_in, url):
    amina = signed_in(cast.amina)
    one = amina.get(url("posts", strips), {"only": 2}).text
    assert "Ik vouw ze." in one and "maandag" not in one
    assert amina.get(url("posts", strips), {"page": 1}).text.count('id="post-') == 2
    assert amina.get(url("posts", strips), {"page": 9**17}).status_code == 404
    assert signed_in(cast.dele).get(url("posts", strips), {"only": 2}).status_code == 404


def test_more_than_a_page_of_new_posts_comes_in_parts_and_none_is_left_out(cast, strips, signed_in, url):
    for n in range(2, 63):
        Post.objects.create(topic=strips, number=n, author=cast.tom, text="x", html="<p>x</p>")
    Topic.objects.update(post_count=62)
    amina = signed_in(cast.amina)
    part = amina.get(url("posts", strips), {"after": 1}).text
    assert 'id="post-51"' in part and "after=51" in part
    assert 'id="post-62"' in amina.get(url("posts", strips), {"after": 51}).text


def test_a_long_topic_offers_the_way_to_what_is_new(cast, strips, signed_in, url):
    for n in range(2, 121):
        Post.objects.create(topic=strips, number=n, author=cast.tom, text="x", html="<p>x</p>")
    Topic.objects.update(post_count=120)
    actions.read(strips, by=cast.amina, number=70)
    amina = signed_in(cast.amina)
    assert f'href="{strips.get_absolute_url()}?page=2#post-71"' in amina.get(url("topic", strips)).text
    assert "#post-71" not in amina.get(url("topic", strips), {"page": 2}).text.split('class="posts"')[0]


@pytest.mark.parametrize("what", ["name", "photo", "gone", "merged"])
def test_a_page_shows_people_as_they_are_now(cast, strips, reply, signed_in, url, what):
    amina = signed_in(cast.amina)
    amina.get(url("topic", strips))
    if what == "name":
        type(cast.tom).objects.filter(pk=cast.tom.pk).update(name="Tom de Boer")
        assert "Tom Hendriks" not in amina.get(url("topic", strips)).text
    elif what == "photo":
        type(cast.tom).objects.filter(pk=cast.tom.pk).update(photo="photos/0123456789abcdef.jpg")
        assert "/photo/" in amina.get(url("topic", strips)).text
    elif what == "gone":
        Post.objects.filter(author=cast.tom).update(author=None)
        assert "Tom Hendriks" not in amina.get(url("topic", strips)).text
    else:
        from communities.discussions.panels import merge

        merge(cast.els, cast.tom)
        page = amina.get(url("topic", strips)).text
        assert "Els Jansen" in page and "Tom Hendriks" not in page


def test_what_was_kept_is_what_would_be_drawn_now(cast, strips, reply, signed_in, url):
    """After every deed, for every reader and in both languages."""
    readers = [signed_in(person) for person in (cast.amina, cast.tom, cast.fatima)]

    def same():
        for reader in readers:
            kept = reader.get(url("posts", strips), {"page": 1}).text
            drawing.DRAWN.clear()
            assert reader.get(url("posts", strips), {"page": 1}).text == kept

    more = actions.reply(strips, by=cast.fatima, text="Kijk", parent=reply)
    deeds = [
        lambda: actions.react(reply, by=cast.amina, kind="helps"),
        lambda: actions.react(reply, by=cast.fatima, kind="try"),
        lambda: actions.react(reply, by=cast.amina, kind="helps"),
        lambda: more.attachments.create(name="a&b.pdf", media_type="application/pdf", file="x"),
        lambda: actions.edit_post(reply, by=cast.tom, text="Ik **knip** ze."),
        lambda: actions.accept(reply, by=cast.amina),
        lambda: actions.read(strips, by=cast.amina, number=2),
        lambda: actions.remove(reply, by=cast.tom),
        lambda: actions.restore(reply, by=cast.tom),
        lambda: actions.remove(more, by=cast.tom),
        lambda: type(cast.tom).objects.filter(pk=cast.tom.pk).update(name="Tom <de> Boer"),
        lambda: type(cast.amina).objects.filter(pk=cast.amina.pk).update(language="en"),
        lambda: actions.close(strips, by=cast.fatima),
    ]
    same()
    for deed in deeds:
        deed()
        same()


def test_half_an_answer_to_what_was_moved_away_keeps_its_words_and_tells_nothing_new(cast, strips, signed_in, url):
    tom, other = signed_in(cast.tom), make.plg(cast.wissel, "PLG Taal")
    tom.post(url("keep_reply_draft", strips), {"text": "Ik vouw ze."})
    make.member(other, cast.fatima, "facilitator")
    moved = actions.move(strips, by=User.objects.get(pk=cast.fatima.pk), community=other)
    actions.edit_topic(moved, by=cast.fatima, title="Over Daan", kind="question", is_case=True)
    page = tom.get(url("index", cast.maths)).text
    assert "Ik vouw ze." in page and "Over Daan" not in page
    make.member(other, cast.tom)
    tom = signed_in(User.objects.get(pk=cast.tom.pk))
    tom.post(url("keep_reply_draft", strips), {"text": "Ik vouw ze nu."})
    assert "Ik vouw ze nu." in tom.get(url("topic", strips)).text
    tom.post(url("reply", strips), {"text": "Ik vouw ze nu."})
    assert not Draft.objects.exists()
