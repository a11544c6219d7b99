"""How far somebody has read, how much she hears, and what she was writing."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least
from django.utils.timezone import now

from activity.models import Notification
from communities.discussions.choices import Level, Why
from communities.discussions.models import Draft, Post, ReadState, Topic


@transaction.atomic
def read(topic, *, by, number):
    """She has seen all up to this number; never back, never beyond the last. What she was told of it is read, too."""
    last = Topic.objects.values_list("post_count", flat=True).get(pk=topic.pk)
    state, _new = ReadState.objects.get_or_create(topic=topic, person=by)
    seen = Least(Greatest(F("last_read"), number), last)
    ReadState.objects.filter(pk=state.pk, last_read__lt=min(number, last)).update(last_read=seen)
    posts = Post.objects.filter(topic=topic, number__lte=number).values("pk")
    told = Notification.objects.unread().filter(person=by)
    for model, ids in ((Topic, [topic.pk]), (Post, posts)):
        about = ContentType.objects.get_for_model(model)
        told.filter(activity__about_type=about, activity__about_id__in=ids).update(read_at=now())


@transaction.atomic
def choose_level(topic, *, by, level):
    """Hear everything, what concerns her, or nothing: her own choice, which nothing changes again."""
    ReadState.objects.update_or_create(topic=topic, person=by, defaults={"level": level, "why": Why.CHOSEN})


def wrote(topic, person, number, why):
    """Whoever writes follows, unless she chose otherwise; her own post is read if she was at the end."""
    state, _new = ReadState.objects.get_or_create(topic=topic, person=person)
    ReadState.objects.filter(pk=state.pk, last_read=number - 1).update(last_read=number)
    hears_more([state], why)


def hears_more(states, why):
    """These follow from now on, unless they chose or follow already."""
    ReadState.objects.filter(pk__in=[state.pk for state in states], level=Level.NORMAL).exclude(why=Why.CHOSEN).update(
        level=Level.FOLLOW, why=why
    )


def told_up_to(topic, people, number):
    """These were told of this post, and hear nothing more of the topic until they have read."""
    ReadState.objects.filter(topic=topic, person__in=people).update(last_told=number)


# Drafts -------------------------------------------------------------------------------------------


@transaction.atomic
def keep_draft(*, by, community, topic=None, post=None, title="", text=""):
    """Keep what she is typing; nothing typed is no draft."""
    which = _draft(by, community, topic, post)
    if not title.strip() and not text.strip():
        Draft.objects.filter(**which).delete()
        return None
    return Draft.objects.update_or_create(**which, defaults={"community": community, "title": title, "text": text})[0]


def sent(*, by, community, topic=None, post=None):
    """It was sent: there is nothing to be found again."""
    Draft.objects.filter(**_draft(by, community, topic, post)).delete()


def _draft(by, community, topic, post):
    """By what a draft is found. That of an answer or a change wherever its topic stood when it was begun."""
    which = {"person": by, "topic": topic, "post": post}
    return which if topic else which | {"community": community}
