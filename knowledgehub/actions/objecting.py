"""Something is not right: somebody says so, and who looks after that place decides."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from core.refusals import Refused
from knowledgehub import editors, registry, rules
from knowledgehub.actions import closing
from knowledgehub.actions.making import hold
from knowledgehub.actions.publishing import makers_of
from knowledgehub.models import Objection

ASKED = closing.OBJECTION
#: Reports without an account that wait at once for one resource: who settles it has read enough by then.
MOST_OF_STRANGERS = 5


@transaction.atomic
def report(resource, *, by, what, reason, address=""):
    """Tell who looks after it that something is wrong. Its makers do not hear who said so.

    `by` is None of a visitor without an account, who may leave an address to hear what was decided. Raises Refused
    when she made it herself, said so already, or nobody but the makers sees it.
    """
    resource = hold(resource)
    if reason_not := why_not_report(resource, by):
        raise Refused(reason_not)
    objection = Objection.objects.create(
        resource=resource, by=by, address=address.strip().lower(), what=what, reason=reason.strip()
    )
    people = [person for person in editors.moderators_of(resource) if person != by]
    record("knowledgehub.objected", about=objection, tell=people)
    ask(ASKED, about=objection, url=objection.get_absolute_url(), people=people)
    return objection


def why_not_report(resource, by):
    """Why she cannot report it, or ""."""
    if not resource.is_published:
        return _("Only what is published can be reported.")
    if by is None:
        return _why_not_report_from_outside(resource)
    if resource.is_made_by(by):
        return _("You made this yourself. Change or withdraw it.")
    if resource.objections.filter(by=by, settled_at=None).exists():
        return _("You reported this already. Somebody looks at it.")
    return ""


def _why_not_report_from_outside(resource):
    if not resource.is_public:
        return _("Only what stands on the web can be reported without an account.")
    if resource.objections.filter(by=None, settled_at=None).count() >= MOST_OF_STRANGERS:
        return _("This was reported already. Somebody looks at it.")
    return ""


def ask_again(resource):
    """After a change of audience others may look after it: what is open is asked of them."""
    people = editors.moderators_of(resource)
    for objection in resource.objections.filter(settled_at=None):
        answered(ASKED, about=objection)
        ask(ASKED, about=objection, url=objection.get_absolute_url(), people=people)


def _hold(objection):
    resource = hold(objection.resource_id)
    fresh = Objection.objects.get(pk=objection.pk)
    fresh.resource = resource
    return fresh


def _refuse_own(resource, by):
    if resource.is_made_by(by):
        raise Refused(_("You made it yourself. Somebody else decides."))


@transaction.atomic
def hide(objection, *, by, outcome):
    """Nobody but its makers and moderators sees it until it is settled otherwise. The makers read why."""
    objection = _hold(objection)
    resource = objection.resource
    _refuse_own(resource, by)
    if not outcome.strip():
        raise Refused(_("Write why, so that the makers know what to change."), "outcome")
    if not resource.hidden_at:
        resource.hidden_at, resource.hidden_by, resource.changed_at = now(), by, now()
        resource.save(update_fields=["hidden_at", "hidden_by", "changed_at"])
    _close(objection, by, outcome)
    closing.tell_who_adapted(resource, by=by, hidden=True)
    record("knowledgehub.hidden", by=by, about=objection, tell=makers_of(resource))
    registry.tell_changed(resource)
    return objection


@transaction.atomic
def settle(objection, *, by, outcome):
    """It was looked at, and it stays. Who reported it reads why."""
    objection = _hold(objection)
    _refuse_own(objection.resource, by)
    if objection.settled_at:
        raise Refused(_("This is settled already."))
    if not outcome.strip():
        raise Refused(_("Write what you decided. Whoever reported it reads that."), "outcome")
    _close(objection, by, outcome)
    return objection


def _close(objection, by, outcome):
    if objection.settled_at:
        raise Refused(_("This is settled already."))
    closing.settled(objection, by=by, outcome=outcome)
    rules.to_judge.forget(by)


@transaction.atomic
def show_again(resource, *, by):
    """What was wrong is put right: whoever saw it finds it again."""
    resource = hold(resource)
    _refuse_own(resource, by)
    if not resource.hidden_at:
        raise Refused(_("This is not hidden."))
    resource.hidden_at, resource.hidden_by, resource.changed_at = None, None, now()
    resource.save(update_fields=["hidden_at", "hidden_by", "changed_at"])
    answered(closing.SHOW_AGAIN, about=resource)
    rules.to_judge.forget(by)
    record("knowledgehub.shown_again", by=by, about=resource, tell=makers_of(resource))
    registry.tell_changed(resource)
    return resource
