"""What people are told about their own account. These letters cannot be turned off."""

from django.utils.translation import gettext_lazy as _

from activity.kinds import register

register(
    "people.merged",
    _("two accounts of mine became one"),
    fixed=True,
    visible=lambda about, person: about == person,
    why=_("This is about how you sign in."),
)
