"""Minutes: grown from a session, written by several, proposed, approved by most, corrected as a new version."""

import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from activity.models import Ask, Delivery, Notification
from communities import actions as plg
from communities.meetings import registry
from communities.meetings.actions import minutes as deeds
from communities.meetings.actions.action_points import agree
from communities.meetings.choices import LineKind, MinutesState
from communities.meetings.minutes import KIND, Typed, mark, merge, sections_of, still_asked
from communities.meetings.models import (
    AgendaItem,
    Approval,
    Attendance,
    ExitTicket,
    Line,
    Meeting,
    Minutes,
    Run,
    RunStep,
)
from communities.models import Membership
from core import links
from core.refusals import Refused
from core.registry import merges
from tests.cast import meeting as make_meeting


@pytest.fixture
def held(cast, thursday):
    """The meeting of 5 November, four days ago."""
    return make_meeting(cast.maths, held_on=date(2026, 11, 5))


@pytest.fixture
def session(cast, held):
    """What was written down there: a step with notes, a case with and one without, and what was decided."""
    run = Run.objects.create(
        community=cast.maths, about_type=ContentType.objects.get_for_model(Meeting), about_id=held.pk,
        title=held.called, state="ended", code="123456",
    )  # fmt: skip
    steps = [
        RunStep.objects.create(run=run, order=n, title=title, minutes=10, was_done=True, **more)
        for n, (title, more) in enumerate(
            [
                ("Rondje", {}),
                ("Stroken vouwen", {}),
                ("De casus van Noor", {"is_case": True, "notes_on": False}),
                ("De casus van Jip", {"is_case": True, "notes_on": True}),
            ]
        )
    ]

    def line(text, step=1, kind=LineKind.NOTE, **more):
        return Line.objects.create(run=run, step=steps[step], kind=kind, text=text, author=cast.tom, **more)

    line("Kinderen vouwen de lange strook anders.")
    line("Tom vraagt: hoe weet je dat?")
    line("Over Noor zei haar moeder", step=2)
    line("Jip telt door", step=3)
    line("Alleen voor mij", kind=LineKind.OWN)
    line("Toch maar niet", withdrawn_at=held.ends_at)
    line("We beginnen met vouwen", kind=LineKind.DECISION)
    line("Kinderen noemen het ‘meer vierde’", kind=LineKind.INSIGHT)
    line("Volgende keer: breuken met touw", kind=LineKind.PARKED)
    return run


def sections(minutes):
    return {section["key"]: section["text"] for section in minutes.versions.first().sections}


def everything(minutes):
    return "\n".join(sections(minutes).values())


def typed(minutes, **texts):
    """A form of all sections as they stand now, with these texts in it."""
    stored = minutes.versions.first().sections
    return [
        Typed(section["key"], mark(section), section["title"], texts.get(section["key"], section["text"]))
        for section in stored
    ]


def post_of(page, **texts):
    """What a browser would send back from the page of writing."""
    form = page.context["form"]
    data = {"key": list(form.keys)}
    for part in form.parts:
        data[f"base-{part['key']}"] = part["base"]
        data[f"title-{part['key']}"] = part["title"].value() or ""
        data[f"text-{part['key']}"] = texts.get(part["key"], part["text"].value() or "")
    return data


def write_url(meeting):
    return reverse("meetings:write_minutes", args=[meeting.pk])


# Growing -------------------------------------------------------------------------------------------


def test_a_case_of_three_steps_is_one_line_of_what_we_did(cast, held, session):
    for n in (8, 9):
        RunStep.objects.create(run=session, order=n, title="De casus van Noor", minutes=5, was_done=True, is_case=True)
    text = next(section["text"] for section in sections_of(held) if section["kind"] == "done")
    assert text.splitlines() == ["- Rondje", "- Stroken vouwen", "- Een casus"]


def test_they_grow_from_the_session(cast, held, session):
    minutes = deeds.grow(held, by=cast.fatima)
    text = everything(minutes)
    for words in ("lange strook", "hoe weet je dat?", "We beginnen met vouwen", "meer vierde", "breuken met touw"):
        assert words in text
    assert [section["kind"] for section in minutes.versions.first().sections] == [
        "done", "step", "step", "decisions", "insights", "later",
    ]  # fmt: skip


def test_of_a_case_only_what_was_asked_to_be_noted_and_never_what_one_wrote_for_oneself(cast, held, session):
    minutes = deeds.grow(held, by=cast.fatima)
    text = everything(minutes)
    for secret in ("Over Noor", "De casus van Noor", "Alleen voor mij", "Toch maar niet"):
        assert secret not in text
    assert "Jip telt door" in text


