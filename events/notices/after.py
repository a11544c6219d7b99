"""What people hear of what is left of an event."""

from django.utils.translation import gettext_lazy as _

from activity.kinds import register_ask
from core.links import address
from events import evaluating
from events.actions.posters import HANGS
from events.models import Certificate, ContributionAuthor, EvaluationToken, Registration, Session
from events.notices.kinds import register
from organisations import hours

OF_EVENT = ("event", "person")


def was_there(delivery, about, person):
    """It still stands that she was there."""
    papers = Certificate.objects.filter(registration=about, minutes__gt=0)
    return papers.exists() or EvaluationToken.objects.filter(registration=about).exists()


def has_paper(delivery, about, person):
    """There is a certificate to read."""
    return Certificate.objects.filter(registration=about).exists()


def left(about, person, facts):
    """What a letter of thanks holds for her: questions, certificate, what she can share."""
    token = EvaluationToken.objects.filter(registration=about, used_on=None).first()
    paper = Certificate.objects.filter(registration=about).first()
    mine = ContributionAuthor.objects.filter(
        person=person, contribution__event=about.event_id, contribution__state__in=HANGS, contribution__resource=None
    )
    return {
        "token": token.token if token and evaluating.is_open(about.event) else "",
        "until": evaluating.closes_at(about.event),
        "paper": paper,
        "said": hours.in_words(paper.minutes) if paper else "",
        "brought": mine.select_related("contribution").first() if person else None,
    }


def to_event(about, person, facts):
    return address("events:detail", about.event_id)


def to_questions(about, person, facts):
    return address("events:evaluate", about.event_id)


def a_registration():
    """(about, facts) for the preview: of somebody with a certificate."""
    rows = Registration.objects.select_related("event", "person").filter(person__isnull=False)
    row = (
        rows.filter(certificate__isnull=False, token__used_on=None, token__isnull=False)
        .order_by("-event__rounded_off_at", "pk")
        .first()
    )
    return row or rows.order_by("pk").first(), {}


def a_session():
    """(about, facts) for the preview."""
    rows = Session.objects.select_related("event")
    return rows.exclude(recording="").order_by("pk").first() or rows.order_by("pk").first(), {}


def to_session(about, person, facts):
    """Her session; where no programme was made known, the event."""
    if about.event.released_id:
        return address("events:session", about.pk)
    return address("events:detail", about.event_id)


def gives_it(about, person):
    """It is of who gave it."""
    given = Session.objects.filter(pk=about.pk)
    return (given.filter(speakers=person) | given.filter(contribution__authors__person=person)).exists()


register(
    "events.thanked", _("thanks after an event, with what you thought of it"), related=OF_EVENT, context=left,
    still_right=was_there, url=to_event, sample=a_registration,
)  # fmt: skip
register_ask("events.thanked", related=OF_EVENT, icon="message-2-star", url=to_questions)
register(
    "events.certificate_ready", _("my certificate of an event was put right"), related=OF_EVENT, context=left,
    still_right=has_paper, url=to_event, sample=a_registration,
)  # fmt: skip
register(
    "events.recorded", _("there is a recording of my session"), related=("event",), visible=gives_it,
    still_right=lambda delivery, about, person: bool(about.recording),
    url=to_session, sample=a_session,
)  # fmt: skip
