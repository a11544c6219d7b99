"""What observers write comes in once, in order, and lies open to nobody else before the discussion."""

import json
import random
from datetime import timedelta
from io import BytesIO
from itertools import product
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.utils.timezone import now
from PIL import Image

from activity.models import Notification
from lessonstudy import ledger, observing
from lessonstudy.actions import observing as actions
from lessonstudy.choices import LessonState, State
from lessonstudy.models import Assignment, CycleMember, Observation
from organisations.models import Hours
from tests.lessonstudy.world import a_cycle, open_discussion

SECRET = "draait het blad om en telt hardop"


@pytest.fixture
def lesson(cast):
    """Today; Fatima sees A, Tom sees B and C, Amina gives it."""
    return a_cycle(cast, state=State.READY, days=0).lessons.get()


def note(**said):
    made = observing.milliseconds()
    return {"key": str(uuid4()), "sequence": 1, "fact": SECRET, "match": "other", "made": made} | said


def send(client, lesson, *notes, person, **more):
    body = {"person": person.pk, "device": "tablet", "notes": list(notes)} | more
    return client.post(reverse("lessonstudy:send", args=[lesson.pk]), json.dumps(body), "application/json")


def test_an_observer_has_her_pupils_and_what_is_expected_of_them(cast, signed_in, lesson):
    page = signed_in(cast.tom).get(reverse("lessonstudy:observe", args=[lesson.pk]))
    assert page.status_code == 200
    data = page.context["data"]
    assert [pupil["code"] for pupil in data["pupils"]] == ["B", "C"]
    stage, pupil = data["stages"][0]["id"], data["pupils"][0]["id"]
    assert data["expected"][f"{stage}-{pupil}"] == "B vouwt in drieën."
    assert page.headers["Observe-Person"] == str(cast.tom.pk)


def test_a_note_comes_in_as_it_was_written(cast, signed_in, lesson):
    stage, pupil = lesson.plan.stages.last(), lesson.cycle.pupils.get(code="B")
    began = now() - timedelta(minutes=30)
    lesson.began_at = began
    lesson.save()
    written = note(stage=stage.pk, pupil=pupil.pk, made=observing.milliseconds(began) + 754_300, quote=True)
    answer = send(signed_in(cast.tom), lesson, written, person=cast.tom).json()
    row = lesson.observations.get()
    assert answer["taken"] == {written["key"]: 1}
    assert (row.observer, row.stage, row.pupil, row.offset_s, row.match) == (cast.tom, stage, pupil, 754, "other")
    assert row.is_quote and not row.is_late and row.fact == SECRET


def test_whatever_comes_twice_or_in_another_order_is_kept_once_and_as_meant(cast, signed_in, lesson):
    tom, sent = signed_in(cast.tom), []
    for n in range(40):
        first = note(sequence=n + 1, fact=f"zag {n}", made=observing.milliseconds() - (40 - n) * 1000)
        sent += [first, first | {"sequence": 100 + n, "fact": f"zag {n}, beter"}]
    sent[6]["fact"], sent[7]["withdrawn"] = "zag niets", True
    chance = random.Random(7)
    for _again in range(3):
        chance.shuffle(sent)
        for at in range(0, len(sent), 10):
            assert send(tom, lesson, *sent[at : at + 10], person=cast.tom).status_code == 200
    rows = list(lesson.observations.standing().in_order())
    assert [row.fact for row in rows] == [f"zag {n}, beter" for n in range(40) if n != 3]
    assert lesson.observations.count() == 40


def test_a_note_cannot_be_sent_as_somebody_else(cast, signed_in, lesson):
    """Two observers on one device: Tom's page is still open when Fatima signed in."""
    answer = send(signed_in(cast.fatima), lesson, note(), person=cast.tom)
    assert answer.status_code == 409 and answer.json()["other"]
    assert not lesson.observations.exists()


def test_nobody_rewrites_the_note_of_another(cast, signed_in, lesson):
    mine = note()
    send(signed_in(cast.tom), lesson, mine, person=cast.tom)
    answer = send(signed_in(cast.fatima), lesson, mine | {"sequence": 9, "fact": "iets anders"}, person=cast.fatima)
    assert answer.json()["refused"] == {mine["key"]: "Deze notitie is niet van jou."}
    assert lesson.observations.get().fact == SECRET


