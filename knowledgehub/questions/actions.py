"""Ask a network, answer, choose what helped, keep order, make a resource of it."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import record
from communities.discussions import writing
from communities.search import index
from core.refusals import Refused
from knowledgehub.actions import making
from knowledgehub.choices import Kind
from knowledgehub.questions.models import Answer, Follow, Question, Report
from knowledgehub.questions.rules import connectors_of, left_to_us, networks_of
from organisations.choices import RoleKind
from organisations.models import Role

MOST_OPEN = 20  # questions of one person


@transaction.atomic
def ask(*, by, network, title, text, tags=()):
    """Put a question to a network; who asks follows it, and its connectors hear of it."""
    if network.pk not in networks_of(by):
        raise Refused(_("You do not work in this network any more."), field="network")
    if Question.objects.filter(author=by, closed_at=None, accepted=None).count() >= MOST_OPEN:
        raise Refused(_("Twenty questions of yours are open. Close one first, or choose what helped."))
    row = Question.objects.create(network=network, author=by, title=title, text=text, html=writing.html_of(text))
    row.tags.set(tags)
    Follow.objects.create(person=by, question=row)
    record("questions.asked", by=by, about=row, tell=connectors(network))
    index.follow(row)
    return row


@transaction.atomic
def edit(question, *, by, title, text, tags=()):
    """Say it better."""
    row = hold(question)
    if row.hidden_at or row.closed_at:
        raise Refused(row.why_not_answer)
    row.title, row.text, row.html, row.edited_at = title, text, writing.html_of(text), now()
    row.save()
    row.tags.set(tags)
    record("questions.edited", by=by, about=row)
    index.follow(row)
    return row


@transaction.atomic
def answer(question, *, by, text):
    """Answer it; who follows hears of it, and who answers follows from now on."""
    row = hold(question)
    if reason := row.why_not_answer:
        raise Refused(reason)
    said = Answer.objects.create(question=row, author=by, text=text, html=writing.html_of(text))
    _count(row)
    _tell(row, "questions.answered", said, by)
    Follow.objects.get_or_create(person=by, question=row)
    index.follow(row)
    return said


@transaction.atomic
def edit_answer(said, *, by, text):
    """Say it better; nobody hears of it anew."""
    row = hold(said.question_id)
    said = Answer.objects.get(pk=said.pk)
    if reason := row.why_not_answer or (said.removed_at and _("This answer was removed.")):
        raise Refused(reason, field="text")
    said.text, said.html, said.edited_at = text, writing.html_of(text), now()
    said.save()
    record("questions.answer_edited", by=by, about=said)
    index.follow(row)
    return said


@transaction.atomic
def remove_answer(said, *, by):
    """Take the words away; that something stood there stays visible. Reports about it are settled."""
    row = hold(said.question_id)
    Answer.objects.filter(pk=said.pk, removed_at=None).update(removed_at=now(), removed_by=by)
    if row.accepted_id == said.pk:
        row.accepted = None
        row.save(update_fields=["accepted"])
    Report.objects.filter(answer=said, settled_at=None).update(settled_at=now())
    outbox.withdraw(said)
    _count(row)
    record("questions.answer_removed", by=by, about=said)
    index.follow(row)


@transaction.atomic
def accept(said, *, by):
    """This helped; a second time takes that back. Its writer hears of it. Returns whether it is chosen now."""
    row = hold(said.question_id)
    said = Answer.objects.select_related("author").get(pk=said.pk)
    if said.removed_at:
        raise Refused(_("This answer was removed."))
    is_chosen = row.accepted_id != said.pk
    row.accepted = said if is_chosen else None
    row.save(update_fields=["accepted"])
    if is_chosen:
        record("questions.accepted", by=by, about=said, tell=[said.author] if said.author else [])
    return is_chosen


@transaction.atomic
def close(question, *, by):
    """Nothing is added any more, or again. Returns whether it is closed now."""
    row = hold(question)
    row.closed_at = None if row.closed_at else now()
    row.save(update_fields=["closed_at"])
    record("questions.closed" if row.closed_at else "questions.reopened", by=by, about=row)
    return row.closed_at is not None


@transaction.atomic
def follow(question, *, by):
    """Hear of answers, or no longer. Returns whether she follows it now."""
    if Follow.objects.filter(person=by, question=question).delete()[0]:
        return False
    Follow.objects.get_or_create(person=by, question=question)
    return True


@transaction.atomic
def report(question, *, by, reason, said=None):
    """Tell who settles it that it should not stand here. Refused a second time."""
    row, is_new = Report.objects.get_or_create(
        question=question, answer=said, by=by, settled_at=None, defaults={"reason": reason}
    )
    if not is_new:
        raise Refused(_("You reported this already. The connectors look at it."))
    record("questions.reported", about=row, tell=[each for each in who_settles(row) if each != by])
    return row


@transaction.atomic
def settle(row, *, by, hide):
    """It was looked at: what was reported goes, or stays."""
    row = Report.objects.select_for_update(of=("self",)).select_related("answer__question", "question").get(pk=row.pk)
    if row.settled_at:
        raise Refused(_("Somebody settled this already."))
    if hide and row.answer:
        remove_answer(row.answer, by=by)
    elif hide:
        question = hold(row.question_id)
        question.hidden_at = now()
        question.save(update_fields=["hidden_at"])
        outbox.withdraw(question)
        index.follow(question)
    Report.objects.filter(question=row.question_id, answer=row.answer_id, settled_at=None).update(settled_at=now())
    left_to_us.forget(by)
    record("questions.settled", by=by, about=row)


@transaction.atomic
def show_again(question, *, by):
    """What was hidden stands there again."""
    row = hold(question)
    row.hidden_at = None
    row.save(update_fields=["hidden_at"])
    record("questions.shown_again", by=by, about=row)
    index.follow(row)


@transaction.atomic
def promote(question, *, by):
    """A concept of a resource: the question with the answer that helped. Both who wrote are its makers, and asked."""
    row = hold(question)
    if reason := row.why_not_promote:
        raise Refused(reason)
    said = Answer.objects.select_related("author").get(pk=row.accepted_id)
    if said.removed_at or not said.author:
        raise Refused(_("Who gave the answer that helped is not here any more, so nobody can agree."))
    text = f"**{_('The question')}**\n\n{row.text}\n\n**{_('The answer that helped')}**\n\n{said.text}"
    version = making.begin(
        by=by,
        title=row.title,
        text=text[: writing.LONGEST],
        kind=Kind.ANSWER,
        makers=[each for each in dict.fromkeys([row.author, said.author]) if each],
        tags=list(row.tags.names()),
    )
    row.resource_id = version.resource_id
    row.save(update_fields=["resource"])
    record("questions.promoted", by=by, about=row, tell=[each for each in (row.author, said.author) if each])
    return version


def hold(question):
    """The question as it is now, for us alone until the end of the deed."""
    rows = Question.objects.select_for_update(of=("self",)).select_related("network", "author")
    return rows.get(pk=getattr(question, "pk", question))


def connectors(network, besides=0):
    """Who keeps order in a network, besides one of them."""
    return [role.person for role in connectors_of(network, besides).select_related("person").order_by("person")]


def who_settles(row):
    """The connectors, but nobody what she wrote herself; where that leaves nobody, the platform's administrators."""
    wrote = (row.answer or row.question).author_id or 0
    roles = Role.objects.current().filter(kind=RoleKind.PLATFORM_ADMIN, person__is_active=True).exclude(person=wrote)
    return connectors(row.question.network, wrote) or [
        role.person for role in roles.select_related("person").order_by("person")
    ]


def _count(row):
    standing = Answer.objects.filter(question=row, removed_at=None).order_by("-at").values_list("at", flat=True)
    row.answers_count, row.last_at = len(standing), standing[0] if standing else row.at
    row.save(update_fields=["answers_count", "last_at"])


def _tell(row, kind, about, by):
    """Who follows; whether she still works in this network is asked when it is shown and sent."""
    found = Follow.objects.filter(question=row).exclude(person=by).select_related("person").order_by("person")
    record(kind, by=by, about=about, tell=[each.person for each in found])
