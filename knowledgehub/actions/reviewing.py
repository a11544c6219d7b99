"""Editors look along before something is published: a conversation on one version, then yes or not yet."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import answered, ask, record
from communities.discussions import writing
from communities.models import Community
from core import streams
from core.refusals import Refused
from knowledgehub import editors, rules
from knowledgehub.actions import approving, closing
from knowledgehub.actions.approving import freeze
from knowledgehub.actions.making import hold_version
from knowledgehub.actions.publishing import makers_of
from knowledgehub.choices import State
from knowledgehub.models import Remark, Review

ASKED = closing.REVIEW


@transaction.atomic
def offer(version, *, by, place, text=""):
    """Lay a version before the editors of a PLG or network. From now on it stays as it is.

    What was said about an earlier offer of the same version stays readable. Raises Refused when it is published or
    looked at already, has no content to look at, or nobody else is there to look.
    """
    version = hold_version(version)
    if reason := why_not_offer(version):
        raise Refused(reason)
    people = dict(editors.places_to_ask(by)).get(place)
    if not people:
        raise Refused(_("Choose a PLG or network of yours where somebody else can look."), "place")
    where = {"community": place, "network": None}
    if not isinstance(place, Community):
        where = {"community": None, "network": place}
    anew = {"asked_by": by, "asked_at": now(), "decided_at": None, "decided_by": None, "is_agreed": None}
    review, _is_new = Review.objects.update_or_create(version=version, defaults=where | anew)
    freeze(version, now())
    if text.strip():
        _write(review, by, text)
    asked = [person for person in people if person != by]
    record("knowledgehub.offered", by=by, about=review, tell=asked, community=review.community)
    ask(ASKED, about=review, url=review.get_absolute_url(), people=asked, community=review.community)
    return review


def why_not_offer(version):
    """Why this version cannot be laid before editors, or ""."""
    if version.is_published:
        return _("This version is published already.")
    if version.offered_at:
        return _("Somebody is looking at this version already. Take it back first.")
    if version.resource.state == State.WITHDRAWN:
        return _("This was withdrawn. Begin anew with what is good in it.")
    if not (version.link or version.text.strip() or version.steps or version.files.exists()):
        return _("There is nothing in it yet. Add a file, a link or text.")
    return ""


def _hold(review):
    """The review, with its version locked."""
    version = hold_version(Review.objects.select_related("version").get(pk=review.pk).version)
    fresh = Review.objects.select_related("community", "network").get(pk=review.pk)
    fresh.version = version
    return fresh


def _write(review, by, text):
    _tell(review)
    return Remark.objects.create(review=review, author=by, text=text.strip(), html=writing.html_of(text))


def channel(review):
    """On which pages that show this conversation hear that something is said or decided."""
    return f"review:{review.pk}"


def _tell(review):
    streams.tell(channel(review), "talk")


def _others(review, by):
    """Both sides of the conversation, but for who speaks."""
    people = dict.fromkeys([*makers_of(review.version.resource), *editors.editors_of(review)])
    return [person for person in people if person != by]


@transaction.atomic
def remark(review, *, by, text):
    """Say something about it; the other side hears of it. Raises Refused once it is decided."""
    review = _hold(review)
    _refuse_decided(review)
    if not text.strip():
        raise Refused(_("Write something first."), "text")
    row = _write(review, by, text)
    record("knowledgehub.remarked", by=by, about=review, tell=_others(review, by), community=review.community)
    return row


def _refuse_decided(review):
    if review.decided_at:
        raise Refused(_("This is decided already."))


@transaction.atomic
def agree(review, *, by, text=""):
    """The editors find it good: its makers can publish it as it is."""
    return _decide(review, by, text, is_agreed=True)


@transaction.atomic
def not_yet(review, *, by, text):
    """Not yet good; the makers read why and can change it. Raises Refused without a word about it."""
    if not text.strip():
        raise Refused(_("Write what should be different. That helps the makers further."), "text")
    return _decide(review, by, text, is_agreed=False)


def _decide(review, by, text, *, is_agreed):
    review = _hold(review)
    _refuse_decided(review)
    if review.version.resource.is_made_by(by):
        raise Refused(_("You made it yourself. Somebody else decides."))
    if text.strip():
        _write(review, by, text)
    review.decided_at, review.decided_by, review.is_agreed = now(), by, is_agreed
    review.save(update_fields=["decided_at", "decided_by", "is_agreed"])
    if not is_agreed:
        freeze(review.version, None)
    answered(ASKED, about=review)
    rules.offered_to.forget(by)
    _tell(review)
    makers = makers_of(review.version.resource)
    kind = "knowledgehub.agreed" if is_agreed else "knowledgehub.not_yet"
    record(kind, by=by, about=review, tell=makers, community=review.community)
    return review


@transaction.atomic
def take_back(review, *, by):
    """A maker wants to change something: nobody looks at it any more. What was said stays readable."""
    review = _hold(review)
    if review.version.is_published:
        raise Refused(_("This version is published already."))
    if review.version.offered_at is None:
        raise Refused(_("This version lies with you already."))
    if not review.decided_at:
        review.decided_at = now()
    review.is_agreed = None
    review.save(update_fields=["decided_at", "is_agreed"])
    if review.version.approvals.exists():  # its makers were asked as well
        approving.take_back(review.version, by=by)
    freeze(review.version, None)
    answered(ASKED, about=review)
    outbox.withdraw(review)
    _tell(review)
    record("knowledgehub.taken_back", by=by, about=review, community=review.community)
    return review
