"""The logbook: written for oneself, shared with one PLG, taken back, kept from elsewhere, put on paper."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from activity import references
from activity.models import Link
from communities import actions as plgs
from communities import logbook_paper
from communities.actions import logbook as actions
from communities.choices import Role
from communities.meetings.actions import action_points, writing
from communities.meetings.models import ActionPoint, Run
from communities.models import LogbookEntry, LogbookPhoto
from core.refusals import Refused
from core.registry import merges
from core.time import today
from tests import cast as people
from tests.communities._plg import queries_of

SINCE = date(2025, 1, 1)
EMPTY = {"tried": "", "saw": "", "changes": "", "text": ""}


def url(name, *args):
    return reverse(f"communities:{name}", args=args)


def typed(**words):
    return {"happened_on": today().isoformat(), **EMPTY, **words}


def write(person, text="Ze halveerden de helft.", **fields):
    fields = {"happened_on": today()} | fields
    return actions.write_entry(person, words={"saw": text}, **fields)


def shared(cast, person=None, text="Ze halveerden de helft.", **fields):
    person = person or cast.amina
    entry = write(person, text, **fields)
    return actions.share_entry(entry, by=person, community=cast.maths)


def photo(name="werk.jpg", size=(900, 600), kind="JPEG", **options):
    picture = BytesIO()
    Image.new("RGB", size, "green").save(picture, kind, **options)
    return SimpleUploadedFile(name, picture.getvalue(), "image/jpeg")


def body(answer):
    return b"".join(answer.streaming_content)


def told(person):
    return person.notifications.filter(activity__kind=actions.SHARED, read_at=None).count()


def test_she_writes_for_herself_shares_with_her_plg_and_takes_it_back(cast, signed_in):
    amina, tom = signed_in(cast.amina), signed_in(cast.tom)
    page = amina.post(url("write_entry"), typed(tried="Stroken vouwen", saw="Noor zag het niet.", photos=[photo()]))
    entry = LogbookEntry.objects.get()
    assert page.url == entry.get_absolute_url()
    assert not entry.is_shared and entry.photos.count() == 1
    picture = entry.photos.get().get_absolute_url()
    assert amina.get(page.url).status_code == 200 and body(amina.get(picture))
    assert tom.get(page.url).status_code == tom.get(picture).status_code == 404
    assert "Stroken vouwen" in amina.get(url("logbook")).text

    asks = amina.get(url("share_entry", entry.pk))
    assert "PLG Rekenen · 2" in asks.text, "with how many others is said first"
    assert tom.get(page.url).status_code == 404, "asking shares nothing"
    amina.post(url("share_entry", entry.pk), {"community": cast.maths.pk})
    assert "Stroken vouwen" in tom.get(page.url).text
    assert "Stroken vouwen" in tom.get(url("plg_logbook", cast.maths.pk)).text
    assert body(tom.get(picture))
    assert told(cast.tom) == told(cast.fatima) == 1 and told(cast.amina) == told(cast.gijs) == 0

    amina.post(url("take_back_entry", entry.pk))
    assert tom.get(page.url).status_code == tom.get(picture).status_code == 404
    assert "Stroken vouwen" not in tom.get(url("plg_logbook", cast.maths.pk)).text
    assert told(cast.tom) == 0, "what was taken back is no news"
    actions.share_entry(entry, by=cast.amina, community=cast.maths)
    assert told(cast.tom) == 0, "nobody is told twice"


def test_what_stands_in_bell_and_letter_says_nothing_of_the_words(cast, signed_in, mailserver):
    from activity import words
    from activity.kinds import kinds
    from activity.models import Notification

    entry = shared(cast, text="Jip huilde.")
    news = Notification.objects.get(person=cast.tom)
    assert "Jip" not in signed_in(cast.tom).get(reverse("activity:bell")).text
    kind = kinds[actions.SHARED]
    context = {"person": cast.tom, "address": cast.tom.email, "about": entry, "by": cast.amina, "facts": {}}
    for part in ("subject", "line", "email"):
        assert "Jip" not in words.say(kind, part, context)
    assert news.activity.about == entry


@pytest.mark.parametrize("who", ["fatima", "tom", "gijs", "bram", "ben", "noor", "paula", "dele", "els"])
def test_nothing_private_reaches_anybody_on_any_page(cast, signed_in, who):
    entry = write(cast.amina, "Geheim: het lukte niet.", community=cast.maths, photos=[])
    LogbookPhoto.objects.create(entry=entry, image="logbook/x.jpg")
    reader = getattr(cast, who)
    browser = signed_in(reader)
    for name in ("entry", "edit_entry", "share_entry", "delete_entry"):
        assert browser.get(url(name, entry.pk)).status_code == 404
    for name in ("edit_entry", "share_entry", "take_back_entry", "delete_entry"):
        assert browser.post(url(name, entry.pk), typed(saw="Van mij")).status_code == 404
    assert browser.get(entry.photos.get().get_absolute_url()).status_code == 404
    for path in (
        url("logbook"), f"{url('logbook')}?q=Geheim", f"{url('logbook')}?plg={cast.maths.pk}", "/",
        url("plg_logbook", cast.maths.pk), cast.maths.get_absolute_url(), url("members", cast.maths.pk),
        reverse("activity:bell"),
    ):  # fmt: skip
        assert "het lukte niet" not in browser.get(path, follow=True).text
    assert browser.get(url("logbook_pdf")).status_code == 302, "there is nothing of hers to print"
    assert not LogbookEntry.objects.allowing(reader, "view").exists()
    assert LogbookEntry.objects.get().saw == "Geheim: het lukte niet."


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("amina", 200), ("tom", 200), ("fatima", 200), ("gijs", 404), ("bram", 404), ("ben", 404), ("noor", 404),
        ("paula", 404), ("dele", 404), ("els", 404),
    ],
)  # fmt: skip
def test_shared_is_for_who_takes_part_and_for_no_role(cast, signed_in, who, answer):
    entry = shared(cast)
    assert signed_in(getattr(cast, who)).get(entry.get_absolute_url()).status_code == answer


def test_who_left_and_reads_on_reads_no_logbook(cast, signed_in):
    cast.maths.leavers_read = True
    cast.maths.save()
    entry = shared(cast)
    plgs.leave(cast.maths.memberships.get(person=cast.tom), by=cast.tom)
    tom = signed_in(cast.tom)
    assert tom.get(cast.maths.get_absolute_url()).status_code == 200
    assert tom.get(entry.get_absolute_url()).status_code == 404
    assert tom.get(url("plg_logbook", cast.maths.pk)).status_code == 403
    assert url("plg_logbook", cast.maths.pk) not in tom.get(cast.maths.get_absolute_url()).text


def test_when_she_leaves_what_she_shared_is_hers_alone_again(cast, signed_in):
    own, common = shared(cast), write(cast.amina, "Voor ons", community=cast.maths, of_the_plg=True)
    amina, tom = signed_in(cast.amina), signed_in(cast.tom)
    assert "logbook" in amina.get(url("leave", cast.maths.pk), headers={"accept-language": "en"}).text.lower()
    amina.post(url("leave", cast.maths.pk))
    assert tom.get(own.get_absolute_url()).status_code == 404
    assert amina.get(own.get_absolute_url()).status_code == 200
    assert told(cast.tom) == 1, "of the common entry only"
    assert tom.get(common.get_absolute_url()).status_code == 200
    assert amina.get(common.get_absolute_url()).status_code == 404
    assert amina.get(url("edit_entry", common.pk)).status_code == 404


@pytest.mark.parametrize("end", ["removed", "guest"])
def test_who_is_put_out_or_becomes_a_guest_shares_nothing(cast, signed_in, end):
    entry = shared(cast)
    place = cast.maths.memberships.get(person=cast.amina)
    if end == "removed":
        plgs.remove(place, by=cast.fatima)
    else:
        plgs.change_role(place, by=cast.fatima, role=Role.GUEST)
    assert signed_in(cast.tom).get(entry.get_absolute_url()).status_code == 404
    assert signed_in(cast.amina).get(entry.get_absolute_url()).status_code == 200


def test_a_completed_plg_is_read_but_not_added_to(cast, signed_in):
    own, mine, common = shared(cast), write(cast.amina), write(cast.amina, community=cast.maths, of_the_plg=True)
    plgs.close(cast.maths, by=cast.fatima, outcome="We weten meer.")
    amina, tom = signed_in(cast.amina), signed_in(cast.tom)
    assert tom.get(own.get_absolute_url()).status_code == tom.get(common.get_absolute_url()).status_code == 200
    with pytest.raises(Refused):
        actions.share_entry(mine, by=cast.amina, community=cast.maths)
    with pytest.raises(Refused):
        write(cast.amina, community=cast.maths, of_the_plg=True)
    with pytest.raises(Refused):
        actions.delete_entry(common, by=cast.amina)
    assert amina.get(url("write_plg_entry", cast.maths.pk)).status_code == 302
    assert cast.maths.name not in amina.get(url("share_entry", mine.pk)).text
    actions.take_back_entry(own, by=cast.amina)
    assert tom.get(own.get_absolute_url()).status_code == 404


def test_two_accounts_of_one_person_keep_one_logbook(cast, signed_in):
    own, common = shared(cast), write(cast.amina)
    kept = people.person("Amina Privé")
    merges["communities"](kept, cast.amina)
    assert {own.pk, common.pk} == {entry.pk for entry in LogbookEntry.objects.allowing(kept, "edit")}
    assert signed_in(cast.tom).get(own.get_absolute_url()).status_code == 200, "she takes part, and shares it still"


def test_with_a_plg_of_others_nothing_can_be_shared_or_written(cast, signed_in):
    other = people.plg(cast.wissel, "PLG Lezen")
    entry = write(cast.amina)
    page = signed_in(cast.amina).post(url("share_entry", entry.pk), {"community": other.pk})
    assert page.status_code == 422
    for deed in (
        lambda: actions.share_entry(entry, by=cast.amina, community=other),
        lambda: write(cast.amina, community=other),
        lambda: write(cast.gijs, community=cast.maths, of_the_plg=True),
        lambda: actions.edit_entry(entry, by=cast.amina, happened_on=today(), words={"saw": "x"}, community=other),
    ):
        with pytest.raises(Refused):
            deed()
    page = signed_in(cast.amina).post(url("write_entry"), typed(saw="x", community=other.pk))
    assert page.status_code == 422
    page = signed_in(cast.amina).post(url("write_entry"), typed(saw="x", is_of_the_plg="on", shared_at="2026-01-01"))
    assert not LogbookEntry.objects.exclude(shared_at=None).exists(), "nobody shares by a forged field"


def test_a_shared_entry_stays_with_its_plg_when_it_is_changed(cast, signed_in):
    other = people.plg(cast.regenboog, "PLG Lezen")
    people.member(other, cast.amina)
    entry = shared(cast)
    amina = signed_in(cast.amina)
    assert 'name="community"' not in amina.get(url("edit_entry", entry.pk)).text
    amina.post(url("edit_entry", entry.pk), typed(saw="Anders", community=other.pk))
    entry.refresh_from_db()
    assert (entry.saw, entry.community) == ("Anders", cast.maths)


# Begun elsewhere ----------------------------------------------------------------------------------
@pytest.fixture
def answered(cast):
    point = ActionPoint.objects.create(community=cast.maths, person=cast.amina, kind="try_out", text="Vouw stroken")
    return action_points.answer(point, by=cast.amina, went="tried", sentence="Twee halveerden zelf.", photo=photo())


def test_an_answer_to_a_try_out_goes_in_with_one_tap_and_only_once(cast, answered, signed_in):
    amina = signed_in(cast.amina)
    tap = url("keep_entry", "meetings.try_out", answered.pk)
    assert tap in amina.get(answered.get_absolute_url()).text
    assert tap in amina.get(url("logbook")).text
    page = amina.post(tap)
    entry = LogbookEntry.objects.get()
    assert page.url == entry.get_absolute_url()
    assert (entry.tried, entry.saw, entry.community) == ("Vouw stroken", "Twee halveerden zelf.", cast.maths)
    assert not entry.is_shared and entry.photos.count() == 1
    assert entry.photos.get().image.name != answered.photo.name, "each has a photo of its own"
    assert "Vouw stroken" in amina.get(page.url).text
    assert amina.post(tap).url == page.url
    assert tap not in amina.get(url("logbook")).text
    assert LogbookEntry.objects.count() == 1
    assert signed_in(cast.tom).post(tap).status_code == signed_in(cast.fatima).post(tap).status_code == 404


def test_not_yet_is_nothing_to_keep(cast, signed_in):
    point = ActionPoint.objects.create(community=cast.maths, person=cast.amina, text="Vouw stroken")
    action_points.answer(point, by=cast.amina, went="not_yet", sentence="Geen tijd.")
    tap = url("keep_entry", "meetings.try_out", point.pk)
    amina = signed_in(cast.amina)
    assert tap not in amina.get(point.get_absolute_url()).text
    assert amina.post(tap).status_code == 404
    assert amina.post(url("keep_entry", "nothing", 1)).status_code == 404


def test_her_own_notes_of_a_session_are_offered_and_nobody_elses(cast, signed_in):
    held = people.meeting(cast.maths, -3)
    run = Run.objects.create(about=held, community=cast.maths, title="x", code="1234", started_by=cast.fatima)
    writing.write_own(run, by=cast.amina, text="Ik wil langer wachten.")
    writing.write_own(run, by=cast.tom, text="Iets van Tom.")
    line = run.lines.get(author=cast.amina)
    amina = signed_in(cast.amina)
    begin = f"{url('write_entry')}?start=meetings.own_notes:{line.pk}"
    assert begin in amina.get(url("write_entry")).text.replace("&amp;", "&")
    page = amina.get(begin)
    assert "Ik wil langer wachten." in page.text and "Iets van Tom." not in page.text
    assert f'value="meetings.meeting:{held.pk}" selected' in page.text
    assert "Ik wil langer" not in signed_in(cast.tom).get(begin).text
    amina.post(begin, typed(text="Ik wil langer wachten.", about=f"meetings.meeting:{held.pk}"))
    entry = LogbookEntry.objects.get()
    assert references.of([entry], cast.amina)[entry.pk][0].url == held.get_absolute_url()
    assert begin not in amina.get(url("logbook")).text, "it is in her logbook now"


def test_a_reference_is_seen_by_who_sees_the_thing_itself(cast, signed_in):
    held = people.meeting(cast.maths, -3, title="Over Jip")
    entry = write(cast.amina, about=held)
    other = people.plg(cast.regenboog, "PLG Lezen")
    people.member(other, cast.amina)
    people.member(other, cast.els)
    actions.share_entry(entry, by=cast.amina, community=other)
    assert "Over Jip" in signed_in(cast.amina).get(entry.get_absolute_url()).text
    assert "Over Jip" not in signed_in(cast.els).get(entry.get_absolute_url()).text
    people.meeting(other, -2)
    page = signed_in(cast.els).post(url("write_entry"), typed(saw="x", about=f"meetings.meeting:{held.pk}"))
    assert page.status_code == 422, "one refers to what one sees"
    actions.edit_entry(entry, by=cast.amina, happened_on=today(), words={"saw": "x"}, about=None)
    assert not Link.objects.exists()


# The time line ------------------------------------------------------------------------------------
def test_the_time_line_is_found_by_plg_year_and_words(cast, signed_in):
    write(cast.amina, "Breuken met stroken", community=cast.maths)
    write(cast.amina, "Lezen met een maatje", happened_on=date(2024, 3, 5))
    amina = signed_in(cast.amina)

    def found(query):
        text = amina.get(f"{url('logbook')}?{query}").text
        return "Breuken met stroken" in text, "Lezen met een maatje" in text

    assert found("") == (True, True)
    assert found(f"plg={cast.maths.pk}") == (True, False)
    assert found("year=2023") == (False, True), "March 2024 is of school year 2023-2024"
    assert found("q=MAATJE lezen") == (False, True)
    assert found("q=%25") == (False, False)
    assert found("q=%00&plg=x&year=99999999&page=x") == (True, True)
    assert found("plg=99999999999999999999999") == (True, True)


def test_a_time_line_shows_the_beginning_of_what_is_long(cast, signed_in):
    write(cast.amina, "begin " + "x " * 3000 + "slot")
    amina = signed_in(cast.amina)
    shown = amina.get(url("logbook")).text
    assert "begin x" in shown and "slot" not in shown
    assert "slot" in amina.get(LogbookEntry.objects.get().get_absolute_url()).text


def test_an_empty_logbook_teaches(cast, signed_in):
    page = signed_in(cast.els).get(url("logbook"))
    assert url("write_entry") in page.text and 'class="example"' in page.text


@pytest.mark.parametrize("page", ["logbook", "plg_logbook"])
def test_a_longer_time_line_takes_no_more_queries(cast, signed_in, page):
    held = people.meeting(cast.maths, -3)
    args = [cast.maths.pk] if page == "plg_logbook" else []

    def add(n):
        entry = shared(cast, text=f"Keer {n}", about=held)
        LogbookPhoto.objects.create(entry=entry, image="logbook/x.jpg")

    amina = signed_in(cast.amina)
    add(1)
    one, _page = queries_of(amina, url(page, *args))
    add(2)
    add(3)
    three, shown = queries_of(amina, url(page, *args))
    assert "Keer 3" in shown.text
    assert one == three <= 12


# Bad input ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "bad",
    [
        SimpleUploadedFile("a.jpg", b"", "image/jpeg"),
        SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg"),
        SimpleUploadedFile("a.jpg", photo().read()[:300], "image/jpeg"),
        SimpleUploadedFile("<script>.exe", b"MZ" + b"\0" * 400, "image/jpeg"),
    ],
    ids=["empty", "svg", "broken", "program"],
)
def test_a_bad_photo_is_refused_and_the_words_come_back(cast, signed_in, bad):
    bad.seek(0)
    page = signed_in(cast.amina).post(url("write_entry"), typed(saw="Dit wil ik houden.", photos=[photo(), bad]))
    assert page.status_code == 422
    assert "Dit wil ik houden." in page.text and "<script>." not in page.text
    assert not LogbookEntry.objects.exists() and not LogbookPhoto.objects.exists()


def test_more_photos_than_there_is_room_for(cast, signed_in):
    page = signed_in(cast.amina).post(url("write_entry"), typed(saw="Veel", photos=[photo() for _ in range(7)]))
    assert page.status_code == 422 and "Veel" in page.text
    assert not LogbookEntry.objects.exists(), "nothing half"


def test_photos_lose_where_they_were_taken_and_go_with_the_entry(cast, signed_in, django_capture_on_commit_callbacks):
    exif = Image.Exif()
    exif[0x010F] = "Geheime camera"
    amina = signed_in(cast.amina)
    amina.post(url("write_entry"), typed(saw="Kijk", photos=[photo(exif=exif)]))
    entry, kept = LogbookEntry.objects.get(), LogbookPhoto.objects.get()
    assert b"Geheime" not in body(amina.get(kept.get_absolute_url()))
    with django_capture_on_commit_callbacks(execute=True):
        amina.post(url("edit_entry", entry.pk), typed(saw="Kijk", **{f"gone-{kept.pk}": "on", "photos": [photo()]}))
    assert not kept.image.storage.exists(kept.image.name)
    last = entry.photos.get()
    amina.post(url("edit_entry", entry.pk), typed(saw="Kijk", **{f"photo-{last.pk}": "Drie stroken"}))
    assert entry.photos.get().description == "Drie stroken"
    with django_capture_on_commit_callbacks(execute=True):
        amina.post(url("delete_entry", entry.pk))
    assert not last.image.storage.exists(last.image.name)
    assert not LogbookEntry.objects.exists() and not Link.objects.exists()


def test_a_deleted_entry_leaves_bell_and_plg(cast, signed_in):
    entry = shared(cast)
    assert signed_in(cast.amina).post(url("delete_entry", entry.pk)).status_code == 302
    assert told(cast.tom) == 0
    assert signed_in(cast.tom).get(reverse("activity:bell")).status_code == 200
    assert signed_in(cast.tom).get(url("plg_logbook", cast.maths.pk)).status_code == 200


@pytest.mark.parametrize("text", ["x" * 8000, "مرحبا بالعالم", "👩🏽‍🏫🎉 gelukt", "<script>alert(1)</script>"])
def test_words_of_all_kinds_are_kept_as_they_are(cast, signed_in, text):
    amina = signed_in(cast.amina)
    page = amina.post(url("write_entry"), typed(tried=text))
    assert LogbookEntry.objects.get().tried == text
    shown = amina.get(page.url).text
    assert "<script>alert" not in shown and 'dir="auto"' in shown
    assert amina.get(url("logbook_pdf")).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"saw": "x" * 8001},
        {"saw": "   "},
        {"saw": "x", "happened_on": (today() + timedelta(days=1)).isoformat()},
        {"saw": "x", "happened_on": "0001-01-01"},
        {"saw": "x", "happened_on": "morgen"},
        {"saw": "x", "about": "meetings.meeting:999999"},
        {"saw": "x", "about": "auth.user:1"},
    ],
)
def test_what_is_wrong_comes_back_with_a_sentence(cast, signed_in, wrong):
    people.meeting(cast.maths, -2)
    page = signed_in(cast.amina).post(url("write_entry"), typed(**wrong))
    assert page.status_code == 422
    assert not LogbookEntry.objects.exists()


# On paper -----------------------------------------------------------------------------------------
def test_a_tagged_pdf_of_some_time(cast, signed_in):
    amina = signed_in(cast.amina)
    amina.post(url("write_entry"), typed(tried="Stroken vouwen", photos=[photo()]))
    write(cast.amina, "Lang geleden", happened_on=date(2024, 3, 5))
    page = amina.get(url("logbook_pdf"), {"since": "2025-01-01"})
    assert page["Content-Type"] == "application/pdf" and page["Cache-Control"] == "private, no-store"
    assert page.content.startswith(b"%PDF") and b"/StructTreeRoot" in page.content and b"pdfuaid" in page.content
    assert page.content.count(b"/Subtype/Image") == 1
    told_of = logbook_paper.of(LogbookEntry.objects.own(cast.amina).for_list(cast.amina), cast.amina, since=SINCE)
    assert [each["parts"][0]["text"] for each in told_of.data["entries"]] == ["Stroken vouwen"]
    for query in ({"since": "2026-02-01", "until": "2026-01-01"}, {"since": "x"}, {"until": "2020-01-01"}):
        assert amina.get(url("logbook_pdf"), query).status_code == 302


def test_two_taps_at_once_carry_their_own_key(cast, answered):
    """The key of a beginning is read strictly."""
    from communities import logbook as seams

    for key in ("", ":", "meetings.try_out:", "meetings.try_out:x", f"meetings.try_out:{uuid4()}", "x:1", "٣:٣"):
        assert seams.take(cast.amina, key) is None
    assert seams.take(cast.amina, f"meetings.try_out:{answered.pk}").pk == answered.pk
    assert seams.take(cast.tom, f"meetings.try_out:{answered.pk}") is None
