"""Small words for templates: icons, people, days, figures, fields. A built-in: no {% load %} needed.

Figures are SVG with attributes only, because the content security policy allows no style attribute.
"""

from functools import lru_cache
from zlib import crc32

from django import forms, template
from django.templatetags.static import static
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import keep_lazy_text
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

register = template.Library()

HUES = 5
NOTICE_ICONS = {"success": "circle-check", "info": "info-circle", "warning": "alert-circle", "error": "alert-triangle"}


@register.simple_tag
def icon(name, label="", css=""):
    """An icon of the sprite. Hidden from screen readers, unless a label says what it means."""
    return _icon(name, str(label), css)


@lru_cache(maxsize=1000)
def _icon(name, label, css):
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"></use></svg>',
        f" {css}" if css else "", meaning, static("dist/icons.svg"), name,
    )  # fmt: skip


@register.filter
def notice_icon(level):
    """The icon that belongs to a level of Django's messages."""
    return NOTICE_ICONS.get(level, "info-circle")


# People ----------------------------------------------------------------------------------------
@register.filter
def initials(person):
    """One or two capitals: of a person, or of a name ("Marieke van Dalen" gives MD)."""
    if given := getattr(person, "initials", ""):
        return given
    parts = [part for part in str(person).split() if part[0].isupper()] or str(person).upper().split()[:1]
    return "".join(part[0] for part in dict.fromkeys([*parts[:1], *parts[-1:]]))[:2].upper()


@register.simple_tag
def avatar(person, size="", alone=False):
    """The round picture of a person, size "small" or "large". It stands beside her name, unless `alone`."""
    css = f" avatar--{size}" if size else ""
    if photo := getattr(person, "photo_url", ""):
        return format_html('<img class="avatar{}" src="{}" alt="{}">', css, photo, str(person) if alone else "")
    meaning = format_html('role="img" aria-label="{}"', str(person)) if alone else mark_safe('aria-hidden="true"')
    return format_html('<span class="avatar h{}{}" {}>{}</span>', hue(person), css, meaning, initials(person))


def hue(person):
    """The colour by which a person is known, 1 and up."""
    return crc32(str(getattr(person, "pk", None) or person).encode()) % HUES + 1


@register.simple_tag
def avatars(people, most=5):
    """Overlapping round pictures. The names stand beside them in words, so these are decoration."""
    people = list(people)
    faces = format_html_join("", "{}", ((avatar(person),) for person in people[:most]))
    if len(people) > most:
        faces += format_html('<span class="avatar avatar--more">+{}</span>', len(people) - most)
    return format_html('<span class="avatars" aria-hidden="true">{}</span>', faces)


# Days and hours --------------------------------------------------------------------------------
@register.simple_tag
def day_tile(day, url=""):
    """A tile with month, day and weekday; a screen reader hears the whole date."""
    return _day_tile(_date(day), url, get_language())


@lru_cache(maxsize=1000)
def _day_tile(day, url, language):
    inside = format_html(
        '<span aria-hidden="true">{}</span><b aria-hidden="true">{}</b><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span>',
        said(day, "M", language).rstrip(".").lower(), day.day, said(day, "D", language).lower(),
        said(day, "l j F Y", language),
    )  # fmt: skip
    if url:
        return format_html('<a class="day" href="{}">{}</a>', url, inside)
    return format_html('<time class="day" datetime="{}">{}</time>', day.isoformat(), inside)


@register.filter(expects_localtime=True)
def day(value):
    """A date as people say it: "do 26 november", with the year when that is another one."""
    return _with_year(value, "D j F")


@register.filter(expects_localtime=True)
def long_day(value):
    """A date in full: "donderdag 26 november", with the year when that is another one."""
    return _with_year(value, "l j F")


def _with_year(value, pattern):
    if not value:
        return ""
    value = _date(value)
    return said(value, pattern if value.year == localdate().year else f"{pattern} Y", get_language())


@lru_cache(maxsize=5000)
def said(value, pattern, language):
    """A date or time in the words of the active language, which is named so that it can be remembered."""
    return date_format(value, pattern)


@register.filter(expects_localtime=True)
def clock(value):
    """A time on the 24-hour clock, as the language writes it: 15.30 or 15:30."""
    if not value:
        return ""
    hour = value.time() if hasattr(value, "date") else value  # equal moments may have unequal hours
    return said(hour, pgettext("time format", "G:i"), get_language())


@register.filter
def away(value):
    """How far a date is: "today", "tomorrow", "in 3 days", "4 days ago", and beyond a month in weeks or months."""
    days = (_date(value) - localdate()).days
    if days in (0, 1, -1):
        return {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}[days]
    if abs(days) < 31:
        return _("in %(days)d days") % {"days": days} if days > 0 else _("%(days)d days ago") % {"days": -days}
    if (weeks := round(abs(days) / 7)) <= 12:
        return (_("in %(weeks)d weeks") if days > 0 else _("%(weeks)d weeks ago")) % {"weeks": weeks}
    months = round(abs(days) / 30.4)
    return (_("in %(months)d months") if days > 0 else _("%(months)d months ago")) % {"months": months}


