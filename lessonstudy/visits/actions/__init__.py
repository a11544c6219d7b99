"""What happens with class visits: one function a verb."""

from lessonstudy.visits.actions.moving import take
from lessonstudy.visits.actions.opening import open_visit, swap
from lessonstudy.visits.actions.talking import say

__all__ = ["open_visit", "say", "swap", "take"]
