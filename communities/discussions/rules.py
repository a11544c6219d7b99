"""Who may read a topic, write in it and lead it. No leader's or administrator's role opens a conversation.

Guests see none of it. Who left and reads on sees no cases. A question to the network is read and answered by the
members of the PLGs of its boards; running a network is no membership.
"""

from django.db.models import Q

from communities.rules import standing
from organisations.rules import standing as at_work


def networks_of(user):
    """The networks in which she works, as a member of some PLG."""
    if not standing(user).member_of:
        return frozenset()
    return at_work(user).networks - at_work(user).networks_run


def _seen(user, topic=""):
    mine = standing(user)
    return (
        Q(**{f"{topic}community__in": mine.member_of})
        | Q(**{f"{topic}community__in": mine.reads_on, f"{topic}is_case": False})
        | _in_network(user, topic)
    )


def _in_network(user, topic=""):
    return Q(**{f"{topic}audience": "network", f"{topic}network__in": networks_of(user)})


def _written(user, topic=""):
    return Q(**{f"{topic}community__in": standing(user).member_of}) | _in_network(user, topic)


def _led(user, topic=""):
    return Q(**{f"{topic}community__in": standing(user).leads})


def view_topic(user):
    return _seen(user)


def reply(user):
    return _written(user)


def edit_topic(user):
    """Its title, kind and whether it is a case: who began it, while she takes part, and the facilitators."""
    return _led(user) | (Q(community__in=standing(user).member_of) & Q(author=user.pk))


def moderate(user):
    return _led(user)


def view_post(user):
    return _seen(user, "topic__")


def write_post(user):
    """Answer to it, react to it, report it."""
    return _written(user, "topic__")


def edit_post(user):
    """Only who wrote it changes the words."""
    return _written(user, "topic__") & Q(author=user.pk)


def remove_post(user):
    return edit_post(user) | _led(user, "topic__")


def restore_post(user):
    """Who took away her own words brings them back; the facilitators whatever was removed."""
    return (edit_post(user) & Q(removed_by=user.pk)) | _led(user, "topic__")


def view_attachment(user):
    """As its post, as long as that stands."""
    return _seen(user, "post__topic__") & Q(post__removed_at=None)


def settle_report(user):
    return Q(post__topic__community__in=standing(user).leads)


def own(user):
    return Q(person=user.pk)
