"""Letters that come back: three for good pause an address, its owner hears so on Vandaag and can say that it works."""

import hashlib
import hmac
import io
import json
import mailbox
import time
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import now

from activity import asks, bounces, clearing, letters, outbox, sending
from activity.choices import State
from activity.journal import ask
from activity.models import Activity, Ask, Bounce, Delivery, PausedAddress
from core.registry import claims, merges
from core.time import today
from organisations.terms import carry_out
from tests.cast import meeting, person

SECRET = "shared-with-the-provider"
NO_SUCH_MAILBOX = "550 5.1.1 No such mailbox"


@pytest.fixture
def letter(news, cast):
    """letter(to) lies in the outbox; each on another occasion."""

    def put(to, state=State.SENT):
        occasion = f"test:{Delivery.objects.count()}"
        who = {"addresses": [to]} if isinstance(to, str) else {"people": [to]}
        outbox.put("tests.happened", occasion=occasion, about=cast.maths, **who)
        delivery = Delivery.objects.latest("pk")
        delivery.state, delivery.sent_at, delivery.attempts = state, now() if state == State.SENT else None, 1
        delivery.save()
        return delivery

    return put


def comes_back(delivery, status="5.1.1", **more):
    return bounces.note(bounces.Report(letters.message_id(delivery), status=status, **more))


def paused():
    return list(PausedAddress.objects.values_list("address", flat=True))


# What counts -------------------------------------------------------------------------------------


def test_the_third_letter_that_comes_back_pauses_the_address(letter, cast):
    for times in (1, 2, 3):
        assert paused() == []
        comes_back(letter(cast.amina))
        assert Bounce.objects.filter(address=cast.amina.email).count() == times
    assert paused() == [cast.amina.email]


@pytest.mark.parametrize(
    "report",
    [
        {"status": "4.2.2"},
        {"status": "5.2.2"},  # the mailbox is full
        {"status": "552"},  # the same, of a server that knows three digits only (RFC 5321)
        {"status": "554"},  # refused, whatever for
        {"status": "5.7.1"},  # taken for spam: our fault, not the address's
        {"status": "5.1.1", "action": "delayed"},
        {"status": "5.1.1", "recipients": ("rfc822;amina@elsewhere.example",)},  # she sends her mail on
    ],
)
def test_what_is_no_fault_of_the_address_does_not_count(letter, cast, report):
    for _time in range(4):
        assert comes_back(letter(cast.amina), **report)
    assert paused() == []


def test_a_report_that_comes_twice_counts_once(letter, cast):
    delivery = letter(cast.amina)
    assert [bool(comes_back(delivery)) for _time in range(4)] == [True, False, False, False]
    assert paused() == []


@pytest.mark.parametrize(
    "forged", ["", "<1@x>", "<{pk}.{wrong}@plg.example>", "{right}x", "<99999999.{mark}@plg.example>", "<{pk}>"]
)
def test_a_message_id_that_is_not_ours_is_nobodys(letter, cast, forged):
    delivery = letter(cast.amina)
    right = letters.message_id(delivery)
    mark = right.partition(".")[2].partition("@")[0]
    forged = forged.format(pk=delivery.pk, wrong="0" * 32, right=right[:-9], mark=mark)
    assert bounces.note(bounces.Report(forged)) is None
    assert not Bounce.objects.exists()


def test_who_is_refused_while_we_send_counts_too(letter, cast, mailserver):
    mailserver.refuse(NO_SUCH_MAILBOX)
    for _time in range(3):
        letter(cast.amina, State.PENDING)
    refuse_recipients(mailserver)
    sending.send_due()
    assert paused() == [cast.amina.email]


def refuse_recipients(mailserver):
    async def refuse(server, session, envelope, address, options):
        return NO_SUCH_MAILBOX

    mailserver.handle_RCPT = refuse


@pytest.fixture(autouse=True)
def _accepts_again(mailserver):
    yield
    vars(mailserver).pop("handle_RCPT", None)


# What a pause does -------------------------------------------------------------------------------


@pytest.fixture
def amina_paused(letter, cast):
    for _time in range(3):
        comes_back(letter(cast.amina))
    return cast.amina


def test_no_letter_goes_to_a_paused_address_and_others_are_sent(amina_paused, letter, cast, mailserver):
    hers, his = letter(amina_paused, State.PENDING), letter(cast.tom, State.PENDING)
    assert sending.send_due() == 1
    hers.refresh_from_db()
    his.refresh_from_db()
    assert (hers.state, his.state) == (State.CANCELLED, State.SENT)
    assert "came back" in hers.trouble


