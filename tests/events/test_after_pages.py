"""The pages of what is left of a day, as people use them; posters, and what goes to the KennisHub."""

import io
from datetime import time, timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now
from PIL import Image

from activity.models import Notification
from core import pdf
from events.actions import after
from events.choices import Part
from events.models import Answer, Certificate, Contribution, EvaluationToken, Event
from knowledgehub.models import Author, ResourceVersion
from tests.events import world
from tests.events.offers import offers, sits


@pytest.fixture
def lab(cast):
    """A lab of three days ago that was rounded off: Amina was there, from beginning to end, and in a workshop."""
    event = world.an_event(cast, "over", programme="release")
    row = world.comes(event, cast.amina)
    sits(event.sessions.get(title="Breuken zien"), row)
    event.check_ins.create(registration=row, at=event.starts_at)
    after.round_off(event)
    event.refresh_from_db()
    return event


def go(client, name, *args, **form):
    address = reverse(f"events:{name}", args=args)
    return client.post(address, form) if form else client.get(address)


def picture(size=(300, 400)):
    kept = io.BytesIO()
    Image.new("RGB", size, "red").save(kept, "PNG")
    return SimpleUploadedFile("Mijn poster.png", kept.getvalue(), content_type="image/png")


def read(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


# Evaluation ---------------------------------------------------------------------------------------


def test_she_answers_from_the_page_of_the_event_and_is_not_asked_again(cast, lab, signed_in):
    client, session = signed_in(cast.amina), lab.sessions.get(title="Breuken zien")
    assert reverse("events:evaluate", args=[lab.pk]) in go(client, "detail", lab.pk).text
    page = go(client, "evaluate", lab.pk).text
    assert f"session_{session.pk}" in page
    assert go(client, "evaluate", lab.pk, worth="", better="").status_code == 422
    wrong = go(client, "evaluate", lab.pk, worth="9", better="Meer soep, graag")
    assert wrong.status_code == 422
    assert "Meer soep, graag" in wrong.text
    form = {"worth": "4", "better": "Meer soep", f"session_{session.pk}": "5", f"word_{session.pk}": "Mooi"}
    assert go(client, "evaluate", lab.pk, **form).status_code == 302
    assert Answer.objects.count() == 2
    assert "al geantwoord" in go(client, "evaluate", lab.pk).text
    assert go(client, "evaluate", lab.pk, **form).status_code == 422
    assert Answer.objects.count() == 2
    assert reverse("events:evaluate", args=[lab.pk]) not in go(client, "detail", lab.pk).text


def test_a_guest_answers_behind_her_link_and_somebody_else_does_not(cast, lab, signed_in):
    token = EvaluationToken.objects.get().token
    address = reverse("events:evaluate_by_mail", args=[token])
    assert signed_in(cast.tom).get(address).status_code == 410
    client = signed_in()
    page = client.get(address)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "Dank je wel" in client.post(address, {"worth": "5"}).text
    assert client.post(address, {"worth": "5"}).status_code == 422
    EvaluationToken.objects.all().delete()
    assert client.get(address).status_code == 410


def test_organisers_read_nothing_before_and_everything_at_once_after(cast, lab, signed_in):
    client = signed_in(cast.noor)
    rows = [world.comes(lab) for _each in range(4)]
    for row in rows:
        lab.check_ins.create(registration=row, at=lab.starts_at)
    after.settle(lab)
    for number, token in enumerate(EvaluationToken.objects.all()):
        after.answer(token, worth=4, better="Kortere pauze")
        assert "4,0" not in go(client, "evaluation", lab.pk).text, number
    Event.objects.filter(pk=lab.pk).update(rounded_off_at=now() - timedelta(days=15))
    page = go(client, "evaluation", lab.pk).text
    assert "4,0" in page
    assert "Kortere pauze" not in page
    assert go(signed_in(cast.amina), "evaluation", lab.pk).status_code == 403


def test_who_gave_a_session_reads_hers_alone(cast, lab, signed_in):
    session = lab.sessions.get(title="Breuken zien")
    session.speakers.add(cast.gijs)
    Event.objects.filter(pk=lab.pk).update(rounded_off_at=now() - timedelta(days=15))
    page = go(signed_in(cast.gijs), "evaluation", lab.pk).text
    assert "Breuken zien" in page
    assert "Denkvragen" not in page
    assert "Minder dan vijf" in page


# Certificates and attendance ----------------------------------------------------------------------


def test_her_certificate_is_a_tagged_pdf_for_her_and_who_organises(cast, lab, signed_in):
    paper = Certificate.objects.get()
    answer = go(signed_in(cast.amina), "certificate", paper.pk)
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content or b"/MarkInfo" in answer.content
    assert go(signed_in(cast.noor), "certificate", paper.pk).status_code == 200
    assert go(signed_in(cast.tom), "certificate", paper.pk).status_code == 404


def test_the_certificate_says_who_what_and_how_long(cast, lab, signed_in):
    answer = go(signed_in(cast.amina), "certificate", Certificate.objects.get().pk)
    book = pypdfium2.PdfDocument(answer.content)
    text = book[0].get_textpage().get_text_bounded()
    book.close()
    for said in (str(cast.amina), str(cast.network), "Innovatielab najaar", "4 uur en 30 minuten", "Breuken zien"):
        assert said in text
    assert "Denkvragen" not in text  # she was in the other workshop


def test_an_organiser_puts_hours_right_and_reads_what_was_wrong(cast, lab, signed_in):
    client, row = signed_in(cast.noor), lab.registrations.get(person=cast.amina)
    page = go(client, "correct_attendance", row.pk).text
    assert 'value="13:00"' in page
    assert go(client, "correct_attendance", row.pk, from_0="14:00", until_0="").status_code == 422
    late = go(client, "correct_attendance", row.pk, from_0="14:00", until_0="19:00")
    assert late.status_code == 422
    assert 'value="19:00"' in late.text
    assert go(client, "correct_attendance", row.pk, from_0="14:00", until_0="15:30").status_code == 302
    assert Certificate.objects.get().minutes == 90
    assert "1 uur en 30 minuten" in go(client, "attendance", lab.pk).text
    assert go(signed_in(cast.amina), "correct_attendance", row.pk).status_code == 403


def test_past_midnight_is_the_day_after(cast, signed_in):
    day = world.today() - timedelta(days=2)
    event = world.an_event(cast, "over", held_on=day, last_on=day + timedelta(days=1), starts=time(20), ends=time(1))
    row = world.comes(event, cast.amina)
    after.round_off(event)
    answer = go(signed_in(cast.noor), "correct_attendance", row.pk, from_0="21:00", until_0="00:30")
    assert answer.status_code == 302
    assert Certificate.objects.get().minutes == 210


def test_everybody_was_there_is_asked_once_more(cast, signed_in):
    event = world.an_event(cast, "running", days=-1)
    world.comes(event, cast.amina)
    client = signed_in(cast.noor)
    assert reverse("events:everybody_came", args=[event.pk]) in go(client, "attendance", event.pk).text
    assert "1 persoon telt" in go(client, "everybody_came", event.pk).text
    assert not event.check_ins.exists()
    assert go(client, "everybody_came", event.pk, do="yes").status_code == 302
    assert go(client, "everybody_came", event.pk, do="yes").status_code == 422


@pytest.mark.parametrize("others", [0, 2])
def test_the_list_of_who_was_there_asks_the_same_for_one_and_three(
    cast, lab, signed_in, others, django_assert_num_queries
):
    for _each in range(others):
        row = world.comes(lab)
        lab.check_ins.create(registration=row, at=lab.starts_at)
    after.settle(lab)
    client = signed_in(cast.noor)
    go(client, "attendance", lab.pk)
    with django_assert_num_queries(QUERIES["attendance"]):
        go(client, "attendance", lab.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_the_wall_of_posters_asks_the_same_for_one_and_three(cast, lab, signed_in, count, django_assert_num_queries):
    for number in range(count):
        offers(lab, cast.tom, "confirmed", title=f"Poster {number}", poster="posters/x.jpg", poster_alt="Stroken")
    client = signed_in(cast.amina)
    go(client, "gallery", lab.pk)
    with django_assert_num_queries(QUERIES["gallery"]):
        page = go(client, "gallery", lab.pk)
    assert page.text.count('alt="Stroken"') == count


QUERIES = {"attendance": 13, "gallery": 6}


# Posters ------------------------------------------------------------------------------------------


def test_who_brings_something_hangs_a_poster_and_takes_it_down(cast, lab, signed_in):
    row = offers(lab, cast.amina, "confirmed", kind="poster")
    client = signed_in(cast.amina)
    assert "Hang een poster op" in go(client, "gallery", lab.pk).text
    lacking = go(client, "poster", row.pk, file=picture(), poster_alt="")
    assert lacking.status_code == 422
    nothing = go(client, "poster", row.pk, poster_alt="Zes stroken papier")
    assert nothing.status_code == 422
    assert "Zes stroken papier" in nothing.text
    assert go(client, "poster", row.pk, file=picture(), poster_alt="Zes stroken papier").status_code == 302
    page = go(signed_in(cast.tom), "gallery", lab.pk).text
    assert 'alt="Zes stroken papier"' in page
    row.refresh_from_db()
    small = go(signed_in(cast.tom), "poster_file", row.pk, "small")
    assert read(small)[:2] == b"\xff\xd8"
    assert read(go(signed_in(cast.tom), "poster_file", row.pk, "full"))[:2] == b"\xff\xd8"
    assert row.poster_name == "Mijn poster.jpg"
    assert go(client, "poster", row.pk, poster_alt="Zes gevouwen stroken").status_code == 302  # only the words
    assert go(client, "poster", row.pk, do="take_down").status_code == 302
    row.refresh_from_db()
    assert not row.poster
    assert not row.poster_small
    assert go(signed_in(cast.tom), "poster_file", row.pk, "small").status_code == 404


def test_a_poster_may_be_a_pdf_and_its_first_page_hangs(cast, lab, signed_in):
    row = offers(lab, cast.amina, "scheduled", kind="poster")
    badges = {"title": "Poster", "event": "Lab", "day": "vandaag", "none": "Breuken zien", "badges": []}
    file = SimpleUploadedFile("poster.pdf", pdf.typeset("badges", badges), content_type="application/pdf")
    client = signed_in(cast.amina)
    assert go(client, "poster", row.pk, file=file, poster_alt="Een blad").status_code == 302
    row.refresh_from_db()
    with row.poster_small.open("rb") as file, Image.open(file) as small:
        assert small.width == 640
    broken = SimpleUploadedFile("poster.pdf", b"%PDF-1.4 nonsense", content_type="application/pdf")
    assert go(client, "poster", row.pk, file=broken, poster_alt="Een blad").status_code == 422
    word = SimpleUploadedFile("poster.txt", b"hallo", content_type="text/plain")
    assert go(client, "poster", row.pk, file=word, poster_alt="Een blad").status_code == 422


def test_what_was_not_chosen_hangs_nothing_and_shows_nothing(cast, lab, signed_in):
    row = offers(lab, cast.amina, "rejected", poster="posters/x.jpg", poster_alt="Stroken")
    client = signed_in(cast.amina)
    assert go(client, "poster", row.pk, file=picture(), poster_alt="Stroken").status_code == 422
    assert "Stroken" not in go(client, "gallery", lab.pk).text
    assert go(client, "poster_file", row.pk, "small").status_code == 404


def test_the_wall_follows_the_event_also_without_signing_in(cast, signed_in):
    event = world.an_event(cast, "over", scope="public", network=None)
    row = offers(event, cast.amina, "confirmed", poster_alt="Stroken", poster_name="p.jpg", poster_type="image/jpeg")
    Contribution.objects.filter(pk=row.pk).update(poster="posters/x.jpg")
    anybody = signed_in()
    assert 'alt="Stroken"' in go(anybody, "gallery", event.pk).text
    Event.objects.filter(pk=event.pk).update(scope="network", network=cast.network)
    assert go(anybody, "gallery", event.pk).status_code == 302
    assert go(anybody, "poster_file", row.pk, "small").status_code == 404


def test_the_wall_turns_its_pages(cast, lab, signed_in):
    for number in range(13):
        offers(lab, cast.tom, "confirmed", title=f"Poster {number:02}", poster="posters/x.jpg", poster_alt="Stroken")
    client = signed_in(cast.amina)
    address = reverse("events:gallery", args=[lab.pk])
    assert client.get(address).text.count('alt="Stroken"') == 12
    assert client.get(f"{address}?page=2").text.count('alt="Stroken"') == 1


# Into the KennisHub -------------------------------------------------------------------------------


def test_who_brought_it_shares_it_with_poster_and_recording_and_her_colleague_is_asked(cast, lab, signed_in):
    session = lab.sessions.get(title="Breuken zien")
    row = offers(lab, cast.amina, "scheduled", others=[cast.tom])
    session.contribution, session.recording = row, "https://video.example/breuken"
    session.save()
    client = signed_in(cast.amina)
    go(client, "poster", row.pk, file=picture(), poster_alt="Zes stroken")
    address = reverse("knowledgehub:bring", args=["contribution", row.pk])
    assert address in go(client, "detail", lab.pk).text
    for stranger in (cast.noor, cast.gijs):  # whoever organises it does not decide
        assert signed_in(stranger).get(address).status_code == 404
    assert client.get(address).status_code == 200
    form = {"title": "Breuken zien", "text": "Wat we leerden.", "checked": "on"}
    assert client.post(address, form).status_code == 302
    version = ResourceVersion.objects.get(title="Breuken zien")
    assert version.link == "https://video.example/breuken"
    assert version.files.get().name == "Mijn poster.jpg"
    assert set(Author.objects.filter(resource=version.resource).values_list("person", flat=True)) == {
        cast.amina.pk, cast.tom.pk,
    }  # fmt: skip
    row.refresh_from_db()
    assert row.resource == version.resource
    assert client.get(address).status_code == 404  # once
    assert address not in go(client, "detail", lab.pk).text


def test_a_recording_is_told_to_who_gave_it_and_to_nobody_else(cast, lab, signed_in):
    session = lab.sessions.get(title="Breuken zien")
    session.speakers.add(cast.gijs)
    client, field = signed_in(cast.noor), f"session_{session.pk}"
    wrong = go(client, "recordings", lab.pk, **{field: "geen adres"})
    assert wrong.status_code == 422
    assert "geen adres" in wrong.text
    for _time in range(2):
        assert go(client, "recordings", lab.pk, **{field: "https://video.example/1"}).status_code == 302
    told = Notification.objects.filter(activity__kind="events.recorded")
    assert [each.person for each in told] == [cast.gijs]
    bring = reverse("knowledgehub:bring", args=["talk", session.pk])
    assert signed_in(cast.gijs).get(bring).status_code == 200
    assert signed_in(cast.amina).get(bring).status_code == 404
    assert go(signed_in(world.does(lab, cast.tom, Part.CREW).person), "recordings", lab.pk).status_code == 403
