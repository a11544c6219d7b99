"""At night: who stood still hears where she was, and who led her practice session is asked to look back."""

from datetime import timedelta

from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import override

from activity.journal import answered, ask
from core.time import today
from training import progress
from training.choices import EnrolmentState, PracticeState
from training.models import Enrolment, Practice

GO_ON, LOOK_BACK = "training.go_on", "training.look_back"
STANDS_STILL = timedelta(days=14)
AFTER_MEETING = timedelta(hours=3)


def remind():
    """Ask each who stood still for two weeks once, on a working day of hers; it stands with what waits for her."""
    since = now() - STANDS_STILL
    rows = Enrolment.objects.filter(state=EnrolmentState.GOING, began_at__lt=since, person__is_active=True)
    rows = rows.annotate(page=Max("done__at"), handed=Max("submissions__versions__submitted_at"))
    for row in rows.select_related("person", "version__programme").order_by("pk"):
        is_idle = max(filter(None, [row.page, row.handed, row.began_at])) < since
        if is_idle and row.person.works_on(today()):
            with override(row.person.language):
                coming = progress.of(row).next
            if not coming.waits:
                ask(GO_ON, about=row, url=row.get_absolute_url(), people=[row.person])


def went_on(enrolment):
    """She did something: she is not asked any more."""
    answered(GO_ON, about=enrolment)


def ask_to_look_back():
    """The meeting is over: the learner tells how it went, before her coach does."""
    rows = Practice.objects.filter(
        state__in=[PracticeState.PLANNED, PracticeState.HELD],
        consented_at__isnull=False,
        meeting__starts_at__lt=now() - AFTER_MEETING,
        enrolment__state=EnrolmentState.GOING,
        enrolment__person__is_active=True,
    )
    for row in rows.select_related("enrolment__person").order_by("pk"):
        ask(LOOK_BACK, about=row, url=row.get_absolute_url(), people=[row.enrolment.person])
