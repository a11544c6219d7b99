"""Letters of many: as many queries as for few, and what changed while they were on their way is not overlooked."""

import asyncio

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from activity import digest, sending
from activity.choices import Pace, State
from activity.digest import contents_of
from activity.models import Ask, Delivery, Notification, PaceChoice
from communities.actions.seats import stop
from communities.choices import MembershipState
from communities.models import Membership
from core.standing import forget
from people.models import User
from tests.activity._world import World
from tests.cast import cast as a_cast
from tests.cast import member, person, works
from tests.mailserver import Mailserver

MOST = 40


def queries_for(readers):
    for reader in readers:
        forget(reader)
    with CaptureQueriesContext(connection) as queries:
        found = contents_of(readers)
    assert all(not content.is_empty for content in found.values())
    return len(queries)


def test_a_chunk_asks_as_much_for_twenty_as_for_two(cast):
    """Members and guests, leaders and administrators, of everything that can be told and asked."""
    world = World(cast)
    crowd = [person(f"Lid {n}") for n in range(20)]
    for n, one in enumerate(crowd):
        works(one, cast.regenboog)
        member(cast.maths, one, "guest" if n % 5 == 1 else "member")
    for membership in cast.maths.memberships.filter(role="guest"):
        membership.meetings_as_guest.add(world.meetings[0])
    for number in (0, 1):
        world._role(crowd[number * 5], ["", "school_leader"][number])
    world.tell(cast.maths, world.meetings[0])
    few, many = queries_for(crowd[:7]), queries_for(crowd)
    assert few == many <= MOST


def test_letters_that_are_claimed_together_cost_one_gathering(cast, mailserver):
    """Each further letter costs what asks and marks it, and no more."""
    crowd = [member(cast.maths, person(f"Lid {n}")).person for n in range(8)]
    World(cast)
    costs = []
    for count in (2, 6):
        Notification.objects.update(in_letter_at=None)
        Delivery.objects.all().delete()
        lay(crowd[:count])
        with CaptureQueriesContext(connection) as queries:
            assert sending.send(sending.claim(now())) == count
        costs.append(len(queries))
    assert (costs[1] - costs[0]) / 4 <= 12


def lay(people):
    """The letters of these people lie in the outbox."""
    User.objects.update(digest_next_at=None)
    User.objects.filter(pk__in=[each.pk for each in people]).update(digest_next_at=now())
    digest.put_due(now())


class Meanwhile(Mailserver):
    """When the first letter comes in, something happens elsewhere."""

    deed = None

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.deed:
            deed, self.deed = self.deed, None
            await asyncio.to_thread(self.do, deed)
        return await super().handle_DATA(server, session, envelope)

    def do(self, deed):
        try:
            deed()
        finally:
            connection.close()


@pytest.fixture
def two_letters(transactional_db, settings):
    """Amina's letter goes out first, and Tom's was gathered with it."""
    cast = a_cast()
    World(cast)
    with Meanwhile() as mailserver:
        options = {"host": mailserver.host, "port": mailserver.port, "timeout": 10}
        backend = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        Delivery.objects.all().delete()
        lay([cast.amina, cast.tom])
        yield cast, mailserver


def leaves(cast):
    stop(Membership.objects.get(community=cast.maths, person=cast.tom), MembershipState.ENDED)


def is_out(cast):
    """Whatever way a membership ends, also one that takes back no mail."""
    Membership.objects.filter(community=cast.maths, person=cast.tom).update(state=MembershipState.ENDED)


def reads_all(cast):
    Notification.objects.filter(person=cast.tom).update(read_at=now())


def turns_it_off(cast):
    PaceChoice.objects.create(person=cast.tom, kind=digest.KIND, pace=Pace.NEVER)


def pauses(cast):
    User.objects.filter(pk=cast.tom.pk).update(paused_until="2999-01-01")


def goes(cast):
    User.objects.filter(pk=cast.tom.pk).update(is_active=False)


def is_erased(cast):
    User.objects.get(pk=cast.tom.pk).delete()


@pytest.mark.parametrize("deed", [turns_it_off, pauses, goes, is_erased])
def test_who_wants_no_letter_any_more_gets_none(two_letters, deed):
    cast, mailserver = two_letters
    mailserver.deed = lambda: deed(cast)
    sending.send(sending.claim(now()))
    assert [letter["To"] for letter in mailserver.letters] == [cast.amina.email]
    assert not Delivery.objects.exclude(state__in=[State.SENT, State.CANCELLED]).exists()


@pytest.mark.parametrize("deed", [leaves, is_out, reads_all])
def test_news_that_is_no_longer_for_him_does_not_stand_in_his_letter(two_letters, deed):
    """While Amina's letter went out, Tom left, or read it all."""
    cast, mailserver = two_letters
    mailserver.deed = lambda: deed(cast)
    sending.send(sending.claim(now()))
    assert "Breuken" in text_to(cast.amina, mailserver)
    assert "Breuken" not in text_to(cast.tom, mailserver)


def test_what_was_answered_meanwhile_is_not_asked(two_letters):
    cast, mailserver = two_letters
    mailserver.deed = lambda: Ask.objects.filter(person=cast.tom).update(closed_at=now())
    sending.send(sending.claim(now()))
    assert "Dit vraagt" not in text_to(cast.tom, mailserver)
    assert "Breuken" in text_to(cast.tom, mailserver)


def text_to(someone, mailserver):
    """All that was written to her, as plain text."""
    return "".join(letter.get_body(("plain",)).get_content() for letter in mailserver.to(someone.email))


def test_two_workers_lay_one_letter_a_window(cast):
    lay([cast.amina])
    User.objects.filter(pk=cast.amina.pk).update(digest_next_at=now())
    digest.put_due(now())
    assert Delivery.objects.filter(person=cast.amina, kind=digest.KIND).count() <= 1
