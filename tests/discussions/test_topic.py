"""Begin a conversation, read it, answer: as members do, and as nobody else can."""

import pytest

from activity.models import Activity, Notification
from communities.choices import MembershipState
from communities.discussions import actions
from communities.discussions.models import Draft, Post, Topic
from communities.models import Membership
from core.refusals import Refused

TOPIC = {"kind": "idea", "title": "Een muur\nmet fouten", "text": "Elke week **één**."}


def told(kind):
    return {each.person for each in Notification.objects.filter(activity__kind=f"discussions.{kind}")}


@pytest.mark.parametrize(
    ("who", "answer"),
    [("fatima", 200), ("amina", 200), ("gijs", 404), ("bram", 404), ("ben", 404), ("noor", 404), ("dele", 404)],
)
def test_only_members_read_a_conversation(cast, strips, signed_in, url, who, answer):
    assert signed_in(getattr(cast, who)).get(url("topic", strips)).status_code == answer


def test_a_member_begins_a_conversation_and_the_others_hear_of_it(cast, signed_in, url):
    page = signed_in(cast.amina).post(url("open_topic", cast.maths), TOPIC, follow=True)
    topic = Topic.objects.get()
    assert topic.title == "Een muur met fouten"  # on one line: it becomes the subject of letters
    assert "<strong>één</strong>" in page.text
    assert told("opened") == {cast.fatima, cast.tom}


def test_an_announcement_is_the_facilitators_and_is_told_at_once(cast, signed_in, url):
    assert (
        signed_in(cast.amina).post(url("open_topic", cast.maths), TOPIC | {"kind": "announcement"}).status_code == 422
    )
    with pytest.raises(Refused):
        actions.open_topic(cast.maths, by=cast.amina, title="x", text="x", kind="announcement")
    signed_in(cast.fatima).post(url("open_topic", cast.maths), TOPIC | {"kind": "announcement"})
    assert told("announced") == {cast.amina, cast.tom}


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 20_001, "m" * 1_000_000])
def test_what_cannot_be_posted_comes_back_with_a_sentence(cast, strips, signed_in, url, text):
    answer = signed_in(cast.tom).post(url("reply", strips), {"text": text})
    assert answer.status_code == 422
    assert text.strip() in answer.text
    assert Post.objects.count() == 1


def test_an_answer_stands_beneath_the_others(cast, strips, signed_in, url):
    answer = signed_in(cast.tom).post(url("reply", strips), {"text": "Ik!", "parent": strips.posts.get().pk})
    assert answer["Location"] == f"{strips.get_absolute_url()}#post-2"
    post = Post.objects.get(number=2)
    assert (post.author, post.parent.number, post.html) == (cast.tom, 1, "<p>Ik!</p>")


def test_answers_go_one_level_deep(cast, strips):
    first = actions.reply(strips, by=cast.tom, text="a", parent=strips.posts.get())
    assert actions.reply(strips, by=cast.amina, text="b", parent=first).parent.number == 1


def test_the_answered_post_is_of_the_same_topic(cast, strips, signed_in, url):
    other = actions.open_topic(cast.maths, by=cast.tom, title="Anders", text="x")
    signed_in(cast.tom).post(url("reply", strips), {"text": "Ik!", "parent": other.posts.get().pk})
    assert Post.objects.get(topic=strips, number=2).parent is None


def test_nothing_is_added_to_what_is_closed(cast, strips, signed_in, url):
    page = signed_in(cast.fatima).post(url("close", strips), follow=True).text
    assert 'id="reply"' not in page
    answer = signed_in(cast.tom).post(url("reply", strips), {"text": "Toch nog iets"})
    assert answer.status_code == 422 and "Toch nog iets" not in Post.objects.values_list("text", flat=True)
    signed_in(cast.fatima).post(url("reopen", strips))
    assert signed_in(cast.tom).post(url("reply", strips), {"text": "Nu wel"}).status_code == 302


def test_a_page_has_fifty_posts_and_renders_no_markdown(cast, strips, signed_in, url, monkeypatch):
    for n in range(2, 103):
        Post.objects.create(topic=strips, number=n, author=cast.tom, text="**x**", html=f"<p>klaar {n}</p>")
    Topic.objects.update(post_count=102)
    monkeypatch.setattr("communities.discussions.writing._reader", lambda *_: pytest.fail("rendered while reading"))
    amina = signed_in(cast.amina)
    assert amina.get(url("topic", strips)).text.count('id="post-') == 50
    last = amina.get(url("topic", strips), {"page": 3}).text
    assert "klaar 101" in last and "klaar 100" not in last and "posts-end" in last
    assert amina.get(url("topic", strips), {"page": "zes"}).status_code == 200
    assert amina.get(url("topic", strips), {"page": "99"}).status_code == 200


