"""From asking to take part to the last page: who agrees, what comes next, and what is answered before its time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Ask
from core import links
from tests import cast as make
from tests.training import world
from training import progress
from training.actions import learning, reminding
from training.choices import PageKind
from training.models import Answer, Enrolment, GroupMember, Page, PageDone, Question


@pytest.fixture
def trajectory(cast):
    return world.programme()


@pytest.fixture
def group(cast, trajectory):
    row = world.group(cast, trajectory)
    GroupMember.objects.create(group=row, person=cast.tom, part="coach")
    return row


@pytest.fixture
def course(cast):
    return world.programme("kort", "course", "Kijken in de klas")


def asked_of(person):
    """The kinds of what waits for somebody."""
    return set(Ask.objects.open().filter(person=person).values_list("kind", flat=True))


def ask_to_take_part(client, cast, group, **changes):
    said = {"group": group.pk, "school": cast.regenboog.pk, "community": cast.maths.pk, "why": "Stiltes laten"}
    return client.post(reverse("training:enrol", args=[group.version.programme_id]), said | changes)


def page_of(enrolment, kind):
    return Page.objects.get(module__version=enrolment.version_id, kind=kind)


# Enrolling ----------------------------------------------------------------------------------------


def test_the_leader_agrees_the_trainer_admits_and_she_begins(cast, group, signed_in):
    fatima = signed_in(cast.fatima)
    assert ask_to_take_part(fatima, cast, group).status_code == 302
    row = Enrolment.objects.get()
    assert row.state == "requested" and asked_of(cast.bram) == {"training.consent"} and not asked_of(cast.els)
    assert "schoolleider" in fatima.get(row.get_absolute_url()).content.decode()

    consent = reverse("training:consent", args=[row.pk])
    bram = signed_in(cast.bram)
    page = bram.get(consent).content.decode()
    assert "Fatima Aydin" in page and "Stiltes laten" in page
    assert bram.post(consent).status_code == 302
    assert not asked_of(cast.bram) and asked_of(cast.els) == {"training.admit"}

    admit = reverse("training:step", args=[row.pk, "admit"])
    assert signed_in(cast.els).post(admit, {"coach": cast.tom.pk}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.coach, asked_of(cast.els)) == ("admitted", cast.tom, set())

    assert fatima.post(reverse("training:step", args=[row.pk, "begin"])).status_code == 302
    row.refresh_from_db()
    assert row.state == "going" and row.version.frozen_at
    assert "Wat zag je?" in fatima.get(row.get_absolute_url()).content.decode()


def test_a_leader_answers_from_the_letter_without_signing_in(cast, group, signed_in, client):
    ask_to_take_part(signed_in(cast.fatima), cast, group)
    row = Enrolment.objects.get()
    token = links.sign("training.consent", enrolment=row.pk, person=cast.bram.pk)
    path = reverse("training:consent_by_mail", args=[token])
    assert "Fatima Aydin" in client.get(path).content.decode()
    row.refresh_from_db()
    assert row.consented_at is None  # a scanner that follows the link agrees with nothing
    client.post(path)
    row.refresh_from_db()
    assert row.consented_by == cast.bram
    assert signed_in(cast.dele).get(path).status_code == 410


def test_without_a_leader_to_ask_it_says_so_and_keeps_what_was_typed(cast, group, signed_in):
    cast.bram.roles.update(ended_at=now())
    answer = ask_to_take_part(signed_in(cast.fatima), cast, group)
    assert answer.status_code == 422 and "Stiltes laten" in answer.content.decode()
    assert not Enrolment.objects.exists()


def test_nobody_learns_the_same_twice_at_once(cast, group, signed_in):
    world.learner(cast, group)
    answer = ask_to_take_part(signed_in(cast.fatima), cast, group)
    assert answer.status_code == 422 and Enrolment.objects.count() == 1


def test_without_a_plg_she_chooses_one_before_anybody_admits_her(cast, group, signed_in):
    fatima = signed_in(cast.fatima)
    ask_to_take_part(fatima, cast, group, community="")
    row = Enrolment.objects.get()
    choose = reverse("training:choose_plg", args=[row.pk])
    assert choose in fatima.get(row.get_absolute_url()).content.decode()
    learning.consent(row, by=cast.bram)
    assert not asked_of(cast.els)
    assert fatima.post(choose, {"community": cast.maths.pk}).status_code == 302
    assert asked_of(cast.els) == {"training.admit"}


def test_a_short_course_is_open_to_everybody_at_once(cast, course, signed_in):
    dele = signed_in(cast.dele)
    assert dele.post(reverse("training:enrol", args=[course.pk]), {"why": ""}).status_code == 302
    row = Enrolment.objects.get()
    assert (row.person, row.state, row.school, row.community) == (cast.dele, "going", None, None)


def test_a_trainer_names_the_coach_later_as_well(cast, group, signed_in):
    row = world.learner(cast, group, coach=None)
    path = reverse("training:name_coach", args=[row.pk])
    els = signed_in(cast.els)
    assert path in els.get(row.get_absolute_url()).content.decode()
    assert els.post(path, {"coach": cast.fatima.pk}).status_code == 422
    assert els.post(path, {"coach": cast.tom.pk}).status_code == 302
    row.refresh_from_db()
    assert row.coach == cast.tom
    told = cast.tom.notifications.filter(activity__kind="training.coach_named")
    assert told.count() == 1 and signed_in(cast.tom).get(path).status_code == 403


def test_who_assesses_her_does_not_coach_her(cast, group, signed_in):
    row = world.learner(cast, group, coach=None)
    row.assessments.create(assessor=cast.tom)
    answer = signed_in(cast.els).post(reverse("training:name_coach", args=[row.pk]), {"coach": cast.tom.pk})
    row.refresh_from_db()
    assert answer.status_code == 422 and row.coach is None


# Pages --------------------------------------------------------------------------------------------


def test_there_is_always_a_next_step(cast, group, signed_in):
    row = world.learner(cast, group)
    fatima, seen = signed_in(cast.fatima), []
    for page in Page.objects.filter(module__version=row.version_id).order_by("module__order", "order"):
        coming = progress.of(row).next
        seen.append(coming.sentence)
        assert coming.sentence in fatima.get(row.get_absolute_url()).content.decode().replace("&#x27;", "'")
        PageDone.objects.create(enrolment=row, page=page)
    seen.append(progress.of(row).next.sentence)
    assert len(set(seen)) >= 3 and all(seen)


def test_what_a_film_asks_is_not_answered_before_it_was_shown(cast, group, signed_in):
    row = world.learner(cast, group)
    film = page_of(row, PageKind.VIDEO)
    question = Question.objects.get(page=film)
    fatima, given = signed_in(cast.fatima), {f"question-{question.pk}": "0"}
    answer = reverse("training:answer", args=[row.pk, question.pk])
    page = reverse("training:page", args=[row.pk, film.pk])

    assert "stift" not in fatima.get(page).content.decode()
    too_early = fatima.post(answer, given)
    assert too_early.status_code == 422 and "Kijk eerst" in too_early.content.decode()
    assert "stift" not in too_early.content.decode()  # nor does the refusal tell the answers
    assert not Answer.objects.exists()
    assert fatima.post(page).status_code == 422 and not PageDone.objects.exists()

    assert fatima.post(reverse("training:show_question", args=[row.pk, question.pk])).status_code == 302
    assert "stift" in fatima.get(page).content.decode()
    assert fatima.post(answer).status_code == 422
    assert fatima.post(answer, given).status_code == 302
    assert Answer.objects.get().is_right
    assert fatima.post(answer, {f"question-{question.pk}": "1"}).status_code == 422  # the first answer stands
    assert fatima.post(page).status_code == 302
    assert PageDone.objects.get().right == 1


def test_a_self_test_says_what_is_right_and_may_be_done_again(cast, group, signed_in):
    row = world.learner(cast, group)
    test = page_of(row, PageKind.TEST)
    one, many, order, is_open = test.questions.all()
    path, fatima = reverse("training:page", args=[row.pk, test.pk]), signed_in(cast.fatima)
    said = {
        f"question-{one.pk}": "1",
        f"question-{many.pk}": ["0", "2"],
        **{f"question-{order.pk}-{n}": str(n + 1) for n in range(3)},
        f"question-{is_open.pk}": "Ik kijk eerst.",
    }
    half = fatima.post(path, {key: value for key, value in said.items() if key != f"question-{is_open.pk}"})
    assert half.status_code == 422 and not PageDone.objects.exists()
    assert fatima.post(path, said).status_code == 302
    assert (PageDone.objects.get().right, PageDone.objects.get().asked) == (2, 3)
    assert "Dat weet je niet." in fatima.get(path).content.decode()
    assert fatima.post(path, said | {f"question-{one.pk}": "0"}).status_code == 302
    assert PageDone.objects.get().right == 3


def test_who_takes_a_break_reads_and_does_nothing(cast, group, signed_in):
    row = world.learner(cast, group, state="paused")
    path = reverse("training:page", args=[row.pk, page_of(row, PageKind.TEXT).pk])
    fatima = signed_in(cast.fatima)
    assert fatima.get(path).status_code == 200
    assert fatima.post(path).status_code == 422 and not PageDone.objects.exists()


def test_a_page_of_another_programme_is_not_hers(cast, group, course, signed_in):
    row = world.learner(cast, group)
    other = Page.objects.filter(module__version=course.current).first()
    assert signed_in(cast.fatima).get(reverse("training:page", args=[row.pk, other.pk])).status_code == 404


# At night -----------------------------------------------------------------------------------------


def test_who_stood_still_is_asked_once_and_no_more_when_she_goes_on(cast, group, signed_in, time_machine):
    row = world.learner(cast, group, began_at=now() - timedelta(days=20))
    time_machine.move_to("2026-11-24T03:00Z")  # the night of a Tuesday in school time
    reminding.remind()
    reminding.remind()
    assert Ask.objects.open().filter(kind=reminding.GO_ON, person=cast.fatima).count() == 1
    text = page_of(row, PageKind.TEXT)
    signed_in(cast.fatima).post(reverse("training:page", args=[row.pk, text.pk]))
    assert reminding.GO_ON not in asked_of(cast.fatima)


# Lists --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    cast, trajectory, signed_in, django_assert_num_queries, count
):
    for n in range(count):
        extra = world.programme(f"kort-{n}", "course", f"Cursus {n}")
        Enrolment.objects.create(version=extra.current, person=cast.els, state="going", began_at=now())
        world.learner(cast, world.group(cast, world.programme(f"lang-{n}")), make.person(f"Lid {n}"), coach=cast.els)
    els = signed_in(cast.els)
    els.get(reverse("training:index"))
    with django_assert_num_queries(10):
        assert els.get(reverse("training:index")).content.decode().count("Cursus") >= count


@pytest.mark.parametrize("count", [1, 3])
def test_a_learners_page_takes_as_many_queries_for_three_as_for_one(
    cast, group, signed_in, django_assert_num_queries, count
):
    row = world.learner(cast, group)
    for n in range(count):
        row.practices.create(community=cast.maths, meeting=make.meeting(cast.maths, n + 3), aim=f"Stilte {n}")
        group.sessions.create(title=f"Dag {n}", held_on="2026-10-01", starts="13:00", ends="15:00")
    fatima = signed_in(cast.fatima)
    fatima.get(row.get_absolute_url())
    with django_assert_num_queries(14):
        assert fatima.get(row.get_absolute_url()).content.decode().count("Stilte") >= count