def test_a_bare_address_is_paused_as_well(letter, mailserver):
    for _time in range(3):
        comes_back(letter("zij@school.example"))
    letter("zij@school.example", State.PENDING)
    assert sending.send_due() == 0
    assert not Ask.objects.filter(kind=bounces.ASKED).exists()


def test_a_code_that_she_asks_for_herself_still_comes(amina_paused, client, mailserver):
    client.post(reverse("account_request_login_code"), {"email": amina_paused.email})
    assert mailserver.to(amina_paused.email)


def test_its_owner_finds_it_on_vandaag_and_says_that_it_works_again(amina_paused, signed_in, letter, mailserver, cast):
    """Before what has time: Vandaag shows three requests."""
    for days in (3, 5, 9):
        ask("meetings.answer", about=meeting(cast.maths, days), url="/", people=[amina_paused])
    Ask.objects.exclude(kind=bounces.ASKED).update(due_on=today() + timedelta(days=2))
    client = signed_in(amina_paused)
    assert amina_paused.email in client.get(reverse("home")).text
    page = client.get(reverse("activity:address"))
    assert amina_paused.email in page.text
    assert paused()  # looking changes nothing
    assert client.post(reverse("activity:address")).status_code == 302
    assert paused() == []
    assert Activity.objects.get(kind="activity.address_released").by == amina_paused
    assert bounces.ASKED not in [ask.kind for ask in asks.for_today(amina_paused)]
    letter(amina_paused, State.PENDING)
    assert sending.send_due() == 1


def test_after_a_release_three_new_ones_are_needed(amina_paused, letter):
    bounces.release(PausedAddress.objects.get(), by=amina_paused)
    comes_back(letter(amina_paused))
    comes_back(letter(amina_paused))
    assert paused() == []
    comes_back(letter(amina_paused))
    assert paused() == [amina_paused.email]


def test_with_another_address_she_is_reached_and_asked_nothing(amina_paused, letter, mailserver):
    amina_paused.email = "amina.nieuw@school.example"
    amina_paused.save()
    assert asks.for_today(amina_paused) == []
    letter(amina_paused, State.PENDING)
    assert sending.send_due() == 1


def test_whoever_signs_up_with_a_paused_address_is_told(letter, cast):
    for _time in range(3):
        comes_back(letter("nieuw@school.example"))
    new = person("Nieuw Hier", email="nieuw@school.example")
    for claim in claims.values():
        claim(new, new.email)
    assert [ask.kind for ask in asks.for_today(new)] == [bounces.ASKED]
    assert Bounce.objects.filter(person=new).count() == 3


def test_it_goes_along_when_two_accounts_become_one_and_away_with_the_account(amina_paused, cast):
    merges["activity"](cast.els, amina_paused)
    assert PausedAddress.objects.get().person == cast.els
    cast.els.delete()
    assert not PausedAddress.objects.exists()
    assert not Bounce.objects.filter(person__isnull=False).exists()


def test_what_came_back_is_forgotten_after_half_a_year(amina_paused):
    Bounce.objects.update(at=now() - timedelta(days=181))
    PausedAddress.objects.update(since=now() - timedelta(days=366))
    carry_out()
    clearing.nightly()
    assert not Bounce.objects.exists()
    assert paused()  # it still belongs to somebody
    PausedAddress.objects.update(person=None)
    clearing.nightly()
    assert paused() == []


# The provider's webhook --------------------------------------------------------------------------


def post(client, event, *, at=None, secret=SECRET, body=None):
    body = body if body is not None else json.dumps(event)
    at = str(int(time.time() if at is None else at))
    mark = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"X-Plg-Timestamp": at, "X-Plg-Signature": f"sha256={mark}"}
    return client.post(reverse("activity:bounced"), body, content_type="application/json", headers=headers)


def event(delivery, **more):
    return {"message_id": letters.message_id(delivery), "action": "failed", "status": "5.1.1"} | more


def test_a_provider_reports_what_came_back(client, settings, letter, cast):
    settings.BOUNCE_SECRET = SECRET
    first, second = letter(cast.amina), letter(cast.tom)
    answer = post(client, {"events": [event(first), event(second, recipient=cast.tom.email), event(first)]})
    assert answer.json() == {"events": 3, "noted": 2}
    assert post(client, event(first)).json() == {"events": 1, "noted": 0}


