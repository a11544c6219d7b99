"""What runs by itself."""

from core.night import each_by_itself


def nightly():
    """What waits too long, who stood still, and who was there; the roof calls this once a night."""
    from training import days
    from training.actions import assessing, feedback, reminding

    each_by_itself(feedback.escalate, assessing.keep_up, days.follow, reminding.ask_to_look_back, reminding.remind)