def test_what_people_said_at_the_door_stands_without_names_from_three_on(cast, held, session):
    for person, words in ((cast.tom, "Zelf ook vouwen"), (cast.amina, "Beginnen met touw")):
        ExitTicket.objects.create(run=session, person=person, worth=5, takes_along=words)
    assert "Zelf ook vouwen" not in everything(deeds.grow(held, by=cast.fatima))
    ExitTicket.objects.create(run=session, person=cast.fatima, worth=4, takes_along="Stil zijn")
    minutes = deeds.grow(held, by=cast.fatima)
    assert sections(minutes)["tickets"] == "- Beginnen met touw\n- Stil zijn\n- Zelf ook vouwen"


def test_they_grow_again_until_somebody_wrote_in_them(cast, held, session):
    minutes = deeds.grow(held, by=cast.fatima)
    Line.objects.create(run=session, kind=LineKind.DECISION, text="En we stoppen op tijd", author=cast.tom)
    assert "stoppen op tijd" in everything(deeds.grow(held, by=cast.fatima))
    deeds.write(minutes, by=cast.tom, typed=typed(minutes, decisions="- Alleen vouwen"))
    Line.objects.create(run=session, kind=LineKind.DECISION, text="Nog een besluit", author=cast.tom)
    assert sections(deeds.grow(held, by=cast.fatima))["decisions"] == "- Alleen vouwen"
    assert Minutes.objects.count() == 1


def test_without_a_session_the_agenda_is_there_to_write_in(cast, held, signed_in):
    AgendaItem.objects.create(community=cast.maths, meeting=held, title="Stroken vouwen")
    AgendaItem.objects.create(community=cast.maths, meeting=held, title="De casus van Noor", kind="case")
    amina = signed_in(cast.amina)
    address = reverse("meetings:minutes", args=[held.pk])
    assert reverse("meetings:begin_minutes", args=[held.pk]) in amina.get(address).text
    began = amina.post(reverse("meetings:begin_minutes", args=[held.pk]), follow=True)
    assert "Stroken vouwen" in began.text and "De casus van Noor" not in began.text


def test_nothing_before_it_began_nor_of_what_was_cancelled(cast, thursday, held):
    with pytest.raises(Refused):
        deeds.grow(thursday, by=cast.fatima)
    held.state = "cancelled"
    with pytest.raises(Refused):
        deeds.grow(held, by=cast.fatima)


# Writing at once -----------------------------------------------------------------------------------


def test_two_who_write_in_different_parts_lose_nothing(cast, held, session, signed_in):
    minutes = deeds.grow(held, by=cast.fatima)
    tom, amina = signed_in(cast.tom), signed_in(cast.amina)
    toms, aminas = tom.get(write_url(held)), amina.get(write_url(held))
    assert tom.post(write_url(held), post_of(toms, decisions="- Van Tom")).status_code == 302
    assert amina.post(write_url(held), post_of(aminas, insights="- Van Amina")).status_code == 302
    assert (sections(minutes)["decisions"], sections(minutes)["insights"]) == ("- Van Tom", "- Van Amina")


def test_two_who_write_in_the_same_part_see_both_texts(cast, held, session, signed_in):
    minutes = deeds.grow(held, by=cast.fatima)
    tom, amina = signed_in(cast.tom), signed_in(cast.amina)
    toms, aminas = tom.get(write_url(held)), amina.get(write_url(held))
    tom.post(write_url(held), post_of(toms, decisions="- Van Tom"))
    page = amina.post(write_url(held), post_of(aminas, decisions="- Van Amina", insights="- Ook van Amina"))
    assert page.status_code == 422
    assert "- Van Tom" in page.text and "- Van Amina" in page.text and "Tom Hendriks" in page.text
    assert sections(minutes)["decisions"] == "- Van Tom"
    both = amina.post(write_url(held), post_of(page, decisions="- Van Tom\n- Van Amina"))
    assert both.status_code == 302
    assert sections(minutes)["decisions"] == "- Van Tom\n- Van Amina"
    assert sections(minutes)["insights"] == "- Ook van Amina"


def test_a_part_that_somebody_took_away_while_another_wrote_in_it_comes_back_with_a_word(cast, held, session):
    stored = [{"key": "a", "kind": "step", "title": "A", "text": "oud"}]
    mine = [Typed("a", mark(stored[0]), "A", "nieuw")]
    merged, theirs = merge([], mine)
    assert theirs["a"]["is_gone"] and merged[0]["text"] == "nieuw"
    assert merge([], [Typed("a", mark(stored[0]), "A", "oud")]) == ([], {})  # untouched: it stays away


