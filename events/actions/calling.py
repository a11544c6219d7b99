"""The call for contributions: offering something, reading for the choice, confirming, withdrawing."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, record
from core import standing
from core import steps as machine
from core.refusals import Refused
from core.streams import tell as tell_pages
from core.text import one_line
from events import calling, steps
from events.actions import moving, registering
from events.choices import ContributionState, Part
from events.models import Contribution, ContributionAuthor, Organiser, Review, Unavailable
from people.models import User

C = ContributionState
MOST_AUTHORS = 8
CONFIRM = "events.confirm"


def hold(contribution):
    """The contribution as it is now, with its event, its row locked for this transaction."""
    pk = contribution if isinstance(contribution, int) else contribution.pk
    rows = Contribution.objects.select_related("event", "community").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=pk)


def organisers(event):
    """Who organises it, to tell them."""
    return list(User.objects.filter(event_parts__event=event, event_parts__part=Part.ORGANISER).distinct())


@transaction.atomic
def contribute(event, *, by, answers=None, **words):
    """Begin a contribution: a concept that only its authors see. Raises Refused when the call is closed."""
    if reason := calling.why_not_contribute(event):
        raise Refused(reason)
    contribution = Contribution.objects.create(event=event, created_by=by, answers=answers or {}, **words)
    ContributionAuthor.objects.create(contribution=contribution, person=by)
    standing.forget(by)
    record("events.contribution_begun", by=by, about=contribution)
    return contribution


@transaction.atomic
def edit(contribution, *, by, answers=None, **words):
    """Change its words. Raises Refused once it is submitted or the last day is over."""
    contribution = hold(contribution)
    if reason := calling.why_not_edit(contribution):
        raise Refused(reason)
    for name, value in (words | {"answers": answers or {}, "changed_at": now()}).items():
        setattr(contribution, name, value)
    contribution.save()
    record("events.contribution_changed", by=by, about=contribution)
    return contribution


@transaction.atomic
def add_author(contribution, *, by, email, name=""):
    """Name who brings it along: a colleague by her mail address, or somebody without account by name and address."""
    contribution = hold(contribution)
    if reason := calling.why_not_edit(contribution):
        raise Refused(reason)
    email = email.lower()
    person = User.objects.filter(emailaddress__email__iexact=email, emailaddress__verified=True, is_active=True).first()
    authors = contribution.authors
    known = {"person": person} if person else {"address": email}
    if authors.filter(**known).exists():
        raise Refused(_("She is named already."), field="email")
    if authors.count() >= MOST_AUTHORS:
        raise Refused(_("Eight people are the most."), field="email")
    if person is None and not one_line(name):
        raise Refused(_("Nobody here has this address. Write her name with it."), field="name")
    row = ContributionAuthor.objects.create(
        contribution=contribution, position=authors.count(), name="" if person else one_line(name), **known
    )
    told = [person] if person else []
    record("events.author_added", by=by, about=contribution, tell=told, author=row.pk)
    return row


@transaction.atomic
def remove_author(author, *, by):
    """She does not bring it after all. Whoever offered it stays, so that it is of somebody."""
    contribution = hold(author.contribution_id)
    if reason := calling.why_not_edit(contribution):
        raise Refused(reason)
    if contribution.authors.count() == 1:
        raise Refused(_("Somebody must bring it. Withdraw it if nobody does."))
    ContributionAuthor.objects.filter(pk=author.pk).delete()
    standing.forget(by)
    record("events.author_removed", by=by, about=contribution)


def parts_of(contribution, by, author=None):
    """What somebody is for this contribution, as the steps ask it; `author`, who holds a link, may have no account."""
    found = set()
    if author is not None or (by and contribution.authors.filter(person=by).exists()):
        found.add("author")
    if by and Organiser.objects.filter(event=contribution.event_id, person=by, part=Part.ORGANISER).exists():
        found.add("organiser")
    return frozenset(found)


def move(contribution, verb):
    """Take a step of the table, whoever takes it; the row must be held. Raises Refused when it does not follow."""
    if reason := machine.why_not(steps.CONTRIBUTION, contribution, verb):
        raise Refused(reason)
    step = machine.find(steps.CONTRIBUTION, contribution.state, verb)
    if sentences := step.refused(contribution):
        raise Refused(" ".join(map(str, sentences)))
    contribution.state = step.to
    contribution.save(update_fields=["state"])
    return step


def _taken_by(contribution, verb, by, author=None):
    step = machine.find(steps.CONTRIBUTION, contribution.state, verb)
    if step and not step.who & parts_of(contribution, by, author):
        raise Refused(_("Only who brings it can do that."))
    return move(contribution, verb)


@transaction.atomic
def submit(contribution, *, by):
    """Put it forward. Raises Refused with what is lacking."""
    contribution = hold(contribution)
    _taken_by(contribution, "submit", by)
    contribution.submitted_at = now()
    contribution.save(update_fields=["submitted_at"])
    told = [row.person for row in contribution.authors.select_related("person") if row.person_id]
    record("events.contribution_submitted", by=by, about=contribution, tell=told)
    tell_pages(contribution.event.channel, "contributions")
    return contribution


@transaction.atomic
def take_back(contribution, *, by):
    """To change it, until the last day."""
    contribution = hold(contribution)
    _taken_by(contribution, "take_back", by)
    record("events.contribution_taken_back", by=by, about=contribution)
    tell_pages(contribution.event.channel, "contributions")
    return contribution


@transaction.atomic
def withdraw(contribution, *, by, because=""):
    """Out of the running, as long as it does not stand in the programme; the organisers hear it."""
    contribution = hold(contribution)
    if reason := calling.why_not_withdraw(contribution):
        raise Refused(reason)
    was = contribution.state
    _taken_by(contribution, "withdraw", by)
    contribution.withdrawn_why, contribution.decision = one_line(because)[:300], ""
    contribution.save(update_fields=["withdrawn_why", "decision"])
    answered(CONFIRM, about=contribution)
    told = [] if was == C.CONCEPT else organisers(contribution.event)
    record("events.contribution_withdrawn", by=by, about=contribution, tell=told)
    tell_pages(contribution.event.channel, "contributions")
    return contribution


@transaction.atomic
def review(contribution, *, by, scores, advice="", remark=""):
    """What a reader thinks of it, once each; said again it takes the place of what she said before."""
    contribution = hold(contribution)
    if not Organiser.objects.filter(event=contribution.event_id, person=by).exclude(part=Part.CREW).exists():
        raise Refused(_("Only who was asked to read does that."))
    if reason := calling.why_not_review(contribution, by):
        raise Refused(reason)
    said = {"scores": scores, "advice": advice, "remark": remark, "at": now()}
    row, _is_new = Review.objects.update_or_create(contribution=contribution, reviewer=by, defaults=said)
    if contribution.state == C.SUBMITTED:
        move(contribution, "take_in")
    record("events.contribution_reviewed", by=by, about=contribution)
    tell_pages(contribution.event.channel, "contributions")
    return row


@transaction.atomic
def confirm(contribution, *, by=None, author=None):
    """Its authors will be there; one of them says it for all, and those with an account come as speakers."""
    moving.hold(contribution.event_id)  # before the contribution, as whoever plans does
    contribution = hold(contribution)
    author = author or contribution.authors.filter(person=by).first()
    if author and contribution.state in (C.CONFIRMED, C.SCHEDULED):
        if not author.confirmed_at:
            ContributionAuthor.objects.filter(pk=author.pk).update(confirmed_at=now())
            _registers(contribution, author, by)
        return contribution  # she tapped twice, or a second author says it as well
    _taken_by(contribution, "confirm", by, author)
    ContributionAuthor.objects.filter(pk=author.pk).update(confirmed_at=now())
    answered(CONFIRM, about=contribution)
    for each in contribution.authors.select_related("person"):
        _registers(contribution, each, by)
    record("events.contribution_confirmed", by=by, about=contribution, tell=organisers(contribution.event))
    tell_pages(contribution.event.channel, "contributions")
    return contribution


def _registers(contribution, author, by):
    """Who brings something comes anyhow, and takes no place from a visitor."""
    if author.person_id:
        registering.register_speaker(contribution.event, author.person, by=by)


@transaction.atomic
def say_unavailable(contribution, *, by, slots):
    """When she cannot, so that the planner is warned; what she said before of this event goes."""
    contribution = hold(contribution)
    if "author" not in parts_of(contribution, by):
        raise Refused(_("Only who brings it can do that."))
    Unavailable.objects.filter(event=contribution.event, person=by).delete()
    rows = [Unavailable(event=contribution.event, person=by, slot=slot) for slot in slots]
    Unavailable.objects.bulk_create(rows)
    record("events.availability_said", by=by, about=contribution, count=len(rows))
    tell_pages(contribution.event.channel, "programme")
