"""What can be run step by step, with a clock: a meeting, and whatever an upper app hangs on it.

An upper app adds its own in `AppConfig.ready()`::

    runnables.add("lessonstudy.discussion", Runnable(steps=…, ended=…, may_lead=…))

under the label of the model. Its rows then start with `actions.running.start(discussion, by=…)`, and everything
else (clock, roles, notes, big screen, exit ticket) is there. The label of the row's model is the name.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import Registry


def _community(about):
    return about.community


def _members(about):
    return about.community.memberships.seated().exclude(role="guest")


@dataclass(frozen=True)
class Runnable:
    """How one kind of thing is run.

    - `steps(about, by, plan)`: unsaved `RunStep`s in order; `plan` is what was chosen at the start: None, "simple" or
      a `Protocol`. An empty list with no plan chosen asks the facilitator to choose.
    - `may_lead(about, user)`: whether this person may start it.
    - `ended(run, about, by)`: what follows when it is over; `by` is nobody when it was forgotten and ended itself.
    - `arrived(run, about)`: a line came in after the end, from a device that was without a connection.
    - `community(about)`, `title(about)`: to which PLG it belongs, and how it is called.
    - `why_not_start(about)`: a sentence, or "".
    - `ends_at(about)`: when it is planned to end, or None.
    - `expected(about)`: the memberships of who is expected.
    - `circle(about)`: the name of a smaller circle that alone takes part (`circles`), or "" for the whole PLG.
    - `led_by(about)`: who leads it besides those who always may, or None.
    - `link(about)`: where who joins online finds the others, or "".
    """

    steps: Callable
    may_lead: Callable
    ended: Callable = lambda run, about, by: None
    arrived: Callable = lambda run, about: None
    community: Callable = _community
    title: Callable = str
    why_not_start: Callable = lambda about: ""
    ends_at: Callable = lambda about: None
    expected: Callable = _members
    circle: Callable = lambda about: ""
    led_by: Callable = lambda about: None
    link: Callable = lambda about: ""


runnables = Registry("things that can be run")
add = runnables.add


def of(about):
    """How this row is run. Raises KeyError where nobody said so."""
    return runnables[about._meta.label_lower]
