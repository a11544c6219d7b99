"""The kinds of things that people can be told or asked, each registered once by the app that owns it.

**How to add one.** In `<app>/notices.py` (found by itself, nothing to import anywhere)::

    from django.utils.translation import gettext_lazy as _
    from activity.kinds import register, register_ask

    register("meetings.cancelled", _("a meeting is cancelled"), wait=False, related=["community", "school"])
    register_ask("meetings.answer", related=["community"])

and its words in `templates/<app>/notices/<verb>.html` (for apps with a dotted name the label: `meetings/…`)::

    {% load letters %}
    {% partialdef subject %}{% blocktranslate with … %}No meeting on {{ day }}{% endblocktranslate %}{% endpartialdef %}
    {% partialdef line %}{{ by }} {% translate "cancelled the meeting of" %} {{ about.held_on|day }}{% endpartialdef %}
    {% partialdef email %}
      <p>{% translate "The meeting of Thursday is cancelled." %}</p>
      <p><a class="button" href="{% url_for "meetings:detail" about.pk %}">{% translate "See the meeting" %}</a></p>
    {% endpartialdef %}

- `subject`: plain text; comes without escaping and on one line. Titles, never texts; of a case only "a case".
- `line`: one short line for bell and PLG letter, **without a link** (both put their own around it); text or `<b>`.
- `email`: what stands between greeting and foot, in bare HTML. No greeting ("Dag Els" is there), no styles: `<p>`,
  `<h2>`, `<h3>`, `<ul><li>`, `<blockquote>`, `<a href>`, `<a class="button">` (one), `<a class="button quiet">`,
  `<p class="note">` (small and soft), `<div class="strong">` (the green card), `<div class="calm">` (the sandy one).
  The plain-text part is made from it.
- In a letter, `<div class="ask">` around a request numbers it in the plain text; `<div class="strong ask">` is a green
  card as well.
- A request (`register_ask`) has `ask` (its title, a question), and if wished `ask_note` (a small line) and
  `ask_button` (the word on the button; otherwise "Open"). All three plain text without links.

What every partial finds: `person` (None where an address without account is told), `address` (always: hers or the
bare one), `about`, `by` (who did it, or None), `community_id`, `facts`, `kind`, and what `context(about, person,
facts)` adds (it may raise `NothingToSay`: then no letter goes out). `{% load letters %}` gives
`{% url_for "meetings:detail" about.pk %}` (an absolute address) and
`{% signed_url "meetings.answer" "meetings:answer_by_mail" meeting=about.pk coming="room" %}`: a link that works
without signing in; its token carries those facts and `person` (her id) or `address`, for that one purpose; the view
reads it with `core.links.read("meetings.answer", token, days=…)`.

In bell, *Vandaag* and PLG letter the `about` rows of one model come in one query, through the rule `power`, with
`related` (select_related): touch no other relation in `line` and `ask`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from activity.choices import Pace
from core.registry import Registry

kinds = Registry("kinds of notifications")
ask_kinds = Registry("kinds of requests")
#: How communities are called: name -> function(ids) -> {id: name}; the app that owns them fills it in its `notices.py`.
community_names = Registry("names of communities")
#: Where communities are: name -> function(id) -> path.
community_pages = Registry("pages of communities")
#: What stands near somebody's theme: name -> function(people) -> {id of a person: [digest.content.NearLine]}.
near = Registry("what is near somebody's theme")
#: Of what somebody hears more or less than usual: name -> function(person) -> [Level]; it is set where `url` leads.
levels = Registry("levels of single things")


@dataclass(frozen=True)
class Level:
    """How much a person hears of one thing, such as a conversation: its title, a sentence with the reason, its page."""

    title: str
    said: str
    url: str


class NothingToSay(Exception):
    """Raised by a kind's `context`: this letter would be empty."""


def its_page(about, person, facts):
    """Where a notification leads: the page of what it is about."""
    return about.get_absolute_url() if hasattr(about, "get_absolute_url") else ""


