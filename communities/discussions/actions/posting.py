"""Somebody writes: a topic, an answer, a better text, a question to the network."""

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.choices import LEADING, MembershipState
from communities.discussions import finding, people, writing
from communities.discussions.actions.reading import hears_more, sent, told_up_to, wrote
from communities.discussions.choices import Audience, Level, TopicKind, Why
from communities.discussions.models import Attachment, Post, PostVersion, ReadState, Topic
from communities.models import Community
from communities.rules import standing
from core import streams
from core.refusals import Refused
from people.models import User

MOST_TOLD = 500  # facilitators in a network


@transaction.atomic
def open_topic(community, *, by, title, text, kind=TopicKind.CONVERSATION, is_case=False, files=()):
    """Begin a topic, and tell the members: of an announcement at once, of the rest in their letter.

    Refused in a completed PLG, for an announcement by somebody who does not lead it, and for a mention of somebody
    who is no member.
    """
    refuse_unless_open(community)
    if kind == TopicKind.ANNOUNCEMENT and community.pk not in standing(by).leads:
        raise Refused(_("Only the facilitators make announcements. Choose another kind."), field="kind")
    topic = Topic.objects.create(community=community, title=title, kind=kind, is_case=is_case, author=by)
    told = _write(topic, by=by, text=text, files=files, why=Why.AUTHOR)[1]
    record(
        "discussions.announced" if topic.is_announcement else "discussions.opened",
        by=by,
        about=topic,
        tell=[person for person in people.members(community) if person.pk not in told],
        community=community,
    )
    sent(by=by, community=community)
    _written(topic)
    return topic


@transaction.atomic
def ask_network(community, *, by, network, title, text):
    """Ask the PLGs of a network without names: neither who asks nor which PLG. Their facilitators hear of it."""
    refuse_unless_open(community)
    topic = Topic.objects.create(
        community=community,
        title=title,
        kind=TopicKind.QUESTION,
        audience=Audience.NETWORK,
        network=network,
        author=by,
    )
    _write(topic, by=by, text=text, files=(), why=Why.AUTHOR)
    record("discussions.asked_network", about=topic, tell=_facilitators_in(network, besides=community))
    sent(by=by, community=community)
    _written(topic)
    return topic


def _facilitators_in(network, besides):
    near = Community.objects.living().filter(Q(board__networks=network) | Q(owner_network=network))
    rows = User.objects.filter(
        memberships__community__in=near.exclude(pk=besides.pk).order_by().values("pk"),
        memberships__state=MembershipState.ACTIVE,
        memberships__role__in=LEADING,
        is_active=True,
    )
    return rows.order_by("pk").distinct()[:MOST_TOLD]


@transaction.atomic
def reply(topic, *, by, text, parent=None, files=()):
    """Add a post. Its numbers have no gaps: the topic is held while one is written."""
    topic = hold(topic)
    if reason := topic.why_not_reply:
        raise Refused(reason)
    if parent and parent.parent_id:
        parent = parent.parent  # one level deep
    post, told = _write(topic, by=by, text=text, parent=parent, files=files, why=Why.REPLIED)
    _tell_of(post, by, told)
    sent(by=by, community=topic.community, topic=topic)
    _written(topic)
    return post


@transaction.atomic
def edit_post(post, *, by, text, seen=""):
    """Say it better; what stood there stays readable. Only who is mentioned anew hears of it.

    Refused when the words were changed, elsewhere, after those that she saw: `seen` is what `words_seen` said then.
    """
    topic = hold(post.topic)
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    post.topic = topic
    if reason := post.why_not_edit:
        raise Refused(reason, field="text")
    if seen and seen != post.words_seen and text != post.text:
        raise Refused(_("You changed this post elsewhere meanwhile. Both texts stand below: save the one you want."))
    if text == post.text:
        sent(by=by, community=topic.community, topic=topic, post=post)
        return post
    before, gone = writing.mentioned(post.text, _mentionable(topic, post.text))
    found = _mentions(topic, text, besides=gone)
    PostVersion.objects.create(post=post, text=post.text, html=post.html, written_at=post.edited_at or post.at)
    post.text, post.html, post.made_by, post.edited_at = text, writing.html_of(text, found), writing.VERSION, now()
    post.save(update_fields=["text", "html", "made_by", "edited_at"])
    finding.follow_post(post)
    known = {person.pk for person in before.values()}
    _tell_mentioned(post, [person for person in found.values() if person.pk not in known], by)
    sent(by=by, community=topic.community, topic=topic, post=post)
    changed(post)
    return post


