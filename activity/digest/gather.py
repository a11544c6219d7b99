"""What stands in the letters of many people, gathered at once."""

from django.utils.timezone import now

from activity import asks, paces, words
from activity.choices import Pace
from activity.digest.content import AskLine, Content, Group, Line
from activity.kinds import NothingToSay, community_pages, kinds


def gather(about, person, facts):
    """What stands in this person's letter now. Raises NothingToSay when that is nothing."""
    content = content_of(person)
    if content.is_empty:
        raise NothingToSay
    return content.variables()


def content_of(person):
    """The letter of one person."""
    pace = paces.of_person(person)
    rows = [
        notification
        for notification in person.notifications.for_letter()
        if (known := pace.get(notification.activity.kind)) and known.pace == Pace.LETTER
    ]
    return Content(
        asks=[
            AskLine(ask.title, ask.note, ask.button, ask.url, ask.icon)
            for ask in asks.for_today(person, limit=None)
        ],
        groups=groups_of(person, rows),
        next_letter=person.next_letter_at(now()),
    )


def groups_of(person, notifications):
    """What is new, by PLG, in the order of the first line; "" is what belongs to none."""
    by_activity = {notification.activity: notification for notification in notifications}
    seen = words.seen_by(person, [row.activity for row in notifications], kinds.get)
    names = words.names_of({activity.community_id for activity in seen})
    groups = {}
    for activity in seen:
        kind = kinds[activity.kind]
        context = words.context_of(kind, activity, person, by=activity.by)
        pk = activity.community_id if activity.community_id in names else None
        if pk not in groups:
            groups[pk] = Group(names.get(pk, ""), page_of(pk) if pk else "")
        groups[pk].lines.append(
            Line(
                words.say(kind, "line", context),
                kind.url(activity.about, person, activity.facts),
                by_activity[activity].pk,
            )
        )
    return list(groups.values())


def page_of(community):
    """The path of a PLG's page."""
    return next((page(community) for page in community_pages.values()), "")