@pytest.mark.parametrize(
    "said",
    [
        {"key": "niets"}, {"sequence": "veel"}, {"stage": 10**30}, {"pupil": -3}, {"made": "gisteren"},
        {"made": 10**25}, {"match": "prachtig"}, {"offset": True}, {"fact": None}, {"fact": ["a"]},
        {"fact": "a\0b" * 900}, {"key": None},
    ],
)  # fmt: skip
def test_odd_notes_lose_no_others(cast, signed_in, lesson, said):
    good = note()
    answer = send(signed_in(cast.tom), lesson, note(**said), good, person=cast.tom)
    assert answer.status_code == 200
    assert good["key"] in answer.json()["taken"]


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"person": "x"}', '{"notes": 3}'])
def test_an_odd_request_is_no_crash(cast, signed_in, lesson, body):
    answer = signed_in(cast.tom).post(reverse("lessonstudy:send", args=[lesson.pk]), body, "application/json")
    assert answer.status_code in (400, 409)


def test_a_note_that_arrives_after_the_discussion_opened_is_kept_marked_and_told(cast, signed_in, lesson):
    fatima, early = signed_in(cast.fatima), note()
    send(fatima, lesson, early, person=cast.fatima)
    open_discussion(lesson)
    late, rewritten = note(fact="kwam later"), early | {"sequence": 5, "fact": "toch anders"}
    answer = send(fatima, lesson, late, rewritten, person=cast.fatima).json()
    assert list(answer["taken"]) == [late["key"]] and list(answer["refused"]) == [early["key"]]
    assert {(row.fact, row.is_late) for row in lesson.observations.all()} == {(SECRET, False), ("kwam later", True)}
    told = Notification.objects.filter(person=cast.tom, activity__kind="lessonstudy.came_late")
    assert told.get().activity.facts == {"count": 1}


def test_a_lesson_that_was_broken_off_keeps_its_notes_and_never_opens_them(cast, signed_in, lesson):
    lesson.state = LessonState.BROKEN_OFF
    lesson.save()
    answer = send(signed_in(cast.tom), lesson, note(), person=cast.tom).json()
    assert answer["closed"] and lesson.observations.count() == 1
    assert not Observation.objects.allowing(cast.fatima, "view").exists()
    page = signed_in(cast.tom).get(reverse("lessonstudy:observe", args=[lesson.pk]))
    assert "Deze les is afgebroken." in page.text


def test_who_left_the_cycle_is_told_why_nothing_is_sent(cast, signed_in, lesson):
    CycleMember.objects.filter(person=cast.tom).update(left_at=now())
    answer = send(signed_in(cast.tom), lesson, note(), person=cast.tom)
    assert answer.status_code == 403
    assert answer.json()["sentence"].startswith("Je doet niet meer mee")
    assert not lesson.observations.exists()
    assert send(signed_in(cast.els), lesson, note(), person=cast.els).status_code == 404


# ---- the clock


def test_the_first_who_tapped_counts_also_when_she_had_no_network(cast, signed_in, lesson):
    tom = signed_in(cast.tom)
    tom.post(reverse("lessonstudy:begin_lesson", args=[lesson.pk]))
    lesson.refresh_from_db()
    online = lesson.began_at
    send(tom, lesson, note(made=observing.milliseconds(online)), person=cast.tom)
    earlier = observing.milliseconds(online - timedelta(minutes=3))
    answer = send(signed_in(cast.fatima), lesson, person=cast.fatima, began=earlier).json()
    lesson.refresh_from_db()
    assert answer["began"] == observing.milliseconds(lesson.began_at) == earlier
    assert lesson.observations.get().offset_s == 180
    later = observing.milliseconds(online + timedelta(seconds=9))
    assert send(tom, lesson, person=cast.tom, began=later).json()["began"] == earlier


def test_the_clock_is_not_started_days_before(cast, signed_in):
    lesson = a_cycle(cast, state=State.READY, days=3).lessons.get()
    answer = signed_in(cast.amina).post(reverse("lessonstudy:begin_lesson", args=[lesson.pk]), follow=True)
    lesson.refresh_from_db()
    assert lesson.began_at is None
    assert "Dan kun je de klok starten." in answer.text


