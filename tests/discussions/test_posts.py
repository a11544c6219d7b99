"""Mention, change, react, choose the answer, remove, report, move."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from activity.choices import State
from activity.models import Delivery
from communities import actions as of_plg
from communities.discussions import actions
from communities.discussions.models import Attachment, Post, Reaction, Report
from communities.models import Complaint
from communities.rules import standing
from organisations.choices import RoleKind
from tests import cast as make


@pytest.fixture
def reply(cast, strips):
    return actions.reply(strips, by=cast.tom, text="Ik vouw ze.")


# Mentions -----------------------------------------------------------------------------------------


def test_who_is_mentioned_hears_it_once(cast, strips):
    actions.reply(strips, by=cast.tom, text="Dag @Amina en @Fatima Aydin en @Tom")
    for person, count in [(cast.amina, 1), (cast.fatima, 2), (cast.tom, 1)]:  # opened, for two of them
        assert person.notifications.count() == count
    assert cast.amina.notifications.get().activity.kind == "discussions.mentioned"


@pytest.mark.parametrize("name", ["Dele Okafor", "Gijs Postma", "Niemand"])
def test_a_stranger_cannot_be_mentioned(cast, strips, signed_in, url, name):
    answer = signed_in(cast.tom).post(url("reply", strips), {"text": f"Vraag het @{name} eens"})
    assert answer.status_code == 422
    assert name in answer.text and "Vraag het" in answer.text
    assert Post.objects.count() == 1


@pytest.mark.parametrize("name", ["Dele Okafor", "Niemand Bestaat"])
def test_a_mention_tells_nothing_of_who_exists_elsewhere(cast, strips, signed_in, url, name, mailserver):
    answer = signed_in(cast.tom).post(url("reply", strips), {"text": f"Dag @{name}"})
    said = str(answer.context["form"].errors["text"]).replace(name, "?")
    other = signed_in(cast.tom).post(url("reply", strips), {"text": "Dag @Wie Dan"})
    assert said == str(other.context["form"].errors["text"]).replace("Wie Dan", "?")
    assert not cast.dele.notifications.exists() and not mailserver.letters


def test_members_are_offered_while_one_types(cast, signed_in, url):
    amina = signed_in(cast.amina)
    for words, found in [("to", True), ("HEN", True), ("yil", False), ("dele", False), ("gijs", False), ("", True)]:
        assert ("Tom Hendriks" in amina.get(url("people", cast.maths), {"q": words}).text) == found
    assert signed_in(cast.dele).get(url("people", cast.maths)).status_code == 404


# Changing -----------------------------------------------------------------------------------------


def test_a_better_text_keeps_the_one_before(cast, reply, signed_in, url):
    tom = signed_in(cast.tom)
    tom.post(url("edit_post", reply), {"text": "Ik **knip** ze."})
    reply.refresh_from_db()
    assert reply.html == "<p>Ik <strong>knip</strong> ze.</p>"
    page = signed_in(cast.amina).get(url("history", reply)).text
    assert "Ik vouw ze." in page and "<strong>knip</strong>" in page


@pytest.mark.parametrize(("who", "answer"), [("tom", 200), ("amina", 403), ("fatima", 403), ("dele", 404)])
def test_only_who_wrote_it_changes_the_words(cast, reply, signed_in, url, who, answer):
    assert signed_in(getattr(cast, who)).get(url("edit_post", reply)).status_code == answer


def test_words_that_mention_somebody_who_left_since_can_still_be_changed(cast, strips, signed_in, url):
    post = actions.reply(strips, by=cast.tom, text="Dank @Amina!")
    cast.maths.memberships.filter(person=cast.amina).delete()
    answer = signed_in(cast.tom).post(url("edit_post", post), {"text": "Dank je wel @Amina!"})
    assert answer.status_code == 302
    post.refresh_from_db()
    assert post.html == "<p>Dank je wel @Amina!</p>"
    answer = signed_in(cast.tom).post(url("edit_post", post), {"text": "Dank je wel @Amina en @Vreemd!"})
    assert answer.status_code == 422
    assert "‘Vreemd’ is geen lid" in answer.text


def test_a_change_tells_only_who_is_mentioned_anew(cast, strips):
    post = actions.reply(strips, by=cast.tom, text="Dag @Amina")
    actions.edit_post(post, by=cast.tom, text="Dag @Amina en @Fatima")
    assert cast.amina.notifications.count() == 1
    assert cast.fatima.notifications.filter(activity__kind="discussions.mentioned").count() == 1


# Reactions and the answer -------------------------------------------------------------------------


def test_a_reaction_is_given_and_taken_back(cast, reply, signed_in, url):
    amina = signed_in(cast.amina)
    for count in (1, 0):
        amina.post(url("react", reply), {"kind": "helps"})
        assert Reaction.objects.count() == count
    amina.post(url("react", reply), {"kind": "kwaad"})
    assert not Reaction.objects.exists()
    amina.post(url("react", reply), {"kind": "helps"})
    assert 'id="reactions-' in amina.get(url("topic", reply.topic)).text


def test_after_one_tap_the_counts_stand_where_the_choices_stood(cast, reply, signed_in, url):
    for who, count in ((cast.amina, 1), (cast.fatima, 2)):
        part = signed_in(who).post(url("react", reply), {"kind": "helps"}, headers={"HX-Request": "true"}).text
        assert "<form" not in part and f"</span>{count}</span>" in part


def test_the_answer_that_helped_is_chosen_by_who_asked(cast, strips, reply, signed_in, url):
    assert signed_in(cast.tom).post(url("accept", reply)).status_code == 403
    signed_in(cast.amina).post(url("accept", reply))
    strips.refresh_from_db()
    assert strips.accepted == reply
    assert cast.tom.notifications.filter(activity__kind="discussions.accepted").exists()
    page = signed_in(cast.tom).get(url("topic", strips)).text
    assert "is-answer" in page
    signed_in(cast.fatima).post(url("accept", reply))
    strips.refresh_from_db()
    assert strips.accepted is None


def test_in_a_completed_plg_nothing_is_done_any_more_but_keeping_it_decent(cast, strips, reply, signed_in, url):
    of_plg.close(cast.maths, by=cast.fatima, outcome="We weten hoe.")
    fatima = signed_in(cast.fatima)
    page = fatima.get(url("topic", strips)).text
    assert "/react/" not in page and "/pin/" not in page
    fatima.post(url("react", reply), {"kind": "helps"})
    fatima.post(url("accept", reply))
    fatima.post(url("pin", strips))
    fatima.post(url("edit_topic", strips), {"title": "Anders", "kind": strips.kind})
    strips.refresh_from_db()
    assert not Reaction.objects.exists()
    assert (strips.accepted, strips.pinned_at, strips.title) == (None, None, "Wie gebruikt breukenstroken?")
    fatima.post(url("remove", reply))
    reply.refresh_from_db()
    assert reply.is_removed


# Removing and reporting ---------------------------------------------------------------------------


def test_a_removed_post_leaves_a_place_and_no_word(cast, strips, reply, signed_in, url):
    actions.accept(reply, by=cast.amina)
    signed_in(cast.fatima).post(url("remove", reply))
    page = signed_in(cast.amina).get(url("topic", strips)).text
    assert "Ik vouw ze." not in page and 'id="post-2"' in page
    strips.refresh_from_db()
    assert strips.accepted is None
    for name in ("history", "edit_post", "react", "more"):
        assert "Ik vouw ze." not in signed_in(cast.tom).get(url(name, reply), follow=True).text


def test_a_report_goes_to_the_facilitators(cast, reply, signed_in, url):
    signed_in(cast.amina).post(url("report", reply), {"reason": "Dit is te herkennen."})
    assert cast.fatima.notifications.filter(activity__kind="discussions.reported").exists()
    assert "Dit is te herkennen." in signed_in(cast.fatima).get(url("index", cast.maths)).text
    assert "Dit is te herkennen." not in signed_in(cast.tom).get(url("index", cast.maths)).text
    signed_in(cast.fatima).post(url("settle_report", Report.objects.get()))
    assert "Dit is te herkennen." not in signed_in(cast.fatima).get(url("index", cast.maths)).text


def test_a_report_about_a_facilitator_goes_to_the_confidant_only(cast, strips, signed_in, url):
    post = actions.reply(strips, by=cast.fatima, text="Wat een onzin.")
    refused = signed_in(cast.amina).post(url("report", post), {"reason": "Dit raakte mij."})
    assert refused.status_code == 422 and "Dit raakte mij." in refused.text  # no confidant was named yet
    make.role(cast.els, RoleKind.CONFIDANT, cast.board)
    signed_in(cast.amina).post(url("report", post), {"reason": "Dit raakte mij."})
    assert Complaint.objects.get().confidant == cast.els
    assert not Report.objects.exists()
    assert not cast.fatima.notifications.filter(activity__kind="discussions.reported").exists()


def test_a_conversation_moves_only_to_a_plg_that_one_leads(cast, strips, signed_in, url):
    other = make.plg(cast.wissel, "PLG Lezen")
    fatima = signed_in(cast.fatima)
    fatima.post(url("move", strips), {"community": other.pk})
    strips.refresh_from_db()
    assert strips.community == cast.maths
    make.member(other, cast.fatima, "facilitator")
    fatima = signed_in(type(cast.fatima).objects.get(pk=cast.fatima.pk))
    fatima.post(url("move", strips), {"community": other.pk})
    strips.refresh_from_db()
    assert (strips.community, strips.moved_from) == (other, cast.maths)
    assert signed_in(cast.amina).get(url("topic", strips)).status_code == 404


@pytest.mark.parametrize("answers", [1, 3])
def test_moving_a_long_conversation_costs_no_more_than_a_short_one(cast, strips, answers, django_assert_num_queries):
    for _n in range(answers):
        actions.reply(strips, by=cast.tom, text="Dag @Amina")
    other = make.plg(cast.wissel, "PLG Lezen")
    make.member(other, cast.fatima, "facilitator")
    fatima = type(cast.fatima).objects.get(pk=cast.fatima.pk)
    standing(fatima)
    with django_assert_num_queries(11):
        actions.move(strips, by=fatima, community=other)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.CANCELLED}


# Files --------------------------------------------------------------------------------------------


def picture(name="werk.png"):
    kept = BytesIO()
    Image.new("RGB", (9, 9), "teal").save(kept, "PNG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/png")


def test_a_picture_comes_with_a_post_and_is_for_its_readers(cast, strips, signed_in, url):
    signed_in(cast.tom).post(url("reply", strips), {"text": "Kijk", "files": [picture(), picture("b.png")]})
    row = Attachment.objects.order_by("pk").first()
    assert (row.name, row.media_type, Attachment.objects.count()) == ("werk.jpg", "image/jpeg", 2)
    for who, answer in [("amina", 200), ("gijs", 404), ("bram", 404), ("dele", 404)]:
        got = signed_in(getattr(cast, who)).get(url("attachment", row))
        assert got.status_code == answer
        b"".join(got.streaming_content) if got.streaming else None
    actions.remove(row.post, by=cast.tom)
    assert signed_in(cast.amina).get(url("attachment", row)).status_code == 404


def archive(members, beside=b""):
    """An archive with these members: {name: how many bytes, which are zeros}."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for name, size in members.items():
            with parts.open(name, "w", force_zip64=True) as part:
                for _n in range(-(-size // MB)):
                    part.write(b"\0" * min(size, MB))
    return beside + kept.getvalue()


MB = 1024 * 1024


def bomb():
    """A document that unpacks to 500 MB."""
    return archive({"[Content_Types].xml": 1, "word/document.xml": 500 * MB})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("a.png", b"<html>"),
        ("a.pdf", b"MZ\x90"),
        ("leeg.png", b""),
        ("werk.docx", archive({"word/document.xml": 1}, beside=b"MZ\x90")),
        ("werk.docx", archive({"[Content_Types].xml": 1, "word/document.xml": 1, "word/vbaProject.bin": 1})),
        ("bom.docx", bomb),
        ("werk.zip", archive({"a.txt": 1})),
        ("beeld.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
    ],
    ids=["svg", "html", "exe", "empty", "program", "macros", "bomb", "zip", "no picture"],
)
def test_a_file_that_lies_is_refused_and_the_text_stays(cast, strips, signed_in, url, name, content):
    upload = SimpleUploadedFile(name, content() if callable(content) else content, "image/png")
    answer = signed_in(cast.tom).post(url("reply", strips), {"text": "Mijn tekst", "files": [upload]})
    assert answer.status_code == 422 and "Mijn tekst" in answer.text
    assert not Attachment.objects.exists() and Post.objects.count() == 1