def test_pages_ask_as_much_for_fifty_posts_as_for_one(cast, strips, signed_in, url, django_assert_max_num_queries):
    amina = signed_in(cast.amina)
    for page in (url("topic", strips), url("index", cast.maths)):
        amina.get(page)
        with django_assert_max_num_queries(6):
            amina.get(page)
    for n in range(2, 51):
        post = Post.objects.create(topic=strips, number=n, author=cast.tom, text="x", html="<p>x</p>", parent_id=None)
        post.reactions.create(person=cast.amina, kind="thanks")
        post.attachments.create(name="a.pdf", media_type="application/pdf", file="x")
        actions.open_topic(cast.maths, by=cast.tom, title=f"Nog een {n}", text="x")
    Topic.objects.filter(pk=strips.pk).update(post_count=50)
    for page in (url("topic", strips), url("index", cast.maths)):
        with django_assert_max_num_queries(6):
            assert amina.get(page).status_code == 200


def test_five_hundred_posts_open_as_fast_as_fifty(cast, strips, signed_in, url, django_assert_max_num_queries):
    Post.objects.bulk_create(
        Post(topic=strips, number=n, author=cast.tom, text="x", html=f"<p>{'woord ' * 150}</p>") for n in range(2, 501)
    )
    Topic.objects.filter(pk=strips.pk).update(post_count=500)
    actions.read(strips, by=cast.amina, number=222)
    amina = signed_in(cast.amina)
    amina.get(url("topic", strips))
    for page in (1, 5, 10):
        with django_assert_max_num_queries(6):
            answer = amina.get(url("topic", strips), {"page": page})
        assert answer.text.count('id="post-') == 50
        assert len(answer.content) < 120_000
    assert f"{strips.get_absolute_url()}?page=5#post-223" in amina.get(url("index", cast.maths)).text
    far = strips.posts.get(number=377)
    assert amina.get(url("post", far))["Location"] == f"{strips.get_absolute_url()}?page=8#post-377"


@pytest.mark.parametrize(
    "title", ["Dag\r\nBcc: kwaad@example.org", "a\x00b", "a\u2028b", "\u202etset", " \n\t ", "x" * 141]
)
def test_a_title_is_one_line_or_comes_back(cast, signed_in, url, title):
    answer = signed_in(cast.amina).post(
        url("open_topic", cast.maths), {"kind": "idea", "title": title, "text": "Tekst"}
    )
    if answer.status_code == 422:
        assert "Tekst" in answer.text and not Topic.objects.exists()
    else:
        assert not set(Topic.objects.get().title) & set("\r\n\x00\u2028")


def test_open_pages_fetch_only_what_is_new(cast, strips, signed_in, url):
    actions.reply(strips, by=cast.tom, text="Nieuw hier")
    part = signed_in(cast.amina).get(url("posts", strips), {"after": 1}).text
    assert "Nieuw hier" in part and "maandag" not in part and "after=2" in part
    for wrong in ("", "-1", "x", "9" * 30):
        assert signed_in(cast.amina).get(url("posts", strips), {"after": wrong}).status_code == 404


def test_a_case_stays_among_the_members(cast, signed_in, url):
    case = actions.open_topic(cast.maths, by=cast.amina, title="Een jongen in groep 6", text="x", is_case=True)
    cast.maths.leavers_read = True
    cast.maths.save()
    Membership.objects.filter(person=cast.tom).update(state=MembershipState.ENDED)
    plain = actions.open_topic(cast.maths, by=cast.amina, title="Gewoon", text="x")
    tom = signed_in(cast.tom)
    assert tom.get(url("topic", case)).status_code == 404
    assert tom.get(url("topic", plain)).status_code == 200
    assert tom.post(url("reply", plain), {"text": "x"}).status_code == 403
    assert "groep 6" not in tom.get(url("index", cast.maths)).text
    assert case.said_outside != case.title


def test_it_is_found_on_the_page_of_the_plg(cast, strips, signed_in):
    page = signed_in(cast.tom).get(cast.maths.get_absolute_url()).text
    assert strips.title in page
    assert strips.title not in signed_in(cast.bram).get(cast.maths.get_absolute_url()).text