@dataclass(frozen=True)
class Kind:
    """One kind: `name` is "<app label>.<past tense verb>", `label` the words where a person sets its pace.

    - `pace`: the usual pace, where a person chose nothing.
    - `wait`: hold the letter until it may disturb (her working hours); False for what cannot wait.
    - `fixed`: a code, an invitation: cannot be turned off and does not wait.
    - `last_word`: it also goes to people to whom nothing is written any more (`core.registry.hushes`).
    - `told`: it is recorded and so has a line in bell and PLG letter; False for mail only, such as reminders.
    - `concerns(person)`: whether it may ever come to her, so that she finds it where she sets its pace.
    - `power`: the rule of `about` that must hold for her, asked again at every showing and at sending.
    - `related`: relations of `about` that the words need.
    - `many`: relations to many rows that `deeds` needs.
    - `visible(about, person)`: instead of that rule, where the right to see is no rule of the row.
    - `still_right(delivery, about, person)`: asked before sending; False leaves the letter out
      (moved, cancelled, answered already).
    - `url(about, person, facts)`: the path to which the notification leads.
    - `context(about, person, facts)`: more variables for the words. Built only for a letter, and for a `line` or
      `ask` that uses one of them: those had better not, where it costs queries.
    - `context_of_many(people)`: the same for many readers at once, where the kind gathers: {id of a person: function
      that returns the variables or raises `NothingToSay`}.
    - `still_so(context, person)`: asked right before sending; False has the letter made anew.
    - `attachments(delivery, about, person)`: list of (file name, content, MIME type).
    - `icon`: of a request, what stands before it on *Vandaag*.
    - `why`: for a fixed kind, the sentence in the foot that says why this letter came.
    - `has_rhythm`: it comes at a moment that its reader chose (the PLG letter); its foot leads to that choice.
    - `because(about, person, facts)`: why this letter came to this person, where it is not about the kind alone
      ("because you follow this conversation"); "" leaves it at the kind.
    - `deeds(about, person, facts)`: of a request, what can be done from a letter with one tap: `[(label, address)]`,
      each a `signed` link. It may read relations named in `prefetch`, and asks for nothing else.
    - `sent(delivery, context)`: what follows once the letter is marked as sent; if it fails, that is logged.
    - `sample()`: `(about, facts)` for the previews, where the newest real one will not do.
    """

    name: str
    label: str = ""
    pace: Pace = Pace.AT_ONCE
    wait: bool = True
    fixed: bool = False
    last_word: bool = False
    told: bool = True
    concerns: Callable = lambda person: True
    power: str = "view"
    related: tuple = ()
    many: tuple = ()
    visible: Callable | None = None
    still_right: Callable = lambda delivery, about, person: True
    url: Callable = its_page
    context: Callable = lambda about, person, facts: {}
    context_of_many: Callable | None = None
    still_so: Callable = lambda context, person: True
    attachments: Callable = lambda delivery, about, person: []
    icon: str = "circle-dashed"
    why: str = ""
    has_rhythm: bool = False
    because: Callable = lambda about, person, facts: ""
    deeds: Callable = lambda about, person, facts: []
    prefetch: tuple = ()
    sent: Callable = lambda delivery, context: None
    sample: Callable | None = None

    @property
    def template(self):
        app, verb = self.name.split(".")
        return f"{app}/notices/{verb}.html"

    @property
    def waits(self):
        """True when its letters keep away from evenings, days off and holidays."""
        return self.wait and not self.fixed

    def may_see(self, about, person):
        """May this person see what it is about, now? An address has no rules; `still_right` guards it."""
        if person is None:
            return True
        if self.visible:
            return self.visible(about, person)
        rule = getattr(about, "rules", {}).get(self.power)
        if rule is None:
            return True
        return type(about)._default_manager.filter(pk=about.pk).filter(rule(person)).exists()


def register(name, label, **more):
    """Make a kind of notification known; called from an app's `notices.py`."""
    return kinds.add(name, Kind(name, label, **more))


def register_ask(name, **more):
    """Make a kind of request known: `name` is that of the journal's `ask(name, …)`."""
    return ask_kinds.add(name, Kind(name, **more))
