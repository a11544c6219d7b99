"""Headers and language for every answer."""

from functools import cache

import structlog
from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.cache import patch_cache_control
from django_structlog.middlewares import RequestMiddleware

POWERS = ("camera", "microphone", "geolocation", "payment", "usb", "interest-cohort")


@cache
def permissions(*allowed):
    """The `Permissions-Policy` of a page: what it may ask of the browser; nothing, if nothing is said."""
    return ", ".join(f"{power}=({'self' if power in allowed else ''})" for power in POWERS)


class HeadersMiddleware:
    """Personal pages are never cached nor kept by search engines; the browser gets no powers that we do not use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", permissions())
        if not getattr(request, "is_for_robots", False):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        if getattr(request, "user", None) and request.user.is_authenticated and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_store=True)
        return response


class PersonsLanguageMiddleware:
    """A signed-in person reads in the language of her profile, everybody else in that of the cookie or browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = getattr(request, "user", None)
        if user and user.is_authenticated and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        return self.get_response(request)


class LogMiddleware(RequestMiddleware):
    """A line for each request, with the address that our own proxy saw: what a client says of itself is none.

    The package's own way believes any header, and costs as much as all the rest of it.
    """

    @classmethod
    def bind_ip(cls, request):
        try:
            address = get_client_ip(request)
        except ImproperlyConfigured:  # fewer addresses than there are proxies: it did not come through them
            address = request.META.get("REMOTE_ADDR")
        structlog.contextvars.bind_contextvars(ip=address)
