"""Two accounts of one person become one.

Each app moves its own rows (`core.registry.merges`), in one transaction. What
is here: the account itself, its addresses, school accounts and settings, and
the rows of `activity`, which does not know people.
"""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from pghistory.models import Event as HistoryOfRow

from activity.models import Ask, Bounce, Delivery, Notification, PaceChoice, PausedAddress
from core.registry import merges
from people import downloads
from people.models import DataExport, Leaving, User

#: Tables that are about the account and not about what she does: not shown, not moved.
OF_THE_ACCOUNT = {
    "account.emailaddress", "account.emailconfirmation", "mfa.authenticator", "usersessions.usersession",
    "socialaccount.socialaccount", "admin.logentry", "people.user", "activity.delivery",
    "activity.bounce", "activity.pausedaddress", "activity.look", "people.dataexport", "people.leaving",
}  # fmt: skip


def move(model, field, kept, gone, same=()):
    """Give rows of one person to the other.

    Where the other has one with the same values in `same` already, that one
    stays and the row to be moved is deleted. Returns how many were moved.
    """
    rows = model._base_manager.filter(**{field: gone})
    if same:
        twins = model._base_manager.filter(**{field: kept}, **{name: OuterRef(name) for name in same})
        rows.filter(Exists(twins)).delete()
    return rows.update(**{field: kept})


def what_moves(gone):
    """What a person sees before she merges: (what, how many) of everything that belongs to that account."""
    found = []
    for relation in User._meta.related_objects:
        model = relation.related_model
        label = model._meta.label_lower
        if label in OF_THE_ACCOUNT or model._meta.app_label == "pghistory" or issubclass(model, HistoryOfRow):
            continue
        if count := model._base_manager.filter(**{relation.field.name: gone}).count():
            found.append((capfirst(str(model._meta.verbose_name_plural)), count))
    return sorted(found)


@merges.register("people")
def people(kept, gone):
    """Addresses, school accounts, and what the kept account does not know of her."""
    EmailAddress.objects.filter(user=gone).update(primary=False)
    move(EmailAddress, "user", kept, gone, same=["email"])
    move(SocialAccount, "user", kept, gone)
    User.objects.filter(merged_into=gone).update(merged_into=kept)
    downloads.clear(DataExport.objects.filter(person=gone))  # they say what was, before the two were one
    Leaving.objects.filter(person=gone).delete()
    for field in ("name", "level", "subjects", "themes", "region", "days_off", "photo"):
        if not getattr(kept, field):
            setattr(kept, field, getattr(gone, field))
    moments = [moment for moment in (kept.joined_at, gone.joined_at) if moment]
    kept.joined_at = min(moments, default=None)
    kept.save()


@merges.register("activity")
def activity(kept, gone):
    """Bell, requests, letters and how soon she wants to hear of things. The journal stays as it was written."""
    move(Notification, "person", kept, gone, same=["activity"])
    open_twin = Ask.objects.open().filter(
        person=kept, kind=OuterRef("kind"), about_type=OuterRef("about_type"), about_id=OuterRef("about_id")
    )
    Ask.objects.open().filter(Exists(open_twin), person=gone).delete()
    Ask.objects.filter(person=gone).update(person=kept)
    move(Delivery, "person", kept, gone, same=["occasion", "channel", "slot"])
    move(PaceChoice, "person", kept, gone, same=["kind"])
    move(Bounce, "person", kept, gone)
    move(PausedAddress, "person", kept, gone)


def empty(account, into):
    """What is left of the other account: nobody can sign in to it, and it says nothing of her."""
    photo = account.photo.name
    account.authenticator_set.all().delete()
    account.email = f"{account.pk}@merged.invalid"
    account.name = account.level = account.subjects = ""
    account.photo = ""
    account.themes, account.days_off = [], []
    account.is_active = account.is_staff = account.is_superuser = False
    account.merged_into = into
    account.set_unusable_password()
    account.save()
    if photo and photo != into.photo.name:
        transaction.on_commit(lambda: User._meta.get_field("photo").storage.delete(photo))


def has_second_step(person):
    """True when a password or code alone does not open this account."""
    return person.authenticator_set.exclude(type="recovery_codes").exists()


def second_step_holds(person, code):
    """True for the present code of her app, or for one of her recovery codes, which is used up by this."""
    for authenticator in person.authenticator_set.filter(type__in=["totp", "recovery_codes"]):
        if authenticator.wrap().validate_code(code):
            return True
    return False


def models_with_people():
    """Every (model, field name) that points at a person; the test of merging walks over them."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not field.many_to_many and field.related_model is User
    ]
