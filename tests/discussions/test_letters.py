"""Letters about conversations: titles and never texts, of a case only that it is one, and nothing to who stopped."""

import pytest

from activity import sending
from activity.kinds import kinds
from activity.models import Delivery, PaceChoice
from communities.choices import MembershipState
from communities.discussions import actions
from communities.models import Membership

MINE = sorted(name for name in kinds if name.startswith("discussions."))
SECRET = "Ik vouw ze met een rode rand"


@pytest.fixture
def letters(cast, mailserver):
    """Do a deed, let the letters go, and read those to Amina; she wants all of them at once."""
    for kind in MINE:
        PaceChoice.objects.create(person=cast.amina, kind=kind, pace="at_once")

    def read(deed):
        Delivery.objects.all().delete()
        mailserver.forget()
        outcome = deed()
        Delivery.objects.update(due_at="2020-01-01T00:00Z")
        sending.send_due()
        return outcome, [(letter["Subject"], whole(letter)) for letter in mailserver.to(cast.amina.email)]

    return read


def whole(letter):
    return "".join(letter.get_body((part,)).get_content() for part in ("plain", "html"))


@pytest.fixture(autouse=True)
def _never_disturbed(monkeypatch, cast):
    """Her working hours do not matter here; tests/activity has them."""
    type(cast.amina).objects.update(quiet_from="00:00", quiet_until="00:00")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("is_case", [False, True])
def test_a_letter_holds_the_title_and_no_text(cast, letters, at_noon, language, is_case):
    cast.amina.language = language
    cast.amina.save()
    title = "Jayden durft niet te rekenen"
    words = {"title": title, "text": SECRET, "is_case": is_case}
    topic, opened = letters(lambda: actions.open_topic(cast.maths, by=cast.tom, **words))
    _post, mentioned = letters(lambda: actions.reply(topic, by=cast.tom, text=f"{SECRET} @Amina"))
    actions.read(topic, by=cast.amina, number=2)
    _post, replied = letters(lambda: actions.reply(topic, by=cast.tom, text=SECRET))
    for found in (opened, mentioned, replied):
        [(subject, text)] = found
        assert "\n" not in subject and SECRET not in subject + text
        assert (title in subject + text) != is_case
        assert (("casus" if language == "nl" else "a case") in subject + text) == is_case


def test_header_injection_in_a_title_stays_in_the_subject(cast, letters, at_noon):
    title = "Dag\r\nBcc: kwaad@example.org\u2028\u202enet"
    _topic, [(subject, _text)] = letters(lambda: actions.open_topic(cast.maths, by=cast.tom, title=title, text="x"))
    assert "\n" not in subject and "\r" not in subject


def test_who_stopped_before_it_went_out_gets_nothing(cast, letters, at_noon):
    def deed():
        actions.open_topic(cast.maths, by=cast.tom, title="Voor wie er nog is", text="x")
        Membership.objects.filter(person=cast.amina).update(state=MembershipState.ENDED)

    assert letters(deed)[1] == []


def test_what_was_removed_is_not_sent(cast, strips, letters, at_noon):
    def deed():
        post = actions.reply(strips, by=cast.tom, text="Dag @Amina")
        actions.remove(post, by=cast.tom)

    assert letters(deed)[1] == []
