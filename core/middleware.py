"""Headers and language for every answer."""

from django.utils import translation
from django.utils.cache import patch_cache_control


class HeadersMiddleware:
    """Personal pages are never cached; the browser gets no powers that we do not use."""

    POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
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
