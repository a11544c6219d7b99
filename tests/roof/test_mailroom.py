"""What operators see of the mail, and what they can do about it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from activity import sending
from activity.choices import State
from activity.models import Activity, Bounce, Delivery, PausedAddress
from activity.tasks import LAST_TICK
from tests.cast import person

INDEX = reverse("mailroom:index")
FULL, GONE = "552 5.2.2 mailbox of <{}> is full", "550 5.1.1 <{}> unknown"


@pytest.fixture(autouse=True)
def _a_working_hour(time_machine):
    time_machine.move_to("2026-11-24T10:00Z", tick=False)


@pytest.fixture
def operator(signed_in, cast):
    return signed_in(cast.paula)


@pytest.fixture
def letter(cast):
    """letter(who, trouble): it failed; with state it is otherwise."""

    def put(who, trouble="", state=State.FAILED, **more):
        more = {"about": cast.maths, "kind": "communities.closed", "community_id": cast.maths.pk} | more
        count = Delivery.objects.count()
        return Delivery.objects.create(person=who, occasion=f"{count}", state=state, trouble=trouble[:300], **more)

    return put


def post(client, name, *args, **data):
    return client.post(reverse(f"mailroom:{name}", args=args), data, follow=True)


def test_with_nothing_to_do_it_says_so(operator):
    cache.set(LAST_TICK, now().timestamp())
    page = operator.get(INDEX).text
    assert "Geen mail is mislukt." in page
    assert "elke minuut" in page


def test_figures_tell_what_waits_and_for_how_long(operator, letter, cast):
    cache.set(LAST_TICK, now().timestamp() - 600)
    letter(cast.amina, state=State.PENDING, due_at=now() - timedelta(minutes=42))
    letter(cast.amina, state=State.PENDING, due_at=now() + timedelta(days=2))
    letter(cast.tom, GONE.format(cast.tom.email))
    context = operator.get(INDEX).context["figures"]
    assert (context["due"], context["later"], context["failed"], context["oldest_minutes"]) == (1, 1, 1, 42)
    assert "10 minuten geleden" in operator.get(INDEX).text


def test_failures_stand_together_by_reason_whoever_they_were_for(operator, letter, cast):
    for who in (cast.amina, cast.tom, cast.els):
        letter(who, GONE.format(who.email))
    letter(cast.bram, FULL.format(cast.bram.email))
    reasons = operator.get(INDEX).context["reasons"]
    assert [(row["reason"], row["count"]) for row in reasons] == [
        ("550 5.1.1 … unknown", 3),
        ("552 5.2.2 mailbox of … is full", 1),
    ]


def test_one_letter_goes_out_again(operator, letter, cast, mailserver):
    one, other = letter(cast.amina, "550 no"), letter(cast.tom, "550 no")
    assert "1 mail gaat opnieuw" in post(operator, "resend", one.pk).text
    sending.send_due()
    assert [each["To"] for each in mailserver.letters] == [cast.amina.email]
    other.refresh_from_db()
    assert other.state == State.FAILED
    assert Activity.objects.get(kind="activity.resent").by == cast.paula


def test_all_of_a_reason_go_out_again_and_no_others(operator, letter, cast, mailserver):
    for who in (cast.amina, cast.tom):
        letter(who, GONE.format(who.email))
    letter(cast.fatima, FULL.format(cast.fatima.email))
    post(operator, "resend_all", reason="550 5.1.1 … unknown")
    sending.send_due()
    assert {each["To"] for each in mailserver.letters} == {cast.amina.email, cast.tom.email}


def test_what_is_no_longer_right_is_asked_again_before_it_goes_out(operator, letter, cast, mailserver):
    failed = letter(cast.els, "550 no", about=None, kind="communities.home_task_set", about_type_id=None)
    Delivery.objects.filter(pk=failed.pk).update(about_id=1, about_type=None)
    letter(person("Weg Gegaan", is_active=False), "550 no")
    post(operator, "resend_all", reason="550 no")
    sending.send_due()
    assert mailserver.letters == []


@pytest.mark.parametrize("state", [State.PENDING, State.SENDING, State.SENT, State.CANCELLED])
def test_only_what_failed_is_sent_again(operator, letter, cast, state):
    other = letter(cast.amina, "550 no", state=state)
    assert operator.post(reverse("mailroom:resend", args=[other.pk])).status_code == 404
    post(operator, "resend_all", reason="550 no")
    other.refresh_from_db()
    assert other.state == state


def test_without_a_reason_nothing_is_sent_again(operator, letter, cast):
    letter(cast.amina, "")
    post(operator, "resend_all")
    assert Delivery.objects.get().state == State.FAILED
    assert not Activity.objects.filter(kind="activity.resent").exists()


def test_letters_are_found_by_reader_and_reason(operator, letter, cast):
    letter(cast.amina, "550 no")
    letter(cast.tom, "551 no")

    def found(query):
        return [row.person for row in operator.get(f"{INDEX}{query}").context["page"]]

    assert found("?q=yildiz") == [cast.amina]
    assert found(f"?q={cast.tom.email}") == [cast.tom]
    assert found("?show=failed&reason=551 no") == [cast.tom]
    assert found("?q=%00") == [cast.tom, cast.amina]
    assert found("?show=waiting") == []


def test_a_paused_address_is_released(operator, cast):
    paused = PausedAddress.objects.create(address=cast.amina.email, person=cast.amina)
    letter = Delivery.objects.create(person=cast.amina, kind="communities.closed", occasion="x", state=State.SENT)
    Bounce.objects.create(key="k", address=cast.amina.email, delivery=letter, is_hard=True, said="no such user")
    page = operator.get(f"{INDEX}?show=paused").text
    assert cast.amina.email in page
    assert "no such user" in page
    post(operator, "release", paused.pk)
    assert not PausedAddress.objects.exists()
    assert "Mail komt overal aan." in operator.get(f"{INDEX}?show=paused").text


def test_what_a_letter_said_or_was_about_does_not_stand_here(operator, letter, cast):
    letter(cast.amina, "550 no")
    assert "PLG Rekenen" not in operator.get(INDEX).text


def test_only_platform_administrators_find_it_in_the_menu(operator, signed_in, cast):
    assert f'href="{INDEX}"' in operator.get(reverse("home")).text
    assert f'href="{INDEX}"' not in signed_in(cast.noor).get(reverse("home")).text
    assert signed_in(cast.ben).get(INDEX).status_code == 403


@pytest.mark.parametrize("show", ["failed", "waiting", "paused"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_long_list_costs_no_more_than_a_short_one(operator, letter, cast, show, count):
    for n in range(count):
        who = person(f"Lid {n}")
        letter(who, "550 no")
        letter(who, state=State.PENDING)
        PausedAddress.objects.create(address=who.email, person=who)
    operator.get(f"{INDEX}?show={show}")
    with CaptureQueriesContext(connection) as queries:
        operator.get(f"{INDEX}?show={show}")
    assert len(queries) <= 12, [query["sql"][:90] for query in queries]


@pytest.mark.parametrize("show", ["failed", "waiting"])
def test_millions_of_letters_that_are_done_are_not_read_for_it(operator, letter, cast, show):
    letter(cast.amina, state=State.PENDING)
    letter(cast.tom, "550 no")
    done = {"person": cast.els, "kind": "communities.closed", "about": cast.maths, "state": State.SENT}
    Delivery.objects.bulk_create(Delivery(occasion=f"done {n}", **done) for n in range(3000))
    with CaptureQueriesContext(connection) as queries:
        operator.get(f"{INDEX}?show={show}&kind=communities.closed")
    asked = [query["sql"] for query in queries if 'FROM "activity_delivery"' in query["sql"]]
    assert len(asked) > 2
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE activity_delivery, people_user")
        for sql in asked:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert re.search("delivery_(due|claimed|failed)", plan), plan
