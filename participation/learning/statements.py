"""The self-scan: eight statements to the team, each from 1 to 5. A key is kept with the answers and never changes."""

from django.utils.translation import gettext_lazy as _

from participation.impact.questions import Question

STATEMENTS = (
    Question("where", _("I know what our school wants to be better at")),
    Question("try", _("I may try something here that can fail")),
    Question("time", _("We have time in the timetable to learn together")),
    Question("money", _("There is money for what we want to learn")),
    Question("experts", _("Colleagues who know a lot about something are asked for help")),
    Question("outside", _("We learn from people outside our school")),
    Question("spread", _("What one group learns reaches the rest of the team")),
    Question("leaders", _("Who leads us learns along, and shows it")),
)
KEYS = {each.key for each in STATEMENTS}
