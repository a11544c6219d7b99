"""What a PLG brings: its members', and above it nobody's; the open link is everybody's who has it."""

from tests.house.matrix.doors import (
    INSIDE,
    INSIDE_ONLY,
    LEADS,
    PLANS,
    PLANS_GOES,
    SEES_CARD,
    TAKES_PART,
    deed,
    door,
    everybody,
    form,
    reads,
    row,
)

IN_NETWORK = f"{SEES_CARD} platform_admin".replace(" network_admin", "")
RUNS = door(page="network_admin", no=IN_NETWORK)
RUNS_ITS = door(page="network_admin")
RUNS_ITS_GOES = door(goes="network_admin")

ROWS = {
    "impact:index": reads(TAKES_PART, "plg"),
    "impact:set_up": form(LEADS, "plg"),
    "impact:network": reads(RUNS, "network"),
    "impact:set_up_network": form(RUNS, "network"),
    "impact:results": reads(INSIDE_ONLY, "questionnaire"),
    "impact:results_pdf": reads(INSIDE_ONLY, "questionnaire"),
    "impact:release": row(PLANS, PLANS_GOES, "questionnaire_before"),
    "impact:take_back": deed(PLANS_GOES, "questionnaire_before"),
    "impact:withdraw": row(RUNS_ITS, RUNS_ITS_GOES, "questionnaire_of_network"),
    "impact:answer": form(INSIDE_ONLY, "wave"),
    "impact:say": row(INSIDE_ONLY, door(goes=INSIDE), "wave", "=1"),  # who chooses nothing, skips it
    "impact:finish": row(INSIDE_ONLY, door(goes=INSIDE), "wave"),
    "impact:edit_wave": form(PLANS, "wave_to_come"),
    "impact:close": row(PLANS, PLANS_GOES, "wave"),
    "impact:open_panel": form(PLANS, "wave_to_come"),
    "impact:panel": reads(PLANS, "panel"),
    "impact:revoke_panel": deed(PLANS_GOES, "panel"),
    "impact:renew_panel": deed(PLANS_GOES, "panel"),
    "impact:close_panel": deed(PLANS_GOES, "panel"),
    "impact:remove_text": deed(PLANS_GOES, "panel", "said_by_pupil"),
    "impact:panel_answer": row(everybody("page"), everybody("again"), "panel_key"),
    "impact:panel_thanks": row(everybody("page"), everybody("not so"), "panel_key"),
}
