"""What views behind a link from a letter share: nobody tries them out by the thousand."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.links import BadLink

LINK_DAYS = 60
LIMIT = "120/m/ip,30/m/key"


def too_often(request, action, token):
    """An answer with "wait", or None as long as it is not too often."""
    config = {} if settings.TESTING and not getattr(settings, "ANSWER_LIMITS", None) else {action: LIMIT}
    if ratelimit.consume(request, app="meetings", action=action, config=config, key=token[-40:], limit_get=True):
        return None
    sentence = _("That was often in a short time. Wait a minute, then try again.")
    return render(request, "bad_link.html", {"sentence": sentence}, status=429)


def refuse_another(request, person_id):
    """A link in somebody else's hands who is signed in here. Raises BadLink."""
    if request.user.is_authenticated and request.user.pk != person_id:
        sentence = _("This link belongs to somebody else. You are signed in as %(name)s.")
        raise BadLink(sentence % {"name": request.user})