def test_only_who_guides_starts_the_clock_anew(cast, signed_in, lesson):
    url = reverse("lessonstudy:begin_lesson", args=[lesson.pk])
    lesson.began_at = now() - timedelta(minutes=20)
    lesson.save()
    assert signed_in(cast.tom).post(url, {"again": "1"}).status_code == 403
    assert signed_in(cast.fatima).post(url, {"again": "1"}).status_code == 302
    lesson.refresh_from_db()
    assert now() - lesson.began_at < timedelta(minutes=1)


# ---- blind until the discussion opens


def _addresses(objects):
    """Every address of Lesson Study that these ids can stand in, whoever wrote its view."""
    for resolver in get_resolver().url_patterns:
        if getattr(resolver, "namespace", "") != "lessonstudy":
            continue
        for entry, pk in product(resolver.url_patterns, objects):
            filled = {name: _fitting(converter, pk) for name, converter in entry.pattern.converters.items()}
            yield reverse(f"lessonstudy:{entry.name}", kwargs=filled)


def _fitting(converter, pk):
    return pk if type(converter).__name__ == "IntConverter" else "A"


def _seen_by(client, lesson, row):
    """All text and bytes that this person can fetch of a lesson, on every page and file there is."""
    ids = {lesson.pk, lesson.cycle_id, row.pk, lesson.plan_id, *lesson.assignments.values_list("pk", flat=True), 1, 2}
    found = b""
    for url in sorted(set(_addresses(ids))):
        answer = client.get(url)
        found += b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.headers.get("Content-Type") == "image/jpeg":
            found += b"a photo"
    return found.decode(errors="replace")


def test_observers_are_blind_to_each_other_on_every_page_and_in_every_file(cast, signed_in, lesson):
    tom = signed_in(cast.tom)
    written = note(pupil=lesson.cycle.pupils.get(code="B").pk, stage=lesson.plan.stages.first().pk)
    send(tom, lesson, written, person=cast.tom)
    _photo(tom, lesson, written["key"], cast.tom)
    row = lesson.observations.get()
    assert SECRET in _seen_by(tom, lesson, row)  # the walk does find it
    for person in (cast.fatima, cast.amina, cast.gijs, cast.els, cast.bram):
        seen = _seen_by(signed_in(person), lesson, row)
        assert SECRET not in seen and "a photo" not in seen, person
    assert not Observation.objects.allowing(cast.fatima, "view").exists()
    open_discussion(lesson)
    opened = signed_in(cast.fatima).get(reverse("lessonstudy:note_photo", args=[row.pk]))
    assert opened.status_code == 200 and b"".join(opened.streaming_content)
    assert signed_in(cast.els).get(reverse("lessonstudy:note_photo", args=[row.pk])).status_code == 404


def test_what_is_kept_of_one_person_holds_no_notes_of_another(cast, signed_in, lesson):
    from core.registry import exports

    send(signed_in(cast.tom), lesson, note(), person=cast.tom)
    tell = exports["lessonstudy"]
    assert SECRET in str(_downloaded(tell(cast.tom)))
    assert SECRET not in str(_downloaded(tell(cast.fatima)))


def _downloaded(found):
    return [list(rows.values_list(*table.shows)) for table, rows in found]


# ---- photos


def _jpeg(**more):
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Toestel van Tom"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (640, 480), "#c9d6c2").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_1234.jpg", file.getvalue(), "image/jpeg")


def _photo(client, lesson, key, person, **more):
    body = {"person": person.pk, "key": key, "photo": _jpeg(), "shows_work": "1"} | more
    url = reverse("lessonstudy:photo", args=[lesson.pk])
    return client.post(url, body, headers={"Accept": "application/json"})


def test_a_photo_keeps_the_work_and_nothing_of_the_camera(cast, signed_in, lesson):
    tom, written = signed_in(cast.tom), note()
    assert _photo(tom, lesson, written["key"], cast.tom).status_code == 404  # the note comes first
    send(tom, lesson, written, person=cast.tom)
    for _again in range(2):
        assert _photo(tom, lesson, written["key"], cast.tom).json() == {"kept": True}
    row = lesson.observations.get()
    assert row.photo.size
    with row.photo.open() as file:
        picture = Image.open(file)
        assert dict(picture.getexif()) == {} and picture.format == "JPEG"


