"""Pupils and parents: an open link, its answers, its end."""

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from participation.impact.actions.answering import _refuse_wrong
from participation.impact.actions.waves import changed, hold
from participation.impact.models import Panel, Response
from participation.impact.models.panel import new_key


@transaction.atomic
def open_panel(wave, *, by, audience, ceiling, until):
    """Make a link for pupils or parents. Refused when these are asked already at this wave, or it is closed."""
    wave = hold(wave)
    if wave.closed_at:
        raise Refused(_("These questions are closed."))
    if wave.panels.filter(audience=audience).exists():
        raise Refused(_("There is a link for them already."), field="audience")
    panel = Panel.objects.create(wave=wave, audience=audience, ceiling=ceiling, until=until, created_by=by)
    _written("panel_opened", panel, by)
    return panel


@transaction.atomic
def revoke_panel(panel, *, by):
    """The link counts no more; what was answered stays."""
    panel = hold_panel(panel)
    if not panel.revoked_at:
        panel.revoked_at = now()
        panel.save(update_fields=["revoked_at"])
        _written("panel_revoked", panel, by)
    return panel


@transaction.atomic
def renew_panel(panel, *, by, empty=False):
    """A new link instead of the old one; with `empty` what was answered goes, for somebody may have played with it."""
    panel = hold_panel(panel)
    if reason := panel.why_not_change:
        raise Refused(reason)
    if empty:
        panel.responses.all().delete()
    panel.key, panel.revoked_at = new_key(), None
    panel.save(update_fields=["key", "revoked_at"])
    _written("panel_renewed", panel, by)
    return panel


@transaction.atomic
def close_panel(panel, *, by=None):
    """No more answers: from here on the result stands. Refused twice."""
    panel = hold_panel(panel)
    if reason := panel.why_not_change:
        raise Refused(reason)
    panel.closed_at, panel.people = now(), panel.responses.count()
    panel.save(update_fields=["closed_at", "people"])
    _written("panel_closed", panel, by)
    return panel


@transaction.atomic
def answer_panel(panel, *, key, answers, text="", code=""):
    """What a pupil or parent answers. The same form twice is one answer; the same code twice is refused.

    Refused when the link takes no more, or as many answered as there are.
    """
    panel = hold_panel(panel)
    if reason := panel.why_not_answer:
        raise Refused(reason)
    _refuse_wrong(answers, [question.key for question in panel.questions])
    if panel.responses.filter(pk=key).exists():
        return  # sent once more, after a lost connection
    if panel.responses.count() >= panel.ceiling:
        raise Refused(_("Everybody who was asked has answered already. Tell the teacher if you have not."))
    hidden = hash_of(panel, code) if code else ""
    if hidden and panel.responses.filter(code=hidden).exists():
        raise Refused(_("Somebody has this code already. Make another one."), field="number")
    try:
        with transaction.atomic():
            Response(pk=key, panel=panel, answers=answers, text=text, code=hidden).save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This form was sent already.")) from None


@transaction.atomic
def remove_text(panel, *, by, response):
    """Take one text away: it names somebody, or does not belong here. The figures stay."""
    if panel.responses.filter(pk=response).exclude(text="").update(text=""):
        _written("text_removed", panel, by)


def hash_of(panel, code):
    """The code of a respondent as it is kept: the same at the start and at the end, and nowhere else."""
    whole = f"{panel.wave.questionnaire_id}:{panel.audience}:{code}"
    return salted_hmac("plg.impact.code", whole, algorithm="sha256").hexdigest()


def hold_panel(panel):
    """The panel as it is now, for us alone until the end of the deed."""
    rows = Panel.objects.select_for_update(of=("self",)).select_related("wave__questionnaire")
    return rows.get(pk=panel.pk)


def _written(verb, panel, by):
    questionnaire = panel.wave.questionnaire
    record(f"impact.{verb}", by=by, about=panel, community=questionnaire.community_id)
    changed(questionnaire)
