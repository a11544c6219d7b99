"""What is asked of somebody, in the words of each kind: for *Vandaag*, a PLG's page and the PLG letter."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activity import words
from activity.kinds import Kind, ask_kinds
from activity.models import Ask
from core.newest import Newest
from core.templatetags.kept import content
from core.time import today

#: What was asked, in words.
SAID = Newest(2000)


def kind_of(name):
    """The kind of a request; one that nobody registered still has its words."""
    return ask_kinds.get(name) or Kind(name)


def for_today(user, community=None, limit=3, besides=None, known=()):
    """The most urgent requests to this person (of one community, if given), ready for `activity/asks.html`.

    Only those whose subject she may see now, and none about `besides`, which the page shows already.
    One query, and one for each model the requests are about, unless the row is among those `known` to the page.
    """
    asks = Ask.objects.for_today(user)
    if community is not None:
        asks = asks.filter(community_id=getattr(community, "pk", community))
    found = list(asks[: 4 * limit] if limit else asks)
    if besides:
        found = [ask for ask in found if (ask.about_type_id, ask.about_id) != words.key_of(besides)]
    shown = []
    while found and (not limit or len(shown) < limit):  # most may be seen: the subjects of the others are not fetched
        most = limit - len(shown) if limit else None
        shown += words.seen_by(user, found[:most], kind_of, known)
        found = found[most:] if limit else []
    return in_words(shown, user)


def in_words(asks, user):
    """These requests, each with `title`, `note` and `button` in the active language."""
    for ask in asks:
        kind = kind_of(ask.kind)
        ask.icon = kind.icon
        ask.title, ask.note, ask.button = _said(kind, ask, user)
    return asks


def _said(kind, ask, user):
    """Title, note and button; kept under all that they were made of, where the reader does not occur in them."""
    made_of = content([ask.about, ask.facts, ask.community_id], set())
    key = kind.name, made_of, get_language(), today()
    if said := SAID.get(key):
        return said
    context = words.Watched.of(kind, ask, user)
    said = (
        words.say(kind, "ask", context),
        words.say_if_any(kind, "ask_note", context),
        words.say_if_any(kind, "ask_button", context) or _("Open"),
    )
    if not context.is_personal and not kind.many:
        SAID.keep(key, said)
    return said
