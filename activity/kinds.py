"""The kinds of things that people can be told or asked, each registered once by the app that owns it.

A kind gets bell, mail, letter, unsubscribing and a preview from these few
lines, and its words from one template with the partials `subject`, `line` and
`email`: `templates/<app>/notices/<verb>.html`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from activity.choices import Pace
from core.registry import Registry

kinds = Registry("kinds of notifications")


def usually_visible(about, person):
    """May this person still see what the letter is about? Asked again at the moment of sending."""
    rules = getattr(about, "rules", {})
    if person is None or "view" not in rules:
        return True
    return type(about)._default_manager.filter(pk=about.pk).filter(rules["view"](person)).exists()


@dataclass(frozen=True)
class Kind:
    """One kind: `name` is "<app>.<past tense verb>", `label` the words where a person sets its pace.

    `still_right(delivery, about, person)` is asked before sending, beside the
    right to see: False leaves the letter out (moved, cancelled, answered already).
    `wait` holds a letter until it may disturb; `fixed` kinds (a code, an
    invitation) cannot be turned off. `context(about, person, facts)` adds what
    the words need. `sample()` gives `(about, facts)` for the previews.
    """

    name: str
    label: str
    pace: Pace = Pace.AT_ONCE
    wait: bool = True
    fixed: bool = False
    still_right: Callable = lambda delivery, about, person: True
    visible: Callable = usually_visible
    context: Callable = lambda about, person, facts: {}
    attachments: Callable = lambda delivery, about, person: []
    sample: Callable | None = None

    @property
    def template(self):
        app, verb = self.name.split(".")
        return f"{app}/notices/{verb}.html"


def register(name, label, **more):
    """Make a kind known; called from `AppConfig.ready()` through the app's `notices.py`."""
    return kinds.add(name, Kind(name, label, **more))
