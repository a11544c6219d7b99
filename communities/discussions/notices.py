"""What people hear of conversations: titles, never texts, and of a case only that it is one."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import Level as Heard
from activity.kinds import levels, register
from communities.discussions.choices import HEARS, Level, Why
from communities.discussions.models import Post, ReadState, Report, Topic
from communities.rules import standing
from organisations.models import Network


def stands(delivery, post, person):
    """News of a post that was removed, or of a topic she hears nothing of any more, is no news."""
    muted = ReadState.objects.filter(person=person, topic=post.topic_id, level=Level.MUTE)
    return not post.is_removed and not muted.exists()


def unread(delivery, topic, person):
    """Not what she has read meanwhile."""
    return not ReadState.objects.filter(person=person, topic=topic, last_read__gt=0).exists()


def a_topic():
    """(about, facts) for the previews."""
    return Topic.objects.select_related("community", "author", "network").order_by("pk").first(), {}


def a_question():
    """The same of what was asked of the network; where nothing was, as if it had been."""
    asked = Topic.objects.filter(network__isnull=False).select_related("community", "author", "network").first()
    topic = asked or a_topic()[0]
    if topic and not asked:
        topic.network = Network.objects.first()
    return topic, {}


def a_post():
    return Post.objects.select_related("topic__community", "author").order_by("-number").first(), {}


def a_report():
    post = a_post()[0]
    report = post and Report(pk=0, post=post, by=post.author, reason="Dit gaat over een kind dat we herkennen.")
    return report, {}


def because_of_topic(topic, person, facts):
    """Why she hears that a conversation began."""
    return _now("because you take part in %(plg)s") % {"plg": topic.community.name}


def because_of_post(post, person, facts):
    """Why she hears of what is written in a conversation: her level there, with its own reason."""
    mine = ReadState.objects.filter(person=person, topic=post.topic_id).first()
    return {
        Why.AUTHOR: _now("because you began this conversation"),
        Why.REPLIED: _now("because you wrote in this conversation"),
        Why.MENTIONED: _now("because somebody mentioned you in this conversation"),
    }.get(mine.why if mine else "", _now("because you follow this conversation"))


@levels.register("discussions")
def levels_of(person):
    """The conversations of which she hears more or less than usual, the newest first."""
    rows = ReadState.objects.exclude(level=Level.NORMAL).filter(
        person=person, topic__in=Topic.objects.allowing(person, "view")
    )
    return [
        Heard(row.topic.title, f"{HEARS[row.level]}, {Why(row.why).label}.", row.topic.get_absolute_url())
        for row in rows.select_related("topic").order_by("-topic__last_post_at", "-pk")[:MOST_LEVELS]
    ]


MOST_LEVELS = 30
OF_TOPIC = {"because": because_of_topic, "related": ("community", "author"), "still_right": unread, "sample": a_topic}
OF_POST = {"related": ("topic__community", "author"), "still_right": stands, "sample": a_post}

register("discussions.opened", _("somebody begins a conversation"), pace=Pace.LETTER, **OF_TOPIC)
register("discussions.announced", _("the facilitator announces something"), **OF_TOPIC)
register(
    "discussions.replied", _("somebody answers in a conversation that I follow"), pace=Pace.LETTER,
    because=because_of_post, **OF_POST,
)  # fmt: skip
register(
    "discussions.mentioned", _("somebody mentions me"),
    because=lambda post, person, facts: _now("because somebody mentions you"), **OF_POST,
)  # fmt: skip
register("discussions.accepted", _("my answer helped"), pace=Pace.LETTER, **OF_POST)
register(
    "discussions.asked_network", _("a PLG in the network asks something"), pace=Pace.LETTER,
    related=("network",), still_right=unread, sample=a_question,
)  # fmt: skip
register(
    "discussions.reported", _("somebody reports a post to me"), related=("post__topic__community", "by"),
    concerns=lambda person: bool(standing(person).leads),
    sample=a_report, power="settle",
)  # fmt: skip