def test_who_reads_the_name_of_a_writer_who_left_reads_that_she_left(cast, strips, signed_in, url):
    Post.objects.update(author=None)
    Topic.objects.update(author=None)
    assert signed_in(cast.tom).get(url("topic", strips)).status_code == 200
    assert signed_in(cast.tom).get(url("index", cast.maths)).status_code == 200


# Drafts -------------------------------------------------------------------------------------------


def test_what_is_typed_is_found_on_another_device_and_gone_when_sent(cast, signed_in, url):
    phone, school = signed_in(cast.amina), signed_in(cast.amina)
    assert phone.post(url("keep_draft", cast.maths), {"title": "Half", "text": "Ik dacht "}).status_code == 204
    assert "Ik dacht" in school.get(url("open_topic", cast.maths)).text
    assert "Half" in school.get(url("index", cast.maths)).text
    school.post(url("open_topic", cast.maths), TOPIC)
    assert not Draft.objects.exists()


def test_drafts_of_a_topic_an_answer_and_a_change_stand_apart(cast, strips, signed_in, url):
    amina, post = signed_in(cast.amina), strips.posts.get()
    amina.post(url("keep_draft", cast.maths), {"text": "nieuw"})
    amina.post(url("keep_reply_draft", strips), {"text": "antwoord"})
    amina.post(url("keep_edit_draft", post), {"text": "beter"})
    assert "antwoord" in amina.get(url("topic", strips)).text
    assert "beter" in amina.get(url("edit_post", post)).text
    amina.post(url("reply", strips), {"text": "antwoord!"})
    assert set(Draft.objects.values_list("text", flat=True)) == {"nieuw", "beter"}
    amina.post(url("keep_draft", cast.maths), {"text": "  "})
    assert Draft.objects.count() == 1


def test_nobody_elses_draft_is_shown_or_kept(cast, strips, signed_in, url):
    signed_in(cast.tom).post(url("keep_reply_draft", strips), {"text": "van Tom"})
    assert "van Tom" not in signed_in(cast.amina).get(url("topic", strips)).text
    assert signed_in(cast.tom).post(url("keep_edit_draft", strips.posts.get()), {"text": "x"}).status_code == 403
    assert signed_in(cast.dele).post(url("keep_draft", cast.maths), {"text": "x"}).status_code == 404


def test_too_long_a_draft_is_refused_in_a_sentence(cast, signed_in, url):
    answer = signed_in(cast.amina).post(url("keep_draft", cast.maths), {"text": "x" * 20_001})
    assert answer.status_code == 422 and "20001" in answer.text


def test_the_preview_is_made_by_the_same_cleaner(cast, signed_in, url):
    amina = signed_in(cast.amina)
    assert "<strong>ja</strong>" in amina.post(url("preview"), {"text": "**ja** <script>"}).text
    assert "<script" not in amina.post(url("preview"), {"text": "<script>x</script>"}).text
    looked = amina.post(url("open_topic", cast.maths), TOPIC | {"preview": "1"})  # without script
    assert looked.status_code == 200 and "<strong>één</strong>" in looked.text and not Topic.objects.exists()


def test_one_journal_line_a_deed(cast, strips):
    actions.reply(strips, by=cast.tom, text="x")
    kinds = list(Activity.objects.filter(kind__startswith="discussions").values_list("kind", flat=True).order_by("pk"))
    assert kinds == ["discussions.opened", "discussions.replied"]


def test_what_is_decided_about_a_topic_stands_in_the_journal_once_with_who_did_it(cast, strips):
    for deed in (actions.close, actions.close, actions.reopen, actions.reopen):
        deed(strips, by=cast.fatima)
    actions.edit_topic(strips, by=cast.amina, title="Over Sam", kind="question", is_case=True)
    lines = Activity.objects.filter(kind__startswith="discussions").order_by("pk").values_list("kind", "by")
    assert list(lines)[1:] == [
        ("discussions.closed", cast.fatima.pk),
        ("discussions.reopened", cast.fatima.pk),
        ("discussions.topic_edited", cast.amina.pk),
    ]


def test_the_journal_names_nobody_of_a_question_to_the_network(cast):
    question = actions.ask_network(cast.maths, by=cast.amina, network=cast.network, title="Wie?", text="Hoe?")
    actions.edit_topic(question, by=cast.amina, title="Wie doet dat?", kind="question", is_case=False)
    actions.close(question, by=cast.fatima)
    lines = Activity.objects.filter(kind__startswith="discussions")
    assert set(lines.values_list("by", "community_id")) == {(None, None)}
    assert lines.count() == 3
