"""What news and mail hold of a person."""

from django.utils.translation import gettext_lazy as _

from activity.models import (
    Activity,
    Ask,
    Bounce,
    Delivery,
    Look,
    Notification,
    PaceChoice,
    PausedAddress,
    Silence,
)
from core.privacy import FORMER, Section, Table, addresses_of, keep, names_of, scrub


def forget_words(person):
    """Her name and addresses in what letters and requests to others say of her."""
    words = [*addresses_of(person), *names_of(person)]
    for model in (Delivery, Ask):
        scrub(model, "facts", words, FORMER)


def register():
    """From `AppConfig.ready()`."""
    keep(
        "activity",
        Section(
            title=_("News and mail"),
            seen_by=_("Only you see your news and your letters. Who runs the platform sees whether mail arrives."),
            after=_("All of it goes. In the log of what happened your name is taken away."),
            correct="activity:paces",
            term="notifications",
            first=forget_words,
            tables=[
                Table(Notification, hers=("person",), shows=("activity__kind", "activity__at", "read_at")),
                Table(Ask, hers=("person",), address=("address",), shows=("kind", "opened_at", "due_on", "closed_at")),
                Table(Bounce, hers=("person",), address=("address",), shows=("at", "status", "said")),
                Table(
                    Delivery,
                    hers=("person",),
                    address=("address",),
                    shows=("kind", "address", "due_at", "sent_at", "state"),
                ),
                Table(PaceChoice, hers=("person",), shows=("kind", "pace", "changed_at")),
                Table(Silence, address=("address",), shows=("address", "kind", "since")),
                Table(PausedAddress, hers=("person",), address=("address",), shows=("address", "since")),
            ],
        ),
    )
    keep(
        "journal",
        Section(
            title=_("What you did"),
            seen_by=_("Nobody reads this log. It is looked into only when something went wrong."),
            after=_("What happened stays; that it was you goes."),
            term="journal",
            tables=[Table(Activity, said=("by",), shows=("kind", "at"), is_last=True)],
        ),
    )
    keep(
        "looks",
        Section(
            title=_("Which administrators looked at your data"),
            seen_by=_("You see it. Nobody can change it."),
            after=_("All of it goes."),
            term="looks",
            tables=[Table(Look, hers=("person",), did=("by",), shows=("by__name", "page", "at"), is_last=True)],
        ),
    )
