"""What the two say afterwards, each in her turn."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core.refusals import Refused
from lessonstudy.visits import feedback as talk
from lessonstudy.visits import steps
from lessonstudy.visits.actions import telling
from lessonstudy.visits.actions.moving import hold
from lessonstudy.visits.models import Feedback


@transaction.atomic
def say(visit, key, *, by, **words):
    """Write this part; the other hears that it is there. Refused out of turn, and without a word."""
    visit, part = hold(visit), talk.BY_KEY[key]
    said, _new = Feedback.objects.get_or_create(visit=visit)
    if reason := talk.why_not_say(visit, said, part, steps.parts_of(by, visit)):
        raise Refused(reason)
    typed = {name: words.get(name, "").strip() for name in part.fields}
    for name in part.required:
        if not typed[name]:
            raise Refused(_("Write something first."), field=name)
    is_new = not talk.is_said(said, part)
    for name, text in typed.items():
        setattr(said, name, text)
    setattr(said, part.moment, now())
    said.save()
    if is_new:
        telling.tell(visit, "visits.said", by=by, part=key)
    telling.renew_talk(visit)
    return said