def hold(topic):
    """The topic as it is now, for us alone until the end of the deed."""
    return Topic.objects.select_for_update(of=("self",)).select_related("community").get(pk=topic.pk)


def refuse_unless_open(community):
    """Raises Refused where nothing can be added any more."""
    if reason := community.why_not_add:
        raise Refused(reason)


def _write(topic, *, by, text, files, why, parent=None):
    """(the post, ids of who was told of a mention in it)."""
    is_nameless = topic.would_be_nameless(standing(by).member_of)
    if files and is_nameless:
        raise Refused(
            _("A file tells who made it, and here no names stand. Put its words in your text."), field="files"
        )
    found = _mentions(topic, text)
    number = topic.post_count + 1
    post = Post.objects.create(
        topic=topic,
        number=number,
        parent=parent,
        author=by,
        is_nameless=is_nameless,
        text=text,
        html=writing.html_of(text, found),
        made_by=writing.VERSION,
    )
    for taken in files:
        row = Attachment(post=post, name=taken.name, media_type=taken.media_type)
        row.file.save(taken.content.name, taken.content, save=False)
        row.save()
    topic.post_count, topic.last_post_at = number, post.at
    topic.save(update_fields=["post_count", "last_post_at"])
    wrote(topic, by, number, why)
    finding.follow_post(post)
    return post, _tell_mentioned(post, found.values(), by)


def _mentionable(topic, text):
    """Members, where somebody is mentioned at all; a question to the network names nobody."""
    return [] if "@" not in text or topic.is_for_network else list(people.members(topic.community_id))


def _mentions(topic, text, besides=()):
    """The members whom a text mentions, by the words that stand there.

    Refused for anybody else, `besides` the names that stood there already: who was mentioned may have left since.
    """
    if topic.is_for_network:
        return {}
    found, unknown = writing.mentioned(text, _mentionable(topic, text))
    if strange := [name for name in unknown if name not in besides]:
        raise Refused(
            _("“%(name)s” is no member of this PLG. Mention members only, or leave out the @.") % {"name": strange[0]},
            field="text",
        )
    return found


def _tell_mentioned(post, found, by):
    """Tell them at once, except who wants to hear nothing of this topic. Returns their ids."""
    persons = {person.pk: person for person in found if person != by}
    if not persons:
        return set()
    topic = post.topic
    ReadState.objects.bulk_create(
        [ReadState(topic=topic, person=person) for person in persons.values()], ignore_conflicts=True
    )
    states = ReadState.objects.filter(topic=topic, person__in=persons).exclude(level=Level.MUTE)
    states = list(states)
    hears_more(states, Why.MENTIONED)
    told = {state.person_id for state in states}
    record(
        "discussions.mentioned",
        by=by,
        about=post,
        tell=[persons[pk] for pk in sorted(told)],
        community=topic.community_id,
    )
    told_up_to(topic, told, post.number)
    return told


def _tell_of(post, by, besides):
    """Tell who follows, and whom it answers; each once until she has read."""
    topic = post.topic
    answered = post.parent.author_id if post.parent else None
    concerned = Q(level=Level.FOLLOW) | Q(level=Level.NORMAL, person=answered)
    states = ReadState.objects.filter(concerned, topic=topic).exclude(person__in=[by.pk, *besides])
    rows = [state for state in states.select_related("person") if state.last_told <= state.last_read]
    takes_part = set() if topic.is_for_network else {person.pk for person in people.members(topic.community_id)}
    tell = [state.person for state in rows if topic.is_for_network or state.person_id in takes_part]
    record(
        "discussions.replied",
        by=None if post.is_nameless else by,
        about=post,
        tell=tell,
        community=None if topic.is_for_network else topic.community_id,
    )
    told_up_to(topic, tell, post.number)


def changed(post):
    """Open pages fetch this post anew."""
    streams.tell(f"topic:{post.topic_id}", f"post-{post.number}")


def _written(topic):
    """Open pages fetch what is new."""
    streams.tell(f"topic:{topic.pk}", "posts")
    streams.tell(f"community:{topic.community_id}", "discussions")
