"""A lost passkey or app: an administrator of her board takes the second step away, in sight of all."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.journal import record
from activity.kinds import register
from core.models import EVERYBODY, NOBODY
from core.refusals import Refused
from core.time import today
from organisations.choices import RoleKind
from organisations.models import Affiliation, Role
from organisations.rules import standing
from people.actions import close_sessions
from people.models import User

register(
    "organisations.second_step_reset",
    gettext_lazy("my second step was taken away"),
    fixed=True,
    visible=lambda about, person: about == person,
    why=gettext_lazy("This is about how you sign in."),
)


def may_reset(user):
    """People who work at boards one runs; the platform all others. Never oneself, never somebody of higher standing."""
    mine = standing(user)
    if mine.is_platform_admin:
        return EVERYBODY & ~Q(pk=user.pk)
    if not mine.boards_run:
        return NOBODY
    places = Q(board__in=mine.boards_run) | Q(school__board__in=mine.boards_run)
    here = Affiliation.objects.current(today()).filter(places)
    higher = Role.objects.current().filter(kind__in=[RoleKind.PLATFORM_ADMIN, RoleKind.NETWORK_ADMIN])
    elsewhere = Role.objects.current().filter(
        Q(board__isnull=False) & ~Q(board__in=mine.boards_run)
        | Q(school__isnull=False) & ~Q(school__board__in=mine.boards_run)
    )
    return (
        Q(pk__in=here.values("person"))
        & ~Q(pk__in=higher.values("person"))
        & ~Q(pk__in=elsewhere.values("person"))
        & ~Q(pk=user.pk)
        & Q(is_staff=False)
    )


@transaction.atomic
def reset_second_step(person, *, by, reason):
    """Take away passkeys, app and recovery codes; sign her out everywhere; tell her; write it down.

    Raises Refused when there is nothing to take away.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise Refused(_("This person has no second step. A code by mail is enough to sign in."))
    close_sessions(person)
    record("organisations.second_step_reset", by=by, about=person, tell=[person], reason=reason)
