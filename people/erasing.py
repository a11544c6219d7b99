"""Somebody is erased: every app lets go of her (`core.registry.erasures`), then the audit, then the account itself.

All of it or nothing: one transaction, at the end of which the database itself says whether anything still points at
her. The audit is changed by a function with the owner's rights (`migrations/0004_rights.py`), for the application's
role cannot; it works only for who asked and whose time to come back on it is over.
"""

from datetime import UTC, datetime
from pathlib import Path

import structlog
from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from activity.journal import record
from core.links import absolute
from core.privacy import addresses_of, names_of, obstacles, take_out
from core.refusals import Refused
from core.registry import erasures
from people.models import Erasure, Leaving, User

log = structlog.get_logger(__name__)
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)  # the clock of the database is another one


def in_the_way(person):
    """What she settles first: [(sentence, where)]."""
    return [each for of_app in obstacles.values() for each in of_app(person)]


@transaction.atomic
def ask(person, *, hides_name=True):
    """She wants to be erased; it is done after the days in which she can come back on it. Raises Refused."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if reasons := in_the_way(person):
        raise Refused(reasons[0][0])
    leaving, is_new = Leaving.objects.get_or_create(person=person, defaults={"hides_name": hides_name})
    if is_new:
        record("people.leaving", by=None, about=leaving, tell=[person])
    return leaving


@transaction.atomic
def withdraw(person):
    """She stays."""
    if not Leaving.objects.filter(person=person).delete()[0]:
        raise Refused(_("You did not ask to leave."))
    record("people.stays", by=person, about=person)


def erase_due():
    """Every night: whoever asked, and did not come back on it. Returns how many went."""
    due = Leaving.objects.filter(due_at__lte=now()).order_by("pk").values_list("person_id", flat=True)
    return sum(_erase_one(pk, erase) for pk in list(due))


def _erase_one(pk, deed):
    try:
        return deed(pk)
    except Exception:
        log.exception("not_erased", person=pk)  # by her number, which says nothing; tomorrow again
        return False


@transaction.atomic
def erase(pk, *, with_letter=True):
    """Erase this person now. False where she is gone already, did not ask, or where something stands in the way."""
    leaving = Leaving.objects.select_for_update().filter(person=pk, due_at__lte=now()).first()
    person = User.objects.select_for_update().filter(pk=pk).first()
    if not leaving or not person:
        return False
    if in_the_way(person):
        _tell_why(leaving, person)
        return False
    words = [*addresses_of(person), *names_of(person)]
    take_out(person, words if leaving.hides_name else addresses_of(person))
    for account in [*User.objects.filter(merged_into=person), person]:
        _erase_account(account)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # whoever forgot her is heard here, and nothing was done
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    transaction.on_commit(lambda: write_down(pk))
    transaction.on_commit(lambda: _afterwards(person, words, with_letter), robust=True)
    return True


def erase_unused(people):
    """Accounts that an administrator made and nobody ever came for: they go without a letter. Returns how many.

    Nobody asked for it, so nothing is put down of whom something keeps.
    """
    return sum(_erase_one(pk, _erase_unused) for pk in list(people.values_list("pk", flat=True)))


@transaction.atomic
def _erase_unused(pk):
    person = User.objects.select_for_update().filter(pk=pk, joined_at=None).first()
    if person is None or in_the_way(person):
        return False
    Leaving.objects.get_or_create(person=person, defaults={"due_at": AT_ONCE})
    return erase(pk, with_letter=False)


def _erase_account(account):
    Leaving.objects.get_or_create(person=account, defaults={"due_at": AT_ONCE})  # merged into hers
    _take_out_of_audit(account)  # while it is still known what she was called
    photo = account.photo.name
    for let_go in erasures.values():
        let_go(account)
    close_all_sessions(account)
    _take_out_of_audit(account)  # also what was written down meanwhile
    account.groups.clear()
    account.user_permissions.clear()
    for rows in (Leaving.objects.filter(person=account), User.objects.filter(pk=account.pk)):
        rows._raw_delete(rows.db)  # the collector would want to write to the audit
    if photo:
        transaction.on_commit(lambda: User._meta.get_field("photo").storage.delete(photo))


def _take_out_of_audit(account):
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_from_audit(%s)", [account.pk])


def close_all_sessions(person):
    """Hers, and those in which somebody typed one of her addresses; in the table and in the cache."""
    keys = set(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    known = addresses_of(person)
    for session in Session.objects.iterator():
        held = session.get_decoded()
        if held.get("_auth_user_id") == str(person.pk) or any(each in str(held).lower() for each in known):
            keys.add(session.session_key)
    UserSession.objects.filter(session_key__in=keys).delete()
    for key in keys:
        SessionStore(key).delete()


def _tell_why(leaving, person):
    if not leaving.told_at:
        leaving.told_at = now()
        leaving.save(update_fields=["told_at"])
        record("people.leaving_waits", about=leaving, tell=[person])


def _afterwards(person, words, with_letter):
    """What is outside the database: the cache, and a last letter."""
    cache.forget(words)
    if not with_letter:
        return
    with override(person.language):
        get_adapter().render_mail("account/email/erased", person.email, {"home_url": absolute("/")}).send()


# A backup that is put back ------------------------------------------------------------------------


def journal():
    """The list of who was erased, beside the files and apart from the database."""
    return Path(settings.ERASURES)


def write_down(pk):
    """One line for one person: her number and the moment."""
    erasure = Erasure.objects.filter(person_id=pk).first()
    at = erasure.at if erasure else now()
    journal().parent.mkdir(parents=True, exist_ok=True)
    with journal().open("a") as lines:
        lines.write(f"{pk} {at.isoformat()}\n")


def read_journal(text):
    """[(number, moment)] of a list that was kept. Raises ValueError at any other line."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        number, _space, at = line.strip().partition(" ")
        found.append((int(number), datetime.fromisoformat(at)))
    return found


def replay(lines):
    """After a backup was put back: erase again who was erased since. Returns how many.

    A number is hers only where the account was made before that moment: later ones count on from the backup.
    """
    count = 0
    for pk, at in lines:
        if User.objects.filter(pk=pk, created_at__lt=at).exists():
            Leaving.objects.update_or_create(person_id=pk, defaults={"due_at": AT_ONCE, "hides_name": True})
            count += erase_again(pk)
    return count


@transaction.atomic
def erase_again(pk):
    """The same without asking what stands in the way: it was settled then, and the backup does not know."""
    person = User.objects.select_for_update().get(pk=pk)
    words = [*addresses_of(person), *names_of(person)]
    take_out(person, words)
    for account in [*User.objects.filter(merged_into=person), person]:
        _erase_account(account)
    transaction.on_commit(lambda: cache.forget(words))
    return True
