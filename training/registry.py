"""What stands above learning lays here: assessment, coaching and credentials know of learning, not the other way."""

from core.registry import Registry

#: Cards on the page of a learner: name -> function(enrolment, user) -> (template, context), or None.
cards = Registry("cards on the page of a learner")
#: What follows when somebody completed a programme: name -> function(enrolment, by=).
completions = Registry("what follows a completed programme")
#: Lines for whoever keeps programmes: name -> function(programme, user) -> dict(url, label, icon), or None.
keepers_lines = Registry("what else is kept of a programme")