@register.filter
@keep_lazy_text
def upfirst(text):
    """The text with a capital at its beginning, for a sentence that begins with a date or name."""
    return capfirst(str(text))


@register.filter
def breakable(name):
    """The name of a holiday, which may break before "vakantie" where there is little room."""
    return str(name).replace("vakantie", "\u00advakantie")


def _date(value):
    if isinstance(value, str):
        value = parse_date(value)
    return value.date() if hasattr(value, "date") else value


# Figures: always with a sentence or a table beside them ------------------------------------------
@register.simple_tag
def phases(done, total):
    """How far a cycle is: `done` steps behind us, the next one is now."""
    marks = ["done"] * int(done) + ["now"] + [""] * int(total)
    label = _("Step %(step)d of %(total)d") % {"step": min(int(done) + 1, int(total)), "total": int(total)}
    steps = format_html_join("", '<i class="{}"></i>', ((mark,) for mark in marks[: int(total)]))
    return format_html('<div class="phases" role="img" aria-label="{}">{}</div>', label, steps)


@register.simple_tag
def bar(*values, total=None, kinds="this mid last warm", thin=False):
    """One bar in parts: {% bar 27 9 10 2 %}, or a part of a whole: {% bar 212 total=260 %}."""
    values = [value or 0 for value in values]
    whole = total or sum(values) or 1
    parts, x = [], 0.0
    for value, kind in zip(values, kinds.split(), strict=False):
        parts.append((kind, round(x, 1), round(600 * value / whole, 1)))
        x += 600 * value / whole
    return format_html(
        '<svg class="bar{}" viewBox="0 0 600 20" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        " bar--thin" if thin else "",
        format_html_join("", '<rect class="c-{}" x="{}" width="{}" height="20"></rect>', parts),
    )


@register.simple_tag
def key(kind):
    """The small square that ties a row of a table to its part of the figure."""
    return format_html(
        '<svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="c-{}" width="10" height="10">'
        "</rect></svg>", kind,
    )  # fmt: skip


@register.simple_tag
def strip(counts, total):
    """Who was there, meeting by meeting: one small column each. Say the numbers beside it."""
    total, columns = total or 1, []
    for n, count in enumerate(counts):
        high = round(38 * min(count / total, 1), 1)
        kind = "this" if 2 * count >= total else "mid"
        columns.append((n * 26, kind, n * 26, round(38 - high, 1), high))
    return format_html(
        '<svg class="strip" viewBox="0 0 {} 38" preserveAspectRatio="xMinYMid meet" aria-hidden="true">{}</svg>',
        max(26 * len(columns) - 6, 20),
        format_html_join(
            "",
            '<rect class="c-back" x="{}" width="20" height="38" rx="4"></rect>'
            '<rect class="c-{}" x="{}" y="{}" width="20" height="{}" rx="4"></rect>',
            columns,
        ),
    )