def test_a_new_part_is_added_once_however_often_it_is_sent(cast, held, session, signed_in):
    minutes = deeds.grow(held, by=cast.fatima)
    tom = signed_in(cast.tom)
    page = tom.get(write_url(held))
    new = next(part["key"] for part in page.context["form"].parts if part["is_new"])
    data = post_of(page, **{new: "De koffie was op"}) | {f"title-{new}": "Verder"}
    for _twice in range(2):
        assert tom.post(write_url(held), data).status_code == 302
    assert everything(minutes).count("De koffie was op") == 1


def test_what_is_too_long_or_odd_is_given_back(cast, held, session, signed_in):
    deeds.grow(held, by=cast.fatima)
    tom = signed_in(cast.tom)
    page = tom.get(write_url(held))
    assert tom.post(write_url(held), post_of(page, decisions="x" * 10_000)).status_code == 302
    page = tom.get(write_url(held))
    assert tom.post(write_url(held), post_of(page, decisions="y" * 20_001)).status_code == 422
    odd = {"key": ["decisions", "../x", "<b>", "k" * 99], "text-decisions": "- goed", "base-decisions": "nonsense"}
    assert tom.post(write_url(held), odd).status_code in (302, 422)
    assert tom.post(write_url(held), {}).status_code == 302  # an empty form takes nothing away
    assert "x" * 10_000 in everything(Minutes.objects.get())


# Proposing and approving ---------------------------------------------------------------------------


@pytest.fixture
def proposed(cast, held, session):
    return deeds.propose(deeds.grow(held, by=cast.fatima), by=cast.fatima)


def test_the_members_are_asked_and_more_than_half_makes_them_stand(cast, proposed, held, signed_in):
    assert {ask.person for ask in Ask.objects.open().filter(kind=KIND)} == {cast.amina, cast.tom}  # no guest
    told = Notification.objects.filter(activity__kind="meetings.minutes_proposed")
    assert {row.person for row in told} == {cast.amina, cast.tom}
    amina = signed_in(cast.amina)
    assert reverse("meetings:minutes", args=[held.pk]) in amina.get("/").text
    page = amina.get(proposed.get_absolute_url())
    assert (page.context["said_yes"], page.context["voters"], page.context["needed"]) == (1, 3, 2)
    amina.post(reverse("meetings:approve_minutes", args=[held.pk]), {"number": "1"})
    proposed.refresh_from_db()
    assert proposed.state == MinutesState.APPROVED and proposed.approved_at
    assert not Ask.objects.open().filter(kind=KIND).exists()


def test_saying_yes_twice_counts_once(cast, proposed):
    for _twice in range(2):
        deeds.approve(proposed, by=cast.fatima, number=1)
    assert Approval.objects.count() == 1
    proposed.refresh_from_db()
    assert proposed.state == MinutesState.PROPOSED


def test_a_correction_is_a_new_version_and_everybody_is_asked_again(cast, proposed, held, signed_in):
    deeds.approve(proposed, by=cast.amina, number=1)
    tom = signed_in(cast.tom)
    address = reverse("meetings:correct_minutes", args=[held.pk])
    page = tom.get(address)
    data = post_of(page, decisions="- We beginnen met touw") | {"because": "Het was touw"}
    assert tom.post(address, data | {"because": ""}).status_code == 422
    assert tom.post(address, data).status_code == 302
    proposed.refresh_from_db()
    assert (proposed.state, proposed.number, proposed.approved_at) == ("proposed", 2, None)
    assert {row.person for row in Approval.objects.filter(version__number=2)} == {cast.tom}
    assert {ask.person for ask in Ask.objects.open().filter(kind=KIND)} == {cast.amina, cast.fatima}
    compared = tom.get(reverse("meetings:compare_minutes", args=[held.pk])).text
    assert "<del>vouwen</del>" in compared and "<ins>touw</ins>" in compared and "Het was touw" in compared
    with pytest.raises(Refused, match=r"corrected|verbeterd"):
        deeds.approve(proposed, by=cast.amina, number=1)


def test_a_correction_that_changes_nothing_is_none(cast, proposed):
    with pytest.raises(Refused):
        deeds.correct(proposed, by=cast.tom, typed=typed(proposed), because="niets")


