"""What people are told about their own account. These letters cannot be turned off."""

from django.utils.translation import gettext_lazy as _

from activity.kinds import register
from people.erasing import in_the_way

register(
    "people.merged",
    _("two accounts of mine became one"),
    fixed=True,
    visible=lambda about, person: about == person,
    why=_("This is about how you sign in."),
)


def _mine(about, person):
    return about.person_id == person.pk


register(
    "people.leaving",
    _("I asked to leave the platform"),
    fixed=True,
    visible=_mine,
    related=["person"],
    why=_("This is about your account."),
)
register(
    "people.leaving_waits",
    _("my leaving waits for something"),
    fixed=True,
    visible=_mine,
    related=["person"],
    context=lambda about, person, facts: {"reasons": [sentence for sentence, _where in in_the_way(person)]},
    why=_("This is about your account."),
)
register(
    "people.download_ready",
    _("the download of my data is ready"),
    fixed=True,
    visible=_mine,
    related=["person"],
    why=_("You asked for this."),
)
