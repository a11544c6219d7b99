"""What views behind a link from a letter share: who is meant, in her language; nobody tries links by the thousand."""

from functools import wraps

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.links import BadLink, read
from core.views import private

LINK_DAYS = 60
LIMIT = "120/m/ip,30/m/key"


def opens(kind):
    """Make a view the page behind a link in letters of this kind: without signing in, and not too often.

    It gets what the link holds; a GET shows and asks, a POST does. Raises BadLink for a link that counts no more.
    """

    def dress(view):
        @private
        @login_not_required
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def page(request, token):
            if wait := too_often(request, view.__name__, token):
                return wait
            return view(request, read(kind, token, days=LINK_DAYS))

        return page

    return dress


def too_often(request, action, token):
    """An answer with "wait", or None as long as it is not too often."""
    config = {} if settings.TESTING and not getattr(settings, "ANSWER_LIMITS", None) else {action: LIMIT}
    if ratelimit.consume(request, app="meetings", action=action, config=config, key=token[-40:], limit_get=True):
        return None
    sentence = _("That was often in a short time. Wait a minute, then try again.")
    return render(request, "bad_link.html", {"sentence": sentence}, status=429)


def who(facts):
    """Whom a link was made for, as lookups: a person, or an address without account."""
    if facts.get("person"):
        return {"person": facts["person"]}
    return {"person": None, "address": facts.get("address", "")}


def member(request, facts, rows, gone=""):
    """The membership behind a link, among these rows. Raises BadLink when she stopped, or somebody else holds it."""
    membership = rows.filter(**who(facts)).select_related("person").first()
    if membership is None or (membership.person_id and not membership.person.is_active):
        raise BadLink(gone or _("You do not take part in this PLG any more, so there is nothing to answer."))
    refuse_another(request, membership.person_id)
    return membership


def refuse_another(request, person_id):
    """A link in somebody else's hands who is signed in here. Raises BadLink."""
    if request.user.is_authenticated and request.user.pk != person_id:
        sentence = _("This link belongs to somebody else. You are signed in as %(name)s.")
        raise BadLink(sentence % {"name": request.user})


def in_her_language(membership):
    """A context in which the page speaks as she does; to an address without account as the browser asks."""
    return override(membership.person.language if membership.person_id else get_language())