def test_a_draft_is_not_approved_and_what_is_proposed_is_not_written_in(cast, held, session):
    minutes = deeds.grow(held, by=cast.fatima)
    with pytest.raises(Refused):
        deeds.approve(minutes, by=cast.amina, number=1)
    with pytest.raises(Refused):
        deeds.correct(minutes, by=cast.amina, typed=[], because="x")
    deeds.propose(minutes, by=cast.amina)
    with pytest.raises(Refused):
        deeds.propose(minutes, by=cast.amina)
    with pytest.raises(Refused):
        deeds.write(minutes, by=cast.amina, typed=typed(minutes, decisions="anders"))


def test_empty_minutes_are_not_proposed(cast, held):
    with pytest.raises(Refused):
        deeds.propose(deeds.grow(held, by=cast.fatima), by=cast.fatima)


def test_in_a_completed_plg_they_are_read_and_nothing_more(cast, proposed, held, signed_in):
    plg.close(cast.maths, by=cast.fatima, outcome="We vouwen eerst.")
    for deed in (
        lambda: deeds.approve(proposed, by=cast.amina, number=1),
        lambda: deeds.correct(proposed, by=cast.amina, typed=typed(proposed, decisions="anders"), because="x"),
    ):
        with pytest.raises(Refused):
            deed()
    page = signed_in(cast.amina).get(proposed.get_absolute_url())
    assert "We beginnen met vouwen" in page.text
    assert reverse("meetings:approve_minutes", args=[held.pk]) not in page.text
    assert reverse("meetings:correct_minutes", args=[held.pk]) not in page.text


def test_two_accounts_of_one_person_said_yes_once(cast, proposed):
    for person in (cast.amina, cast.fatima):
        Approval.objects.get_or_create(version=proposed.versions.first(), person=person)
    for follow in merges.values():
        follow(cast.amina, cast.fatima)
    assert [row.person for row in Approval.objects.all()] == [cast.amina]
    assert proposed.versions.first().by == cast.amina


def test_who_leaves_no_longer_counts(cast, proposed, membership):
    plg.leave(membership(cast.amina), by=cast.amina)
    proposed.refresh_from_db()
    assert proposed.state == MinutesState.PROPOSED  # 1 of 2
    plg.leave(membership(cast.tom), by=cast.tom)
    proposed.refresh_from_db()
    assert proposed.state == MinutesState.APPROVED


# From the letter -----------------------------------------------------------------------------------


def mail_link(minutes, person, **facts):
    facts = {"minutes": minutes.pk, "person": person.pk, "number": minutes.number} | facts
    return reverse("meetings:approve_by_mail", args=[links.sign("meetings.approve", **facts)])


def test_yes_from_the_letter_without_signing_in(cast, proposed, client):
    address = mail_link(proposed, cast.amina)
    page = client.get(address)
    assert page.status_code == 200 and not Approval.objects.filter(person=cast.amina).exists()
    assert "We beginnen met vouwen" not in page.text  # the text itself is for members who are signed in
    assert client.post(address).status_code == 302
    assert Approval.objects.filter(person=cast.amina).exists()
    assert client.post(address).status_code == 200  # used already: it says so
    assert Approval.objects.filter(person=cast.amina).count() == 1


def test_links_that_count_no_more(cast, proposed, client, signed_in, membership, at):
    address = mail_link(proposed, cast.amina)
    assert client.get(address[:-9] + "xxxxxxxx/").status_code == 410
    assert client.post(mail_link(proposed, cast.dele)).status_code == 410
    assert client.post(mail_link(proposed, cast.gijs)).status_code == 410
    assert signed_in(cast.tom).post(address).status_code == 410
    other = links.sign("meetings.act", minutes=proposed.pk, person=cast.amina.pk, number=1)
    assert client.get(reverse("meetings:approve_by_mail", args=[other])).status_code == 410
    deeds.correct(proposed, by=cast.tom, typed=typed(proposed, decisions="anders"), because="fout")
    assert client.post(address).status_code == 410
    proposed.refresh_from_db()
    fresh = mail_link(proposed, cast.amina)
    with at("2027-02-01 10:00:00+01:00"):
        assert client.get(fresh).status_code == 410
    plg.leave(membership(cast.amina), by=cast.amina)
    assert client.post(fresh).status_code == 410


def test_the_letter_holds_no_text_and_is_not_sent_when_it_is_too_late(cast, proposed):
    letter = Delivery.objects.get(kind="meetings.minutes_proposed", person=cast.amina)
    assert still_asked(letter, proposed, cast.amina)
    deeds.approve(proposed, by=cast.amina, number=1)
    proposed.refresh_from_db()
    assert not still_asked(letter, proposed, cast.amina)