def test_without_the_word_that_it_shows_work_a_photo_is_refused(cast, signed_in, lesson):
    tom, written = signed_in(cast.tom), note()
    send(tom, lesson, written, person=cast.tom)
    answer = _photo(tom, lesson, written["key"], cast.tom, shows_work="")
    assert answer.status_code == 422 and "gezichten" in answer.json()["sentence"]
    lesson.is_filmed, lesson.parents_informed_on = True, lesson.held_on
    lesson.save()
    assert _photo(tom, lesson, written["key"], cast.tom, shows_work="").status_code == 200


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(cast, signed_in, lesson):
    tom, written = signed_in(cast.tom), note()
    send(tom, lesson, written, person=cast.tom)
    lie = SimpleUploadedFile("foto.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    assert _photo(tom, lesson, written["key"], cast.tom, photo=lie).status_code == 422
    assert not lesson.observations.get().photo


# ---- without script


def test_the_page_works_as_a_plain_form(cast, signed_in, lesson):
    tom = signed_in(cast.tom)
    page = reverse("lessonstudy:observe", args=[lesson.pk])
    add = reverse("lessonstudy:note", args=[lesson.pk])
    pupil = lesson.cycle.pupils.get(code="C")
    refused = tom.post(add, {"fact": " ", "match": "", "pupil": pupil.pk, "stage": ""})
    assert refused.status_code == 422 and "Schrijf op wat je zag of hoorde." in refused.text
    assert tom.post(add, {"fact": "vouwt", "match": "partly", "pupil": pupil.pk, "stage": ""}).status_code == 302
    row = lesson.observations.get()
    assert (row.pupil, row.fact, row.match) == (pupil, "vouwt", "partly")
    assert "vouwt" in tom.get(page).text
    change = reverse("lessonstudy:change_note", args=[row.pk])
    tom.post(change, {"fact": "vouwt twee keer", "match": "other", "pupil": "", "stage": ""})
    row.refresh_from_db()
    assert (row.fact, row.pupil) == ("vouwt twee keer", None)
    tom.post(reverse("lessonstudy:photo", args=[lesson.pk]), {"key": row.key, "photo": _jpeg(), "shows_work": "on"})
    assert lesson.observations.get().photo
    tom.post(reverse("lessonstudy:withdraw_note", args=[row.pk]))
    assert not lesson.observations.standing().exists()


def test_once_opened_nobody_changes_a_fact(cast, signed_in, lesson):
    tom = signed_in(cast.tom)
    send(tom, lesson, note(), person=cast.tom)
    row = lesson.observations.get()
    open_discussion(lesson)
    change = reverse("lessonstudy:change_note", args=[row.pk])
    refused = tom.post(change, {"fact": "iets anders", "match": "", "pupil": "", "stage": ""})
    assert refused.status_code == 422 and "iets anders" in refused.text
    tom.post(reverse("lessonstudy:withdraw_note", args=[row.pk]))
    assert lesson.observations.standing().exists()
    add = tom.post(reverse("lessonstudy:note", args=[lesson.pk]), {"fact": "nog iets", "match": "", "pupil": ""})
    assert add.status_code == 422 and "nog iets" in add.text
    assert lesson.observations.get().fact == SECRET


# ---- who observes whom, handing in, talks


def test_whoever_guides_says_who_observes_whom(cast, signed_in, lesson):
    a, b = lesson.cycle.pupils.filter(code__in="AB")
    url = reverse("lessonstudy:assign", args=[lesson.pk])
    fatima = signed_in(cast.fatima)
    said = {f"pupils-{cast.gijs.pk}": [a.pk, b.pk], f"observes-{cast.tom.pk}": "on"}
    assert fatima.post(url, said).status_code == 302
    found = {row.observer: {pupil.code for pupil in row.pupils.all()} for row in lesson.assignments.all()}
    assert found == {cast.gijs: {"A", "B"}, cast.tom: set()}
    assert "Nog niemand volgt C." in fatima.get(url).text
    assert signed_in(cast.tom).post(url, said).status_code == 403
    assert signed_in(cast.tom).get(url).status_code == 200  # he leads the discussion
    assert signed_in(cast.gijs).get(url).status_code == 403


def test_whose_notes_came_in_stays_an_observer(cast, signed_in, lesson):
    send(signed_in(cast.tom), lesson, note(), person=cast.tom)
    signed_in(cast.fatima).post(reverse("lessonstudy:assign", args=[lesson.pk]), {})
    assert [row.observer for row in lesson.assignments.all()] == [cast.tom]


def test_handing_in_and_being_absent_are_told_on_the_page_of_who_guides(cast, signed_in, lesson):
    tom, fatima = signed_in(cast.tom), signed_in(cast.fatima)
    send(tom, lesson, note(), note(), person=cast.tom, ready=True)
    tom.post(reverse("lessonstudy:hand_in", args=[lesson.pk]))
    row = lesson.assignments.get(observer=cast.fatima)
    fatima.post(reverse("lessonstudy:absent", args=[row.pk]), {"absent": "1"})
    page = fatima.get(reverse("lessonstudy:assign", args=[lesson.pk])).text
    assert "ingeleverd om" in page and "2 notities" in page and "was er niet" in page
    assert SECRET not in page
    row.refresh_from_db()
    assert row.was_absent and Assignment.objects.get(observer=cast.tom).opened_at


def test_a_talk_with_a_pupil_or_why_there_was_none(cast, signed_in, lesson):
    pupil = lesson.cycle.pupils.get(code="A")
    tom = signed_in(cast.tom)
    url = reverse("lessonstudy:interview_pupil", args=[lesson.pk, pupil.pk])
    assert tom.post(url, {}).status_code == 422
    assert tom.post(url, {"learned": "Dat het eerlijk moet."}).status_code == 302
    assert tom.post(url, {"learned": "Dat het eerlijk moet zijn."}).status_code == 302
    assert lesson.interviews.get().learned == "Dat het eerlijk moet zijn."
    assert "Dat het eerlijk moet zijn." in tom.get(reverse("lessonstudy:interview", args=[lesson.pk])).text
    ill = lesson.cycle.pupils.get(code="B")
    tom.post(reverse("lessonstudy:interview_pupil", args=[lesson.pk, ill.pk]), {"skipped_why": "B was ziek."})
    assert lesson.interviews.get(pupil=ill).skipped_why == "B was ziek."


@pytest.mark.parametrize("name", ["observe", "observe_state", "assign", "interview"])
def test_more_notes_cost_no_more_queries(cast, signed_in, lesson, name, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    fatima, url = signed_in(cast.fatima), reverse(f"lessonstudy:{name}", args=[lesson.pk])
    fatima.get(url)
    counted = []
    for many in (1, 3):
        rows = [note(pupil=lesson.cycle.pupils.get(code="A").pk) for _n in range(many)]
        send(fatima, lesson, *rows, person=cast.fatima)
        with CaptureQueriesContext(connection) as queries:
            assert fatima.get(url).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 14


def test_the_worker_names_files_that_are_there(signed_in):
    from django.contrib.staticfiles import finders

    answer = signed_in().get(reverse("lessonstudy:observe_worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    facts = json.loads(answer.text.partition("self.kept = ")[2].partition(";\n")[0])
    assert any("observe-" in name for name in facts["assets"])
    assert all(finders.find(name.removeprefix("/static/")) for name in facts["assets"])


def test_send_keeps_the_reading_of_actions_small(cast, lesson, django_assert_max_num_queries):
    notes = [observing.Note.read(note(sequence=n)) for n in range(50)]
    with django_assert_max_num_queries(16):
        actions.take(lesson, notes, by=cast.tom)


def test_a_name_of_a_pupil_is_hinted_at_and_never_refused(cast, signed_in, lesson):
    tom, named = signed_in(cast.tom), note(fact="Toen zei Sanne dat het niet eerlijk was.")
    answer = send(tom, lesson, named, note(fact="vouwt in vieren"), person=cast.tom).json()
    assert len(answer["taken"]) == 2
    assert list(answer["named"]) == [named["key"]] and "Sanne" in answer["named"][named["key"]]
    plain = {"fact": "Toen zei Sanne niets.", "match": "", "pupil": "", "stage": ""}
    assert "Sanne" in tom.post(reverse("lessonstudy:note", args=[lesson.pk]), plain, follow=True).text


def test_who_turned_out_to_be_absent_has_no_hours_of_the_lesson(cast):
    lesson = a_cycle(cast, "given").lessons.get()
    ledger.write(lesson)
    row = lesson.assignments.get(observer=cast.tom)
    mine = Hours.objects.filter(source=ledger.source(lesson.pk), person=cast.tom, minutes__gt=0)
    assert mine.exists()
    actions.mark_absent(row, True, by=cast.fatima)
    assert not mine.exists()
    actions.mark_absent(row, False, by=cast.fatima)
    assert mine.exists()
