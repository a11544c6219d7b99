"""What a learner shows of what she can, and links by which somebody outside reads it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from activity.journal import record
from core.files import keeping
from core.refusals import Refused
from core.text import one_line
from core.time import today
from training.actions import moving
from training.choices import AssessmentState, PracticeState, SubmissionState
from training.models import Assessment, PortfolioItem, PortfolioLink, Practice, Submission

USUAL_DAYS, MOST_DAYS, MOST_LINKS, MOST_ITEMS = 30, 180, 10, 40


def why_not_change(enrolment):
    """Why the portfolio stays as it is now, or ""."""
    if Assessment.objects.filter(enrolment=enrolment, state=AssessmentState.ASKED).exists():
        return _("It is being assessed, so it stays as it is until that is done.")
    return ""


def work_of(enrolment):
    """What she can point at: approved assignments, and practice sessions with feedback. (submissions, practices)."""
    work = Submission.objects.filter(enrolment=enrolment, state=SubmissionState.APPROVED).select_related("assignment")
    done = (PracticeState.FEEDBACK, PracticeState.SUFFICIENT)
    practices = Practice.objects.filter(enrolment=enrolment, state__in=done).select_related("community", "meeting")
    return work.order_by("assignment__module__order", "assignment__order"), practices.order_by("pk")


def _hold(enrolment, by):
    row = moving.hold(enrolment)
    if row.person_id != by.pk:
        raise Refused(_("Only the learner does this."))
    if reason := why_not_change(row):
        raise Refused(reason)
    return row


@transaction.atomic
def keep_item(form, *, enrolment, by, item=None):
    """Put something into the portfolio, or change it. Raises Refused while it is being assessed."""
    row = _hold(enrolment, by)
    said = form.cleaned_data
    if item is None:
        if row.portfolio.count() >= MOST_ITEMS:
            raise Refused(_("A portfolio of %(n)d items is enough. Leave one out first.") % {"n": MOST_ITEMS})
        last = row.portfolio.aggregate(last=Max("order"))["last"]
        item = PortfolioItem(enrolment=row, order=(last or 0) + 1)
    item.title, item.text, item.link = one_line(said["title"]), said["text"].strip(), said["link"]
    item.submission, item.practice = said["submission"], said["practice"]
    keeping.save(item, "file", said["file"], remove=said["remove_file"])
    item.outcomes.set(said["outcomes"])
    record("training.portfolio_kept", by=by, about=row)
    return item


@transaction.atomic
def remove_item(item, *, by):
    """It goes out of the portfolio, with its file; the work it pointed at stays."""
    row = _hold(item.enrolment, by)
    if item.file:
        storage, name = item.file.storage, item.file.name
        transaction.on_commit(lambda: storage.delete(name))
    item.delete()
    record("training.portfolio_removed", by=by, about=row)


# Links --------------------------------------------------------------------------------------------


@transaction.atomic
def share(enrolment, *, by, said, expires_on):
    """Make a link. Returns (link, key); the key is kept nowhere."""
    row = moving.hold(enrolment)
    if row.person_id != by.pk:
        raise Refused(_("Only the learner does this."))
    if not today() < expires_on <= today() + timedelta(days=MOST_DAYS):
        raise Refused(_("Choose a day from tomorrow until half a year from now."), "expires_on")
    if row.links.that_count().count() >= MOST_LINKS:
        raise Refused(_("There are %(n)d links already. Call some back first.") % {"n": MOST_LINKS})
    if not row.portfolio.exists():
        raise Refused(_("Put something into it first."))
    made = PortfolioLink.objects.make(enrolment=row, said=said, expires_on=expires_on)
    record("training.portfolio_shared", by=by, about=row)
    return made


@transaction.atomic
def revoke(link, *, by):
    """The link counts no more."""
    if link.call_back():
        record("training.portfolio_link_revoked", by=by, about=link.enrolment)


def behind(key):
    """The link of this key as long as it counts; None for every other key, whatever is wrong with it."""
    rows = PortfolioLink.objects.behind(key).filter(enrolment__person__is_active=True)
    return rows.select_related("enrolment__person", "enrolment__version").first()