# Who reads -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("fatima", 200), ("amina", 200), ("gijs", 404), ("bram", 404), ("ben", 404), ("noor", 404), ("dele", 404)],
)
def test_members_read_guests_leaders_and_administrators_never(cast, proposed, held, signed_in, who, status):
    held.guests.add(Membership.objects.get(person=cast.gijs))
    browser = signed_in(getattr(cast, who))
    for name in ("minutes", "minutes_pdf", "compare_minutes", "write_minutes"):
        answer = browser.get(reverse(f"meetings:{name}", args=[held.pk]), follow=True)
        assert answer.status_code == status, name


def test_who_left_reads_what_was_approved_if_the_plg_chose_so_but_no_case_and_no_names(
    cast, proposed, held, membership, signed_in
):
    Attendance.objects.create(meeting=held, person=cast.tom, was_there=True, minutes=90)
    cast.maths.leavers_read = True
    cast.maths.save()
    plg.leave(membership(cast.amina), by=cast.amina)
    amina = signed_in(cast.amina)
    assert "We beginnen met vouwen" not in amina.get(proposed.get_absolute_url()).text
    deeds.approve(proposed, by=cast.tom, number=1)
    page = amina.get(proposed.get_absolute_url()).text
    assert "We beginnen met vouwen" in page
    assert "Jip telt door" not in page and "Tom Hendriks" not in page
    assert amina.get(write_url(held)).status_code == 403


def test_who_was_there_stands_with_it_for_members_and_who_was_not_does_not(cast, proposed, held, signed_in):
    Attendance.objects.create(meeting=held, person=cast.tom, was_there=True, minutes=90)
    Attendance.objects.create(meeting=held, person=cast.amina, was_there=False, minutes=0)
    assert signed_in(cast.fatima).get(proposed.get_absolute_url()).context["present"] == ["Tom Hendriks"]


def test_nothing_is_offered_with_an_insight_until_an_app_offers_it(cast, proposed, signed_in, monkeypatch):
    tom = signed_in(cast.tom)
    assert "Naar de KennisHub" not in tom.get(proposed.get_absolute_url()).text
    deed = {"url": "/hub/", "label": "Naar de KennisHub", "icon": "book-2"}
    monkeypatch.setitem(registry.insights, "hub", lambda minutes, insight, user: deed)
    assert "Naar de KennisHub" in tom.get(proposed.get_absolute_url()).text


# On paper ------------------------------------------------------------------------------------------


def test_on_paper_they_are_tagged_and_say_the_same(cast, proposed, held, membership, signed_in):
    Attendance.objects.create(meeting=held, person=cast.tom, was_there=True, minutes=90)
    agree(cast.maths, by=cast.fatima, holders=[membership(cast.amina)], text="Vouw ¼ #strong[niet]", meeting=held)
    proposed.versions.update(sections=[
        {"key": "decisions", "kind": "decisions", "title": "", "text": "- Geen $opmaak$ *hier* 🎉\n- Şebnem"},
        {"key": "own", "kind": "step", "title": "Łódź 汉字", "text": "regel een\n\nregel twee\x07"},
    ])  # fmt: skip
    answer = signed_in(cast.amina).get(reverse("meetings:minutes_pdf", args=[held.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert re.search(r'filename="[a-z-]+plg-rekenen-2026-11-05\.pdf"', answer.headers["Content-Disposition"])
    paper = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    for words in ("Geen $opmaak$ *hier*", "Şebnem", "Łódź", "Tom Hendriks", "Vouw ¼ #strong[niet]", "Amina Yildiz"):
        assert words in text
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nl"
        assert "pdfuaid:part" in bytes(pdf.Root.Metadata.read_bytes()).decode()
        kinds = set(tags_in(pdf.Root.StructTreeRoot))
    assert {"/H1", "/H2", "/L", "/Table", "/TH"} <= kinds


def tags_in(node):
    """All tags in a structure tree."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from tags_in(kid)


def test_the_page_asks_as_much_for_three_parts_as_for_one(
    cast, held, session, signed_in, django_assert_max_num_queries
):
    minutes = deeds.propose(deeds.grow(held, by=cast.fatima), by=cast.fatima)
    for n in range(3):
        deeds.correct(minutes, by=cast.tom, typed=typed(minutes, decisions=f"- {n}"), because=f"{n}")
        agree(cast.maths, by=cast.fatima, holders=list(Membership.objects.active().all()), text=f"{n}", meeting=held)
    amina = signed_in(cast.amina)
    amina.get(minutes.get_absolute_url())
    with django_assert_max_num_queries(16):
        assert amina.get(minutes.get_absolute_url()).status_code == 200
