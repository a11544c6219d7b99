"""Two pages for load balancers and guards; they tell nothing about anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plg_platform.health import checks


@never_cache
@login_not_required
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """This process answers. Depends on nothing: a broken database is no reason to restart it."""
    return JsonResponse({"status": "ok"})


@never_cache
@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Visitors can be served (200) or not (503).

    Without the broker they can: mail still goes out by the tick, so a broken broker or a late
    tick is reported as degraded, not as down.
    """
    database, broker = checks.database(), checks.broker()
    tick_age = checks.tick_age() if broker == "ok" else None
    ticks = tick_age is not None and tick_age <= checks.TICK_LATE_AFTER
    status = "ok" if broker == "ok" and ticks else "degraded"
    if database != "ok":
        status = "down"
    answer = {"status": status, "database": database, "broker": broker, "last_tick_seconds": tick_age}
    return JsonResponse(answer, status=503 if status == "down" else 200)
