"""What the parts of an event lay on its page; each in its own module of `events.panels`, read by `AppConfig`."""

from core.registry import Registry

#: What stands on the page of an event beside its own facts: name -> function(event, user) -> None, or a dict of
#: `template`, `context`, `order` (small stands first), and `lead=True` for the one strong card ("what I do next").
parts = Registry("parts on the page of an event")
#: Where organisers do their work: name -> function(event, user) -> dicts(url, label, icon, said, order).
organiser_links = Registry("links for organisers of an event")
#: What stands above the pages of an event: name -> function(event, user) -> dicts(url, label, order).
tabs = Registry("tabs of an event")
#: What follows when somebody got a place at an event or gave it up, in the same transaction:
#: name -> function(registration). It is asked after the row was saved.
came_or_left = Registry("what follows when somebody came or left")
#: What follows when an event was taken a step further, in the same transaction: name -> function(event, verb, by).
moved = Registry("what follows a step of an event")
#: What stands on the page of a session: name -> function(session, user) -> None, or a dict as of `parts`.
session_parts = Registry("parts on the page of a session")
#: What follows when places in a session were freed: name -> function(session), in the same transaction.
freed = Registry("what follows when places in a session are free")
#: What follows when the door wrote something down: function(event, registrations).
checked = Registry("what follows when somebody was checked in")


def tell_moved(event, verb, by):
    """Everything that follows a step."""
    for follow in moved.values():
        follow(event, verb, by)


def tell_came_or_left(registration):
    """Everything that follows when somebody came or left."""
    for follow in came_or_left.values():
        follow(registration)


def tell_checked(event, registrations):
    """Everything that follows."""
    for follow in checked.values():
        follow(event, registrations)
