"""All makers agree before something is published; silence is yes after ten working days, but not of who is shown."""

import structlog
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import answered, ask, record
from core.refusals import Refused
from core.time import today
from knowledgehub.actions import publishing
from knowledgehub.actions.making import hold_version
from knowledgehub.choices import Answer, State
from knowledgehub.models import Approval, Author
from people.calendar import after_working_days

log = structlog.get_logger(__name__)

ASKED = "knowledgehub.approve"
DAYS = 10  # working days, those of each maker's own region


@transaction.atomic
def put_forward(version, *, by):
    """Publish it; with fellow makers, ask them first. Returns True when it is published now.

    Raises Refused when something is missing, or somebody is looking at it already.
    """
    version = hold_version(version)
    others = _fellow_makers(version, by)
    if not others or _all_agreed(version, others):
        publishing.publish(version, by=by)
        return True
    if version.offered_at and version.approvals.filter(answer="").exists():
        raise Refused(_("Your fellow makers were asked already."))
    version.approvals.all().delete()  # of an earlier round
    if reason := version.why_not_publish:
        raise Refused(reason)
    freeze(version, now())
    for author in others:
        _ask(version, author, by)
    return False


def _fellow_makers(version, by):
    rows = Author.everyone.filter(resource=version.resource, person__is_active=True)
    return list(rows.select_related("person").exclude(person=by))


def _all_agreed(version, others):
    """Whether they said yes to it as it stands now: what was agreed before it was set free counts no more."""
    if not version.offered_at:
        return False
    yes = version.approvals.filter(answer__in=[Answer.YES, Answer.SILENT]).values_list("author", flat=True)
    return {author.pk for author in others} <= set(yes)


def _ask(version, author, by):
    person = author.person
    due_on = after_working_days(today(), DAYS, person.holiday_region)
    approval = Approval.objects.create(version=version, author=author, due_on=due_on)
    community = version.resource.community
    record("knowledgehub.asked", by=by, about=approval, tell=[person], community=community)
    ask(ASKED, about=approval, url=approval.get_absolute_url(), people=[person], community=community, due_on=due_on)


def freeze(version, moment):
    """Since when its makers are asked; None sets it free. What is published stays so all the while."""
    version.offered_at = moment
    version.save(update_fields=["offered_at"])
    resource = version.resource
    if resource.state in (State.CONCEPT, State.OFFERED):
        resource.state = State.OFFERED if moment else State.CONCEPT
        resource.save(update_fields=["state"])


def _hold(approval):
    version = hold_version(Approval.objects.select_related("version").get(pk=approval.pk).version)
    fresh = Approval.objects.select_related("author__person").get(pk=approval.pk)
    fresh.version = version
    return fresh


@transaction.atomic
def approve(approval, *, by):
    """A fellow maker agrees. When all do, it is published. Returns True when it is published now."""
    approval = _answer(approval, Answer.YES)
    return _go_on(approval.version, by=approval.version.created_by or by)


@transaction.atomic
def disagree(approval, *, by, why):
    """A fellow maker does not agree: it is a concept again, and the others read why. Raises Refused without a why."""
    if not why.strip():
        raise Refused(_("Say what should be different, so that the others can change it."), "why")
    approval = _answer(approval, Answer.NO, why.strip()[:500])
    freeze(approval.version, None)
    _close(approval.version)
    resource = approval.version.resource
    record(
        "knowledgehub.disagreed", by=by, about=approval, tell=publishing.makers_of(resource),
        community=resource.community,
    )  # fmt: skip
    return approval


def _answer(approval, answer, why=""):
    approval = _hold(approval)
    if approval.version.is_published:
        raise Refused(_("This version is published already."))
    if approval.version.offered_at is None:
        raise Refused(_("This question was taken back. Nothing is asked of you now."))
    approval.answer, approval.why, approval.answered_at = answer, why, now()
    approval.save(update_fields=["answer", "why", "answered_at"])
    answered(ASKED, about=approval)
    return approval


def _close(version):
    """Nobody is asked any more."""
    for approval in version.approvals.filter(answer=""):
        answered(ASKED, about=approval)
        outbox.withdraw(approval)


@transaction.atomic
def take_back(version, *, by):
    """The makers want to change something first: nobody is asked any more."""
    version = hold_version(version)
    if version.is_published or version.offered_at is None or not version.approvals.exists():
        raise Refused(_("Nobody was asked about this version."))
    _close(version)
    version.approvals.all().delete()
    freeze(version, None)
    return version


def _go_on(version, *, by):
    """Publish once everybody agreed; True when that is so."""
    if version.approvals.filter(answer__in=["", Answer.NO]).exists():
        return False
    publishing.publish(version, by=by)
    return True


def close_due():
    """Silence becomes yes where the time is over, and what waited for it is published. Each night; returns how many."""
    late = Approval.objects.filter(answer="", due_on__lt=today(), author__is_shown=False)
    return sum(_close_one(approval) for approval in late.filter(version__published_at=None).order_by("pk"))


def _close_one(approval):
    try:
        with transaction.atomic():
            approval = _hold(approval)
            if approval.answer or approval.version.offered_at is None:
                return 0
            approval = _answer(approval, Answer.SILENT)
            _go_on(approval.version, by=approval.version.created_by)
    except Refused as refusal:  # something else came between, such as an objection; its makers see why on the page
        log.info("not_published_yet", version=approval.version_id, why=str(refusal))
        return 0
    return 1
