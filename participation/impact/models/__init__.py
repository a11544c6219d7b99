"""The tables of impact."""

from participation.impact.models.answers import Answered, Response
from participation.impact.models.outcome import Outcome
from participation.impact.models.panel import Panel
from participation.impact.models.questionnaire import Questionnaire, Wave

__all__ = ["Answered", "Outcome", "Panel", "Questionnaire", "Response", "Wave"]
