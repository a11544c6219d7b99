"""One tap and you look around as somebody: only in a demo, only as one of the people with a button."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.refusals import Refused
from plg_platform.demo import staff


@login_not_required
@require_POST
def demo_sign_in(request):
    """Sign in as the demo's person of this role. The session says so: no second factor is asked of it."""
    role = request.POST.get("role", "")
    if not settings.DEMO or role not in dict(settings.DEMO_ROLES):
        raise Http404
    person = get_user_model().objects.filter(email=staff.main_address(role), is_active=True).first()
    if person is None:
        raise Refused(_("There are no demo people here yet. Fill the demo first: make demo."))
    login(request, person, backend="people.backends.PersonBackend")
    request.session["demo"] = True
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect(target if safe else settings.LOGIN_REDIRECT_URL)
