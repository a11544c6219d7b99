"""The screens of impact, by what one comes for."""

from participation.impact.views.answering import answer, finish, say
from participation.impact.views.leading import close, edit_wave, release, set_up, set_up_network, take_back, withdraw
from participation.impact.views.open_link import panel_answer, panel_thanks
from participation.impact.views.panels import (
    close_panel,
    open_panel,
    panel,
    remove_text,
    renew_panel,
    revoke_panel,
)
from participation.impact.views.reading import index, network, results, results_pdf

__all__ = [
    "answer",
    "close",
    "close_panel",
    "edit_wave",
    "finish",
    "index",
    "network",
    "open_panel",
    "panel",
    "panel_answer",
    "panel_thanks",
    "release",
    "remove_text",
    "renew_panel",
    "results",
    "results_pdf",
    "revoke_panel",
    "say",
    "set_up",
    "set_up_network",
    "take_back",
    "withdraw",
]
