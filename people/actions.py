"""What happens to an account."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import digest
from activity.journal import record
from core.refusals import Refused
from core.registry import claims, merges, renames, rhythms
from people import merging
from people.models import User


@transaction.atomic
def arrive(person):
    """Somebody signed in: take over what waited for her addresses; the first time, write down that she joined."""
    addresses = person.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    for address in addresses:
        claim(person, address)
    if User.objects.filter(pk=person.pk, joined_at=None).update(joined_at=now()):
        person.refresh_from_db(fields=["joined_at"])
        digest.set_clock(person)
        record("people.joined", by=person, about=person)


@transaction.atomic
def claim(person, address):
    """Give a person all that was laid ready for an address she proved to be hers."""
    for take_over in claims.values():
        take_over(person, address.lower())


@transaction.atomic
def welcomed(person):
    """The three questions are answered or skipped; they are not asked again."""
    User.objects.filter(pk=person.pk, welcomed_at=None).update(welcomed_at=now())
    person.refresh_from_db(fields=["welcomed_at"])


@transaction.atomic
def change_profile(form):
    """Keep a valid profile; a new photo replaces the old one, whose file goes."""
    person = form.save(commit=False)
    before = User.objects.select_for_update().get(pk=person.pk)
    old = before.photo.name
    if form.new_photo:
        person.photo.save(form.new_photo.name, form.new_photo, save=False)
    elif form.cleaned_data.get("remove_photo"):
        person.photo = ""
    person.save()
    if before.name != person.name:
        for follow in renames.values():
            follow(person)
    if old and old != person.photo.name:
        transaction.on_commit(lambda: person.photo.storage.delete(old))


@transaction.atomic
def change_rhythm(form):
    """Keep a valid rhythm, and let everybody who plans by it look again."""
    person = form.save()
    person.digest_next_at = None
    person.save(update_fields=["digest_next_at"])
    for look_again in rhythms.values():
        look_again(person)


@transaction.atomic
def close_sessions(person):
    """Sign a person out on every device at once."""
    User.objects.filter(pk=person.pk).update(sessions_closed=F("sessions_closed") + 1)
    UserSession.objects.filter(user=person).delete()
    person.refresh_from_db(fields=["sessions_closed"])


def owner_of(address):
    """Whose mail address this is: proven, or what she signs in with; None where it is nobody's.

    An address that somebody only wrote down in her account, or that a staff list wrote there, opens nothing.
    """
    proven = EmailAddress.objects.filter(email=address.lower(), verified=True).select_related("user").first()
    return proven.user if proven else User.objects.filter(email=address.lower()).first()


def account_of(address):
    """The same where the account is open."""
    owner = owner_of(address)
    return owner if owner and owner.is_active else None


@transaction.atomic
def merge(kept, *, address, second_step=""):
    """Make one account of two that are one person's; she proved the other's address just before.

    Raises Refused when there is no other account any more, or when its second
    step does not hold. Everything moves or nothing does.
    """
    gone = account_of(address)
    if gone is None or gone.pk == kept.pk:
        raise Refused(_("These accounts are one already. There is nothing left to do."))
    locked = {one.pk: one for one in User.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")}
    kept, gone = locked[kept.pk], locked[gone.pk]
    if not (kept.is_active and gone.is_active):
        raise Refused(_("These accounts are one already. There is nothing left to do."))
    if merging.has_second_step(gone) and not merging.second_step_holds(gone, second_step):
        raise Refused(_("This is not the code of the other account. Nothing was merged."), field="second_step")
    for move in merges.values():
        move(kept, gone)
    EmailAddress.objects.filter(user=kept, email=address.lower()).update(verified=True)
    merging.empty(gone, into=kept)
    close_sessions(gone)
    claim(kept, address)
    record("people.merged", by=kept, about=kept, addresses=[kept.email, address.lower()], account=gone.pk)
    return kept
