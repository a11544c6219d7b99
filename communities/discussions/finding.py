"""What is found of conversations: a topic with what began it, and every post that stands.

Who left and reads on finds no case. A question to a network is found by its members without any sign of who asks.
"""

import re
from html import unescape

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from communities.discussions.models import Post, Topic
from communities.discussions.rules import networks_of
from communities.search import index
from communities.search.registry import Kind, Record, Source, doors, kinds, members, network, readers, sources

TOPIC, POST = "topic", "post"
MARK_UP = re.compile(r"<[^>]*>")


def _rows():
    standing_posts = Post.objects.filter(removed_at=None).order_by("number")
    return Topic.objects.prefetch_related(Prefetch("posts", standing_posts, to_attr="standing_posts"))


def records(topics):
    """A record for the topic, and one for each post after the first."""
    for topic in topics:
        if not hasattr(topic, "standing_posts"):
            topic.standing_posts = list(topic.posts.filter(removed_at=None).order_by("number"))
        first = next((post for post in topic.standing_posts if post.number == 1), None)
        yield topic.pk, _of_topic(topic, first)
        for post in topic.standing_posts:
            if post.number > 1:
                yield topic.pk, _of_post(topic, post)


def follow_post(post):
    """One post is found as it reads now; of a removed one nothing is."""
    topic = post.topic
    if post.number == 1:
        index.put(topic.pk, _of_topic(topic, None if post.is_removed else post), unit=TOPIC)
    elif post.is_removed:
        index.forget_one(POST, post.pk)
    else:
        index.put(topic.pk, _of_post(topic, post), unit=TOPIC)


def _of_topic(topic, first):
    text = _words(first) if first else ""
    return Record(kind=TOPIC, object_id=topic.pk, at=topic.at, text=text, **_of(topic))


def _of_post(topic, post):
    return Record(kind=POST, object_id=post.pk, at=post.at, text=_words(post), says_title=False, **_of(topic))


def _words(post):
    return " ".join(unescape(MARK_UP.sub(" ", post.html)).split())


def _of(topic):
    """What is the same for all that is found of a topic."""
    found = {members(topic.community_id)}
    if not topic.is_case:
        found.add(readers(topic.community_id))
    if topic.is_for_network:
        found.add(network(topic.network_id))
        return {"doors": found, "title": topic.title, "network_id": topic.network_id}
    return {"doors": found, "title": topic.title, "community_id": topic.community_id}


def doors_of(user):
    """The networks of which she reads the questions."""
    return map(network, networks_of(user))


def register():
    """From `AppConfig.ready()`."""
    kinds.add(TOPIC, Kind(_("conversation"), "message-circle", "discussions:topic"))
    kinds.add(POST, Kind(_("answer in a conversation"), "message-circle", "discussions:post"))
    sources.add(TOPIC, Source(Topic, _rows, records))
    doors.add("discussions", doors_of)
