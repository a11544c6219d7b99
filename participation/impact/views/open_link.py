"""The open link: a pupil or parent answers, without an account and without a name.

Whoever has the link may answer, so what is asked is little, what comes in is bounded (the facilitator said how many
there are), and nobody can try keys or pour in answers by the thousand.
"""

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import limits
from core.links import BadLink
from core.refusals import attempt
from core.views import private
from participation.impact import actions
from participation.impact.forms import PanelAnswerForm
from participation.impact.models import Panel

#: A class behind the one address of its school answers within a minute; more is no class.
READS_A_MINUTE, ANSWERS_A_MINUTE = 240, 60


@private
@login_not_required
@require_http_methods(["GET", "POST"])
def panel_answer(request, key):
    """A few questions, big enough for a child. What was chosen is never lost by a refusal: it may be sent again."""
    if _is_too_often(request, "read", READS_A_MINUTE):
        return _wait(request)
    panel = _found(key)
    if reason := panel.why_not_answer:
        raise BadLink(reason)
    form = PanelAnswerForm(request.POST if request.method == "POST" else None, panel=panel)
    status = 200
    if form.is_bound:
        status = 422
        if _is_too_often(request, f"answer:{panel.pk}", ANSWERS_A_MINUTE):
            form.add_error(None, _("Many people answer at this moment. Wait a minute and press the button again."))
            status = 429
        elif form.is_valid() and _attempt(form, panel):
            return redirect("impact:panel_thanks", panel.key)
    context = {"panel": panel, "form": form}
    return render(request, "impact/panel_answer.html", context, status=status)


def _attempt(form, panel):
    data = form.cleaned_data
    deed = {"key": data["key"], "answers": form.answers, "text": data["text"], "code": form.code}
    return attempt(form, actions.answer_panel, panel, **deed)


@private
@login_not_required
@require_safe
def panel_thanks(request, key):
    """Thank you; and the next one may begin on the same tablet."""
    if _is_too_often(request, "read", READS_A_MINUTE):
        return _wait(request)
    return render(request, "impact/panel_thanks.html", {"panel": _found(key)})


def _found(key):
    panel = Panel.objects.filter(key=key).select_related("wave__questionnaire__community").first()
    if panel is None:
        raise BadLink(_("This link is not right. Scan the picture once more, or ask the teacher."))
    return panel


def _is_too_often(request, what, most):
    return limits.is_too_often(f"impact.{what}", get_client_ip(request), most=most)


def _wait(request):
    sentence = _("That was often in a short time. Wait a minute, then try again.")
    return render(request, "bad_link.html", {"sentence": sentence}, status=429)
