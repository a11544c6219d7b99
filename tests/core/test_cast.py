"""The cast stands, and the rules know it."""

from communities.models import Community


def test_members_enter_leaders_know_facts_and_strangers_see_nothing(cast):
    def powers(user):
        row = Community.objects.with_powers(user).get(pk=cast.maths.pk)
        return {power for power in Community.rules if getattr(row, f"can_{power}")}

    assert powers(cast.amina) == {"view", "enter", "take_part", "listed", "hear"}
    assert powers(cast.fatima) == {"view", "enter", "take_part", "lead", "listed", "hear"}
    assert powers(cast.bram) == {"view", "facts", "join", "listed", "hear"}
    assert powers(cast.noor) == {"view", "facts", "join", "listed", "hear"}
    assert powers(cast.dele) == set()
