"""A new school year for a whole board: each facilitator says whether her PLG goes on."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask_each, record
from communities.actions.seats import leaders
from communities.models import Community, Membership, YearQuestion
from core.refusals import Refused
from core.time import today
from organisations.models import Board

KIND = "communities.year_asked"


def not_asked(board, year):
    """The living PLGs of this board whose facilitators were not asked yet about that school year."""
    asked = YearQuestion.objects.filter(year=year).values("community")
    return Community.objects.living().filter(board=board).exclude(pk__in=asked).order_by("sort_name")


@transaction.atomic
def ask_about_year(board, year, *, by):
    """Ask the facilitators of all PLGs of this board that were not asked yet; returns how many PLGs that are.

    Raises Refused when all were asked. A PLG without a facilitator is asked all the same: whoever is appointed answers.
    """
    Board.objects.select_for_update().get(pk=board.pk)
    communities = list(not_asked(board, year))
    if not communities:
        raise Refused(_("All PLGs were asked already."))
    questions = YearQuestion.objects.bulk_create(
        YearQuestion(community=community, year=year, asked_by=by) for community in communities
    )
    leading = {}
    rows = Membership.objects.leading().filter(community__in=communities, person__isnull=False)
    for row in rows.select_related("person"):
        leading.setdefault(row.community_id, []).append(row.person)
    ask_each(
        KIND,
        [
            {
                "about": question,
                "url": question.get_absolute_url(),
                "people": leading.get(question.community_id, ()),
                "community": question.community_id,
            }
            for question in questions
        ],
    )
    for question in questions:
        record(
            KIND, by=by, about=question, tell=leading.get(question.community_id, ()), community=question.community_id
        )
    return len(questions)


@transaction.atomic
def withdraw_year(board, year, *, by):
    """Take back what nobody answered yet; answers stay. Returns how many PLGs are not asked any more."""
    questions = list(YearQuestion.objects.open().filter(community__board=board, year=year).select_for_update())
    if not questions:
        raise Refused(_("Every PLG that was asked has answered. Answers stay."))
    for question in questions:
        answered(KIND, about=question)
    YearQuestion.objects.filter(pk__in=[question.pk for question in questions]).delete()
    record("communities.year_withdrawn", by=by, about=board, year=year, plgs=len(questions))
    return len(questions)


@transaction.atomic
def answer_year(question, goes_on, *, by):
    """Its facilitator says whether the PLG goes on; she may change it until that school year is over.

    Nothing else follows by itself: dates are planned and a PLG is completed by her own deed.
    """
    rows = YearQuestion.objects.select_for_update(of=("self",)).select_related("community", "asked_by")
    question = rows.filter(pk=question.pk).first()
    if question is None:
        raise Refused(_("This question was taken back. You need not answer any more."))
    if reason := question.why_not_answer:
        raise Refused(reason)
    if question.goes_on == goes_on:
        return question
    question.goes_on, question.answered_by, question.answered_at = goes_on, by, now()
    question.save(update_fields=["goes_on", "answered_by", "answered_at"])
    answered(KIND, about=question)
    others = [person for person in leaders(question.community) if person != by]
    record(
        "communities.year_answered",
        by=by,
        about=question,
        tell=[question.asked_by, *others] if question.asked_by else others,
        community=question.community,
        goes_on=goes_on,
    )
    return question


def a_question():
    """(about, facts) for the previews: the newest, or one that was never asked."""
    found = YearQuestion.objects.select_related("community", "asked_by").order_by("-pk").first()
    community = Community.objects.living().first()
    if found is None and community:
        found = YearQuestion(pk=0, community=community, year=today().year + 1)
    return found, {"goes_on": True}
