"""What happens with the questions: one function a verb."""

from participation.impact.actions.answering import answer_alone, begin_together, finish, say
from participation.impact.actions.panels import (
    answer_panel,
    close_panel,
    open_panel,
    remove_text,
    renew_panel,
    revoke_panel,
)
from participation.impact.actions.releasing import release, take_back
from participation.impact.actions.waves import close, edit_wave, set_up, withdraw

__all__ = [
    "answer_alone",
    "answer_panel",
    "begin_together",
    "close",
    "close_panel",
    "edit_wave",
    "finish",
    "open_panel",
    "release",
    "remove_text",
    "renew_panel",
    "revoke_panel",
    "say",
    "set_up",
    "take_back",
    "withdraw",
]
