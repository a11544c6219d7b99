"""What people hear of conversations: titles, never texts, and of a case only that it is one."""

from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import register
from communities.discussions.choices import Level
from communities.discussions.models import Post, ReadState, Report, Topic


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


def a_post():
    return Post.objects.select_related("topic__community", "author").order_by("-number").first(), {}


def a_report():
    post = a_post()[0]
    report = post and Report(pk=0, post=post, by=post.author, reason="Dit gaat over een kind dat we herkennen.")
    return report, {}


OF_TOPIC = {"related": ("community", "author"), "still_right": unread, "sample": a_topic}
OF_POST = {"related": ("topic__community", "author"), "still_right": stands, "sample": a_post}

register("discussions.opened", _("somebody begins a conversation"), pace=Pace.LETTER, **OF_TOPIC)
register("discussions.announced", _("the facilitator announces something"), **OF_TOPIC)
register("discussions.replied", _("somebody answers in a conversation that I follow"), pace=Pace.LETTER, **OF_POST)
register("discussions.mentioned", _("somebody mentions me"), **OF_POST)
register("discussions.accepted", _("my answer helped"), pace=Pace.LETTER, **OF_POST)
register(
    "discussions.asked_network", _("a PLG in the network asks something"), pace=Pace.LETTER,
    related=("network",), still_right=unread, sample=a_topic,
)  # fmt: skip
register(
    "discussions.reported", _("somebody reports a post to me"), related=("post__topic__community", "by"),
    sample=a_report, power="settle",
)  # fmt: skip
