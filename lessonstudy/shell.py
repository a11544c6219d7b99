"""Our line in the main menu."""

from django.utils.translation import gettext as _

from communities.rules import standing as among_communities
from core.context import item
from lessonstudy.rules import standing


def items(user):
    """For who takes part in a cycle, and for who may begin one."""
    if not (standing(user).takes_part or among_communities(user).member_of):
        return []
    return [item("lessonstudy:index", _("Lesson Study"), "microscope", 45)]