def test_without_a_secret_nobody_may_report(client, letter, cast):
    assert post(client, event(letter(cast.amina)), secret="").status_code == 404


@pytest.mark.parametrize("wrong", [{"secret": "guessed"}, {"at": 0}, {"at": 4_000_000_000}, {"at": "old"}])
def test_what_is_not_signed_now_with_the_secret_is_refused(client, settings, letter, cast, wrong):
    settings.BOUNCE_SECRET = SECRET
    if wrong.get("at") == "old":
        wrong = {"at": time.time() - 301}
    assert post(client, event(letter(cast.amina)), **wrong).status_code == 403
    assert not Bounce.objects.exists()


def test_a_report_without_signature_is_refused(client, settings):
    settings.BOUNCE_SECRET = SECRET
    for headers in ({}, {"X-Plg-Timestamp": "٣"}, {"X-Plg-Timestamp": str(int(time.time())), "X-Plg-Signature": "é"}):
        answer = client.post(reverse("activity:bounced"), "{}", content_type="application/json", headers=headers)
        assert answer.status_code == 403


@pytest.mark.parametrize("body", ["", "[", "3", "{}", '{"events": 1}', '{"events": [1]}', '[{"message_id": null}]'])
def test_what_is_no_report_is_refused(client, settings, cast, body):
    settings.BOUNCE_SECRET = SECRET
    assert post(client, None, body=body).status_code == 400


# A mailbox of delivery reports -------------------------------------------------------------------


def report(delivery, *, whole=False, status="5.1.1", action="failed", recipient=None):
    """As Postfix writes it."""
    recipient = recipient or delivery.reaches
    original = f"From: noreply@plg.example\r\nMessage-ID: {letters.message_id(delivery)}\r\nSubject: Nieuws\r\n"
    third = ("message/rfc822", f"{original}\r\nDag\r\n") if whole else ("text/rfc822-headers", original)
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: noreply@plg.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
        f"--b\r\nContent-Type: {third[0]}\r\n\r\n{third[1]}\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize("whole", [True, False])
def test_reports_are_read_from_a_folder_and_only_once(letter, cast, tmp_path, capsys, whole):
    (tmp_path / "one.eml").write_bytes(report(letter(cast.amina), whole=whole))
    (tmp_path / "two.eml").write_bytes(report(letter(cast.tom), whole=whole, status="4.4.1", action="delayed"))
    holiday = EmailMessage()
    holiday["Subject"] = "Ik ben er niet"
    holiday.set_content("Tot maandag")
    (tmp_path / "three.eml").write_bytes(bytes(holiday))
    call_command("read_bounces", str(tmp_path))
    assert "3 mails read, 2 letters came back" in capsys.readouterr().out
    assert set(Bounce.objects.values_list("address", "is_hard", "said")) == {
        (cast.amina.email, True, "smtp; 550 5.1.1 no such user"),
        (cast.tom.email, False, "smtp; 550 5.1.1 no such user"),
    }
    call_command("read_bounces", str(tmp_path))
    assert Bounce.objects.count() == 2


def test_what_was_read_in_a_maildir_counts_as_seen(letter, cast, tmp_path):
    box = mailbox.Maildir(tmp_path / "box", create=True)
    box.add(report(letter(cast.amina)))
    call_command("read_bounces", str(tmp_path / "box"))
    assert Bounce.objects.count() == 1
    (message,) = list(box)
    assert (message.get_subdir(), message.get_flags()) == ("cur", "S")


def test_a_mail_server_pipes_a_report_in(letter, cast, monkeypatch):
    pipe = io.TextIOWrapper(io.BytesIO(report(letter(cast.amina))))
    monkeypatch.setattr("sys.stdin", pipe)
    call_command("read_bounces")
    assert Bounce.objects.get().address == cast.amina.email


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\0" * 1000,
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\r\n",
        b'Content-Type: multipart/report; boundary="' + b"x" * 5000,
        b"Content-Type: multipart/report; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: message/rfc822\r\n\r\n" * 50,
    ],
)
def test_odd_mails_are_no_reports(cast, tmp_path, bad):
    (tmp_path / "odd.eml").write_bytes(bad)
    call_command("read_bounces", str(tmp_path))
    assert not Bounce.objects.exists()
