"""What people hear of the KennisHub; each part has its lines here."""

from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import near as near_themes
from activity.kinds import register, register_ask
from knowledgehub import agreeing, near, sharing
from knowledgehub.actions import approving, closing, objecting, reviewing
from knowledgehub.models import Experience

near_themes.add("knowledgehub", near.in_letters)


# Making -------------------------------------------------------------------------------------------
register(
    "knowledgehub.published", _("something that I made with others is published"), power="edit",
    sample=agreeing.a_resource,
)  # fmt: skip
register(
    "knowledgehub.renewed", _("a new version of something that I made with others is published"), power="edit",
    sample=agreeing.a_resource,
)  # fmt: skip
register(
    "knowledgehub.withdrawn", _("something that I made with others is withdrawn"), power="edit",
    sample=agreeing.a_withdrawn,
)  # fmt: skip
register(
    "knowledgehub.asked", _("a fellow maker asks whether I agree"), power="answer", related=agreeing.RELATED,
    still_right=agreeing.is_asked, sample=agreeing.an_approval,
)  # fmt: skip
register_ask(approving.ASKED, icon="signature", power="answer", related=agreeing.RELATED)
register(
    "knowledgehub.disagreed", _("a fellow maker wants something different"), visible=agreeing.made_along,
    related=agreeing.RELATED, sample=agreeing.an_approval,
    url=lambda approval, person, facts: approval.version.resource.get_absolute_url(),
)  # fmt: skip


# Using --------------------------------------------------------------------------------------------
def an_experience():
    """(about, facts) for the previews."""
    return Experience.objects.select_related("resource", "person").order_by("pk").first(), {}


register(
    "knowledgehub.told", _("a colleague tells how it went with what I made"), pace=Pace.LETTER,
    related=("resource", "person"), sample=an_experience,
    url=lambda about, person, facts: f"{about.resource.get_absolute_url()}#experiences",
)  # fmt: skip


# Sharing ------------------------------------------------------------------------------------------
register(
    "knowledgehub.audience_changed", _("a fellow maker changes who sees what we made"), sample=sharing.a_resource,
)  # fmt: skip
register(
    "knowledgehub.adapted", _("somebody publishes a version of what I made"), pace=Pace.LETTER,
    sample=sharing.an_adaptation,
)  # fmt: skip

OF_REVIEW = {
    "related": ("version__resource", "community", "network"), "sample": sharing.a_review,
}  # fmt: skip
register(
    "knowledgehub.offered", _("I am asked to look along at something for the KennisHub"),
    concerns=sharing.looks_along, still_right=sharing.is_open, **OF_REVIEW,
)  # fmt: skip
register_ask(reviewing.ASKED, icon="message-2", power="decide", related=OF_REVIEW["related"])
register("knowledgehub.remarked", _("something is said about what I offered, or look along at"), **OF_REVIEW)
register("knowledgehub.agreed", _("the editors agree with what I made"), **OF_REVIEW)
register("knowledgehub.not_yet", _("the editors want something different in what I made"), **OF_REVIEW)

register(
    "knowledgehub.objected", _("somebody reports something in the KennisHub to me"), power="settle",
    related=("resource",), concerns=sharing.looks_after, still_right=sharing.is_unsettled, sample=sharing.an_objection,
)  # fmt: skip
register_ask(objecting.ASKED, icon="flag", power="settle", related=("resource",))
register(
    "knowledgehub.settled", _("what I reported in the KennisHub is settled"), related=("resource",),
    visible=lambda objection, person: objection.by_id == person.pk, sample=sharing.an_objection,
    url=lambda objection, person, facts: "" if objection.resource.hidden_at else objection.resource.get_absolute_url(),
)  # fmt: skip
register(
    "knowledgehub.hidden", _("something I made is hidden"), wait=False, related=("resource",),
    visible=sharing.made_it, sample=sharing.an_objection,
    url=lambda objection, person, facts: objection.resource.get_absolute_url(),
)  # fmt: skip
register("knowledgehub.shown_again", _("something I made is shown again"), power="edit", sample=sharing.a_resource)
register(
    "knowledgehub.put_right", _("something hidden that I look after has a new version"), power="moderate",
    concerns=sharing.looks_after, sample=sharing.a_resource,
)  # fmt: skip
register_ask(closing.SHOW_AGAIN, icon="eye", power="moderate")
register(
    "knowledgehub.source_narrowed", _("what I made a version of is shown to fewer people"), power="edit",
    pace=Pace.LETTER, related=("adapted_from",), sample=sharing.an_own_version,
)  # fmt: skip
register(
    "knowledgehub.source_gone", _("what I made a version of is withdrawn or hidden"), power="edit",
    related=("adapted_from",), sample=sharing.an_own_version,
)  # fmt: skip
