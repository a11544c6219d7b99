"""A PLG tells of its year: to itself first, and to its leaders when nobody said no."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from activity.models import Ask, Notification
from core.refusals import Refused
from organisations.models import Network
from participation.impact import actions as impact
from participation.impact.models import Questionnaire
from participation.reports import actions, drafting, outcomes
from participation.reports.models import Report
from tests import cast as make
from tests.reports.conftest import read, text_of, typed


def test_a_draft_tells_what_happened_and_never_a_case_or_a_note(plg, report):
    text = text_of(report)
    assert "Hoe zien we wat kinderen al weten van breuken?" in text
    assert "We vouwen eerst" in text
    assert "halveren vanzelf" in text
    assert "5 november" in text
    for never in ("Daan", "aantekening", "Nog niet goedgekeurd"):
        assert never not in text


def test_hours_are_rough_and_attendance_is_a_word(plg, report):
    assert "50" in text_of(report), "72 hours, in steps of 25"
    assert "72" not in text_of(report)
    few = make.plg(plg.wissel, "PLG Klein")
    make.member(few, plg.tom, "facilitator")
    small = actions.begin(few, by=plg.tom, year=2026)
    assert {"hours"} & {each["key"] for each in small.current.sections} == set()


def test_before_it_is_released_nobody_above_sees_it(plg, report):
    assert read(report, plg.amina)
    for above in (plg.bram, plg.ben, plg.noor, plg.paula, plg.gijs, plg.dele):
        assert read(report, above) is None
    actions.lay(report, by=plg.fatima)
    assert read(report, plg.bram) is None


def test_silence_is_yes_but_not_for_who_is_named(plg, report, june):
    laid = actions.lay(report, by=plg.fatima)
    assert laid.until_on == date(2027, 6, 15)
    assert [each.person for each in laid.named] == [plg.amina], "her name stands in an insight"
    with pytest.raises(Refused, match="nog geen ja"):
        actions.release(laid, by=plg.fatima)
    actions.agree(laid, by=plg.amina)
    with pytest.raises(Refused, match="tot en met"):
        actions.release(laid, by=plg.fatima)
    june.shift(timedelta(days=14))
    with pytest.raises(Refused, match="tot en met"):
        actions.release(laid, by=plg.fatima)
    june.shift(timedelta(days=1))
    assert actions.release(laid, by=plg.fatima).is_released


def test_holidays_of_a_member_are_not_counted(plg, report, june):
    june.move_to("2027-04-15 12:00:00+02:00")
    assert actions.lay(report, by=plg.fatima).until_on == date(2027, 5, 7), "the holiday in May, and Ascension Day"


def test_a_no_with_its_reason_holds_it_back_until_it_is_taken_back(plg, report, june):
    laid = actions.lay(report, by=plg.fatima)
    actions.agree(laid, by=plg.amina)
    actions.say_no(laid, by=plg.tom, reason="De data hoeven er niet in.")
    june.shift(timedelta(days=30))
    with pytest.raises(Refused, match="zei nee"):
        actions.release(laid, by=plg.fatima)
    assert Notification.objects.filter(person=plg.fatima, activity__kind="reports.objected").exists()
    actions.take_no_back(laid, by=plg.tom)
    assert actions.release(laid, by=plg.fatima).is_released


def test_going_back_to_writing_asks_everybody_anew(plg, report, june):
    laid = actions.lay(report, by=plg.fatima)
    actions.agree(laid, by=plg.amina)
    with pytest.raises(Refused, match="tekst staat er nog"):
        actions.write(laid, by=plg.tom, typed=typed(laid, ahead="Meer vouwen."))
    again = actions.reopen(laid, by=plg.fatima)
    assert not Ask.objects.open().filter(kind__startswith="reports.").exists()
    actions.write(again, by=plg.tom, typed=typed(again, ahead="Meer vouwen."))
    assert again.number == 2
    assert not actions.lay(again, by=plg.fatima).named[0].agreed_at


def test_two_hands_lose_nothing(plg, report):
    hers, his = typed(report, ahead="Meer vouwen."), typed(report, theme="Breuken, een jaar lang.")
    clash = typed(report, ahead="Minder praten.")
    actions.write(report, by=plg.amina, typed=hers)
    actions.write(report, by=plg.tom, typed=his)
    assert "Meer vouwen." in text_of(report)
    assert "een jaar lang" in text_of(report)
    with pytest.raises(actions.WroteMeanwhile) as refusal:
        actions.write(report, by=plg.tom, typed=clash)
    assert refusal.value.theirs["ahead"]["text"] == "Meer vouwen."


def test_released_it_is_read_above_and_taken_back_no_more(plg, released):
    for above in (plg.bram, plg.ben, plg.noor):
        assert read(released, above)
        assert not read(released, above).can_write
        assert Notification.objects.filter(person=above, activity__kind="reports.released").exists()
    assert read(released, plg.dele) is None
    assert read(released, plg.paula) is None
    actions.take_back(released, by=plg.fatima)
    assert read(released, plg.bram) is None
    assert read(released, plg.amina).is_draft


def test_the_leader_of_every_school_of_a_member_reads_it(plg, released):
    wietske = make.person("Wietske Vos")
    make.role(wietske, "school_leader", plg.wissel)
    assert read(released, wietske), "Tom works there"


def test_a_network_tells_from_what_was_released_and_forgets_what_is_taken_back(plg, released):
    noors = actions.begin(plg.network, by=plg.noor, year=2026)
    assert "halveren vanzelf" in text_of(noors)
    assert read(noors, plg.ben) is None
    actions.release(noors, by=plg.noor)
    assert read(noors, plg.ben)
    assert read(noors, plg.bram)
    assert read(noors, plg.amina), "it tells of her PLG"
    actions.take_back(released, by=plg.fatima)
    assert "halveren vanzelf" not in text_of(noors)
    assert Notification.objects.filter(person=plg.noor, activity__kind="reports.taken_out").exists()


def test_a_network_without_released_reports_has_nothing_to_tell(plg, report):
    assert drafting.why_nothing(plg.network, 2026)
    with pytest.raises(Refused, match="Nog geen PLG"):
        actions.begin(plg.network, by=plg.noor, year=2026)
    assert Network.objects.count() == 1
    assert Report.objects.count() == 1


def test_a_year_has_one_report_and_not_of_the_future(plg, report):
    with pytest.raises(Refused, match="al een verslag"):
        actions.begin(plg.maths, by=plg.fatima, year=2026)
    for year in (2027, 2019, 0):
        with pytest.raises(Refused, match="een van de twee"):
            actions.begin(plg.maths, by=plg.fatima, year=year)


def test_somebody_who_left_and_is_named_is_asked_all_the_same(plg, report):
    plg.maths.memberships.filter(person=plg.amina).update(state="ended")
    fresh = type(plg.amina).objects.get(pk=plg.amina.pk)
    assert read(report, fresh) is None
    laid = actions.lay(report, by=plg.fatima)
    fresh = type(plg.amina).objects.get(pk=plg.amina.pk)
    assert read(laid, fresh)
    actions.agree(laid, by=fresh, yes=False)
    with pytest.raises(Refused, match="wil dat niet"):
        actions.release(laid, by=plg.fatima)


def test_from_the_draft_to_the_leaders_page(plg, june, signed_in, url):
    facilitator, member, named, leader = map(signed_in, (plg.fatima, plg.tom, plg.amina, plg.bram))
    begun = facilitator.post(url("begin", plg.maths), {"year": "2026"})
    report = Report.objects.get()
    assert begun["Location"] == url("detail", report)
    page = member.get(url("write", report)).content.decode()
    assert "We vouwen eerst" in page
    data = {"key": [], **form_of(report)}
    data["text-ahead"] = "Volgend jaar kijken we bij elkaar."
    assert member.post(url("write", report), data).status_code == 302
    stale = member.post(url("write", report), data | {"text-ahead": "Iets anders."})
    assert stale.status_code == 422
    assert "Iets anders." in stale.content.decode(), "what was typed is given back"
    assert "Volgend jaar kijken we bij elkaar." in stale.content.decode(), "beside what stands there"
    assert facilitator.get(url("lay", report)).status_code == 200
    facilitator.post(url("lay", report))
    assert leader.get(url("detail", report)).status_code == 404
    assert member.get(url("detail", report)).status_code == 200
    named.post(url("agree", report))
    june.shift(timedelta(days=21))
    assert facilitator.get(url("release", report)).status_code == 200
    facilitator.post(url("release", report))
    assert "Volgend jaar kijken" in leader.get(url("detail", report)).content.decode()
    assert "PLG Rekenen" in leader.get(url("index")).content.decode()
    paper = leader.get(url("pdf", report))
    assert paper.content.startswith(b"%PDF")


def form_of(report):
    """All fields of the form as its page sends them back."""
    from communities.meetings.minutes import mark

    found = {"key": []}
    for each in Report.objects.get(pk=report.pk).current.sections:
        key = each["key"]
        found["key"].append(key)
        found |= {f"base-{key}": mark(each), f"title-{key}": each["title"], f"text-{key}": each["text"]}
    return found


def test_the_list_of_a_leader_asks_as_much_for_three_as_for_one(
    plg, released, signed_in, url, django_assert_num_queries
):
    client, page = signed_in(plg.bram), url("index")
    client.get(page)
    with django_assert_num_queries(5):
        client.get(page)
    for name in ("PLG Lezen", "PLG Schrijven"):
        more = make.plg(plg.regenboog, name)
        report = Report.objects.create(community=more, year=2026, state="released", released_at=released.released_at)
        report.schools.add(plg.regenboog)
    with django_assert_num_queries(5):
        assert "PLG Schrijven" in client.get(page).content.decode()


def test_of_many_reports_a_page_shows_thirty(plg, released, signed_in, url):
    for n in range(35):
        more = make.plg(plg.regenboog, f"PLG {n:02}")
        Report.objects.create(
            community=more, year=2026, state="released", released_at=released.released_at
        ).schools.add(plg.regenboog)
    client = signed_in(plg.bram)
    assert client.get(url("index")).content.decode().count('<strong><a href="/reports/') == 30
    assert client.get(url("index") + "?page=2").content.decode().count("PLG Rekenen") == 1


def test_what_fewer_than_five_besides_a_leader_answered_stands_in_no_draft(plg, june):
    make.member(plg.maths, plg.bram)
    row = Questionnaire.objects.create(community=plg.maths, year=2026, created_by=plg.fatima)
    for moment, mark, day in (("start", 2, date(2026, 9, 7)), ("end", 4, date(2027, 5, 25))):
        wave = row.waves.create(moment=moment, way="alone", opens_on=day, closes_on=day + timedelta(days=20))
        june.move_to(f"{day}T12:00:00+02:00")
        for person in [*plg.members, plg.bram]:
            few = {} if person in (plg.bas, plg.karin) else {"dare": mark}
            impact.answer_alone(wave, by=person, key=uuid4(), answers={"aim": mark} | few)
        impact.close(wave)
    ((_key, _title, text),) = outcomes.of_impact(plg.maths, 2026)
    assert "aan werkt" in text
    assert "niet lukt" not in text, "five answered, of whom one leads the school"


def test_who_is_erased_is_named_in_no_report_also_not_of_a_network(plg, released, june):
    from core.privacy import erasures

    noors = actions.begin(plg.network, by=plg.noor, year=2026)
    row = noors.versions.get()
    row.sections = [each | {"text": f"{each['text']} Volgens Amina Yildiz."} for each in row.sections]
    row.save()
    erasures["reports"](plg.amina)
    assert "Yildiz" not in text_of(noors)
    assert not released.namings.filter(person=plg.amina).exists()
