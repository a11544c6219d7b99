"""Introductions: a connector brings two PLGs, or a PLG and an expert, together; both may say yes.

Who they are to each other is told only after both did. Limits keep it a favour and
no mailing: so many a day and so many open for one connector, a few open for one PLG,
and a while of rest after a no.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import answered, ask, record
from communities import connecting
from communities.models import Introduction
from core.refusals import Refused
from organisations.models import Network
from organisations.rules import standing as at_work

ASKED = "communities.introduce"
MOST_OPEN, MOST_A_DAY, MOST_AT_ONE = 10, 5, 3
REST = timedelta(days=120)  # after a no the same two are left alone


@transaction.atomic
def introduce(network, *, by, one, other=None, expert=None, message):
    """Propose to two sides that they meet; their facilitators (or the expert) are asked. Returns the introduction.

    `one` and `other` are ids of PLGs of this network, `expert` a person. Refused when a limit is reached, when
    nobody could answer, or when these two were introduced before.
    """
    network = Network.objects.select_for_update(no_key=True).get(pk=network.pk)
    if network.pk not in at_work(by).connects:
        raise PermissionDenied
    one, other = _two(one, other)
    introduction = Introduction(network=network, by=by, one_id=one, other_id=other, expert=expert, message=message)
    _check_sides(network, introduction)
    _check_limits(introduction)
    try:
        with transaction.atomic():
            introduction.save()
    except IntegrityError:
        raise Refused(_("These two were introduced already.")) from None
    for side in ("one", "other"):
        _ask(introduction, connecting.answerers(introduction, side))
    record("communities.introduced", by=by, about=introduction, tell=_everybody(introduction))
    return introduction


def _two(one, other):
    """Always in the same order, so that A with B is B with A."""
    if other is None:
        return one, None
    if one == other:
        raise Refused(_("Choose another PLG."), field="other")
    return min(one, other), max(one, other)


def _check_sides(network, introduction):
    wanted = {introduction.one_id} | ({introduction.other_id} if introduction.other_id else set())
    if connecting.in_reach(network).filter(pk__in=wanted).count() < len(wanted):
        raise Refused(_("This PLG does not belong to your network."))
    if introduction.expert_id and not connecting.experts().filter(person=introduction.expert_id).exists():
        raise Refused(_("This person is no expert of a partner organisation any more."), field="other")
    for side in ("one", "other"):
        people = connecting.answerers(introduction, side)
        if not people:
            raise Refused(_("One of these PLGs has no facilitator who could answer."))
    both = [set(connecting.answerers(introduction, side)) for side in ("one", "other")]
    if both[0] == both[1]:
        raise Refused(_("The same people lead both. They know each other."))


def _check_limits(introduction):
    mine = Introduction.objects.filter(by=introduction.by, network=introduction.network)
    if mine.open().count() >= MOST_OPEN:
        raise Refused(_("%(count)d proposals wait for an answer. Let those come first.") % {"count": MOST_OPEN})
    if mine.filter(at__gt=now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("You can make %(count)d proposals a day. Go on tomorrow.") % {"count": MOST_A_DAY})
    for where in _where(introduction):
        if Introduction.objects.open().filter(where).count() >= MOST_AT_ONE:
            raise Refused(_("One of them has enough proposals to answer now. Try again later."))
    same = Introduction.objects.filter(
        one=introduction.one_id, other=introduction.other_id, expert=introduction.expert, declined_at__gt=now() - REST
    )
    if same.exists():
        raise Refused(_("One of them said “not now” lately. Leave it for a few months."))


def _where(introduction):
    """What else waits for each side."""
    for pk in filter(None, (introduction.one_id, introduction.other_id)):
        yield Q(one=pk) | Q(other=pk)
    if introduction.expert_id:
        yield Q(expert=introduction.expert_id)


@transaction.atomic
def answer_introduction(introduction, *, by, side, accept):
    """Say yes or no for one side. When both said yes, each learns who the other is.

    Raises PermissionDenied when this side is not hers; Refused when it was answered or withdrawn meanwhile.
    """
    introduction = _hold(introduction)
    if side not in connecting.sides(introduction, by):
        raise PermissionDenied
    if reason := introduction.why_not_answer(side):
        raise Refused(reason)
    if accept:
        setattr(introduction, f"{side}_accepted_at", now())
    else:
        introduction.declined_at = now()
    introduction.save(update_fields=[f"{side}_accepted_at", "declined_at"])
    _follow(introduction, by, side, accept)
    return introduction


def _follow(introduction, by, side, accept):
    people = connecting.answerers(introduction, side)
    if introduction.is_accepted:
        answered(ASKED, about=introduction)
        tell = [*_everybody(introduction), *([introduction.by] if introduction.by_id else [])]
        record("communities.introduction_accepted", by=by, about=introduction, tell=tell)
    elif accept:
        for person in people:
            answered(ASKED, about=introduction, person=person)
        record("communities.introduction_awaited", by=by, about=introduction)
    else:
        answered(ASKED, about=introduction)
        outbox.withdraw(about=introduction)
        opposite = "other" if side == "one" else "one"
        waits = getattr(introduction, f"{opposite}_accepted_at")
        tell = [introduction.by, *(connecting.answerers(introduction, opposite) if waits else [])]
        # Nobody is told who said no: it is told as nobody's deed.
        record(
            "communities.introduction_declined", about=introduction, tell=[each for each in tell if each and each != by]
        )


@transaction.atomic
def withdraw_introduction(introduction, *, by):
    """Take the proposal back; nobody is asked any more. Refused when both said yes already."""
    introduction = _hold(introduction)
    if reason := introduction.why_not_withdraw:
        raise Refused(reason)
    introduction.withdrawn_at = now()
    introduction.save(update_fields=["withdrawn_at"])
    answered(ASKED, about=introduction)
    outbox.withdraw(about=introduction)
    record("communities.introduction_withdrawn", by=by, about=introduction)


def _hold(introduction):
    rows = Introduction.objects.select_for_update(of=("self",)).select_related("one", "other", "expert", "by")
    return rows.get(pk=introduction.pk)


def _everybody(introduction):
    people = [person for side in ("one", "other") for person in connecting.answerers(introduction, side)]
    return list(dict.fromkeys(people))


def _ask(introduction, people):
    ask(ASKED, about=introduction, url=introduction.get_absolute_url(), people=people)