@register.simple_tag
def dots(count, total, label=""):
    """So many of so many, one dot each (at most a few dozen), eight in a row."""
    spots = [("on" if n < count else "off", 12 + 26 * (n % 8), 12 + 26 * (n // 8)) for n in range(total)]
    return format_html(
        '<svg class="dots" viewBox="0 0 206 {}" role="img" aria-label="{}">{}</svg>',
        26 * ((total + 7) // 8) - 2,
        label or _("%(count)d of %(total)d") % {"count": count, "total": total},
        format_html_join("", '<circle class="{}" cx="{}" cy="{}" r="9"></circle>', spots),
    )


@register.simple_tag
def minutes(parts):
    """The minutes of a script side by side; every other one is softer, the longest is warm."""
    parts = [int(part) for part in parts]
    whole, x, blocks = sum(parts) or 1, 0, []
    for n, part in enumerate(parts):
        kind = "hot" if part == max(parts) and parts.index(part) == n else "soft" if n % 2 else ""
        blocks.append((kind, round(x + 1, 1), max(round(600 * part / whole - 3, 1), 1)))
        x += 600 * part / whole
    return format_html(
        '<svg class="minutes" viewBox="0 0 600 12" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        format_html_join("", '<rect class="{}" x="{}" width="{}" height="12" rx="3"></rect>', blocks),
    )


@register.simple_tag
def ring(left, total):
    """What is left of a time, as a ring; the figures stand in it as text."""
    around = 2 * 3.14159 * 54
    share = max(0, min(1, left / total)) if total else 0
    return format_html(
        '<svg viewBox="0 0 120 120" aria-hidden="true"><circle class="track" cx="60" cy="60" r="54"></circle>'
        '<circle class="left" cx="60" cy="60" r="54" stroke-dasharray="{} {}"></circle></svg>',
        round(around * share, 1), round(around, 1),
    )  # fmt: skip


@register.simple_tag
def moved(before, after, low=1, high=5):
    """From one mark to another on a scale: a line with two points."""
    x1, x2 = (round(8 + 224 * (value - low) / (high - low), 1) for value in (before, after))
    return format_html(
        '<svg class="moved" viewBox="0 0 240 24" aria-hidden="true">'
        '<line class="rail" x1="8" x2="232" y1="12" y2="12"></line>'
        '<line class="move" x1="{0}" x2="{1}" y1="12" y2="12"></line>'
        '<circle class="from" cx="{0}" cy="12" r="6"></circle>'
        '<circle class="to" cx="{1}" cy="12" r="7.5"></circle></svg>',
        x1, x2,
    )  # fmt: skip


@register.filter
def heat(value, most):
    """The shade of a cell, "heat-1" to "heat-4"; "zero" for nothing."""
    if not value:
        return "zero"
    return f"heat-{max(1, min(4, -(-4 * value // (most or 1)))):.0f}"


@register.simple_tag
def months(this, last, labels=()):
    """Bars a month, this year before last year; the table under it has one column for each."""
    this, last = list(this), list(last)
    top = max([value or 0 for value in [*this, *last]], default=0) or 1
    wide = 1000 / (max(len(this), len(last)) or 1)
    bars = []
    for n, (now, then) in enumerate(zip(this, last, strict=False)):
        if then:
            bars.append(("last", round(wide * (n + 0.5)), round(150 - 150 * then / top, 1), round(150 * then / top, 1)))
        if now:
            bars.append(("this", round(wide * (n + 0.1)), round(150 - 150 * now / top, 1), round(150 * now / top, 1)))
    return format_html(
        '<svg viewBox="0 0 1000 150" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        format_html_join("", '<rect class="c-{}" x="{}" y="{}" width="36" height="{}" rx="6"></rect>', bars),
    )


# Forms -----------------------------------------------------------------------------------------
@register.inclusion_tag("ui/field.html")
def field(bound, seen_by="", kind="", hint="", label=""):
    """One field of a form with its label, hint, error and who can see it.

    `kind`: "choices" draws radio buttons or ticks as big as a thumb, "list" the same beneath each other.
    """
    widget = bound.field.widget
    notes = [
        (hint or bound.help_text, f"{bound.auto_id}_helptext"),
        (bound.errors, f"{bound.auto_id}_error"),
        (seen_by, f"{bound.auto_id}_seen"),
    ]
    described = " ".join(name for note, name in notes if note)
    shape, css = _shape(widget)
    own = widget.attrs.get("class", "")
    if shape == "many" and not kind:
        widget.attrs["class"] = own or "form-check-input"  # each option inherits it
    attrs = {"class": f"{css} {own}".strip()} if css or own else {}
    if described and shape in ("line", "tick"):
        attrs["aria-describedby"] = described
    return {
        "bound": bound,
        "shape": shape,
        "kind": kind or getattr(widget, "kind", ""),
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "seen_by": seen_by,
        "described": described,
        "optional": not bound.field.required and shape != "tick" and _asks_others(bound.form),
        "control": bound.as_widget(attrs=attrs) if shape in ("line", "tick", "hidden") else "",
    }


def _shape(widget):
    if widget.is_hidden:
        return "hidden", ""
    if isinstance(widget, forms.CheckboxInput):
        return "tick", "form-check-input"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "many", ""
    if isinstance(widget, forms.Select):
        return "line", "form-select"
    return "line", "form-control"


def _asks_others(form):
    """True when some field of the form must be filled: only then is it news that another may stay empty."""
    return any(each.required for each in form.fields.values())


# Scripts ---------------------------------------------------------------------------------------
@register.simple_tag
def words():
    """The words that our scripts say, for the element #words in base.html."""
    return _words(get_language())


@lru_cache(maxsize=8)
def _words(language):
    return json_script(
        {
            "close": _("Close"),
            "cancel": _("No, go back"),
            "confirm": _("Yes, do it"),
            "copied": _("Copied"),
            "discard": _("Throw away"),
            "kept": _("We kept what you typed before. It is not sent yet."),
            "kept_beside": _("You typed something here before, and since then this was changed. Your words are below."),
            "kept_text": _("What you typed before"),
            "offline": _("No connection. What you typed is kept on this device. Try again in a moment."),
            "failed": _("That did not work. What you typed is still here. Try again."),
            "unsent": _(
                "Not sent yet: {n}. It stays on this device, and goes when you sign in here again. Sign out now?"
            ),
            "sign_out": _("Sign out"),
        },
        "words",
    )
