"""The board asked which PLGs go on next school year; the first facilitators answered."""

from communities.actions import years
from communities.models import YearQuestion
from core.time import today
from organisations.models import Role
from people.calendar import school_year


def fill(builder):
    """All PLGs of the board of the demo were asked; every second one of the first four answered."""
    role = Role.objects.current().filter(kind="board_admin").select_related("person", "board").order_by("pk").first()
    years.ask_about_year(role.board, school_year(today()) + 1, by=role.person)
    asked = YearQuestion.objects.filter(community__board=role.board).order_by("community__sort_name")
    for question in asked.select_related("community")[:4:2]:
        leader = question.community.memberships.leading().select_related("person").first()
        if leader:
            years.answer_year(question, True, by=leader.person)
