"""A real OpenID Connect provider in a process of its own: allauth's `idp`, with a school's people in SQLite.

    python -m tests.people.identity_provider PORT FOLDER PEOPLE_AS_JSON

A person is {"username", "claims"}; everybody's password is "geheim". Claims may
carry any attribute, such as Entree's.
"""

import json
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

CLIENT_ID, SECRET, PASSWORD = "plg", "a-secret-between-two-servers", "geheim"


def configure(port, folder):
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    settings.configure(
        SECRET_KEY="of-the-provider-only",
        DEBUG=False,
        ALLOWED_HOSTS=["*"],
        BASE_URL=f"http://localhost:{port}",
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/provider.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.messages", "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }],
        AUTHENTICATION_BACKENDS=["django.contrib.auth.backends.ModelBackend"],
        LOGIN_URL="/account/login/",
        ACCOUNT_LOGIN_METHODS={"username"},
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        SESSION_COOKIE_NAME="provider",
        IDP_OIDC_ADAPTER=f"{__name__}.Adapter",
        IDP_OIDC_PRIVATE_KEY=pem.decode(),
        USE_TZ=True,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )  # fmt: skip


def serve(port, folder, people):
    import django

    configure(port, folder)
    django.setup()
    from allauth.idp.oidc.adapter import DefaultOIDCAdapter
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import include, path

    class Adapter(DefaultOIDCAdapter):
        def get_claims(self, purpose, user, client, scopes, email=None, **kwargs):
            return {"sub": user.username} | CLAIMS[user.username]

        def get_user_sub(self, client, user):
            return user.username

        def get_user_by_sub(self, client, sub):
            from django.contrib.auth.models import User

            return User.objects.filter(username=sub).first()

    def return_address(request):
        """What the administrator of the service does by hand: allow our return address."""
        client = Client.objects.get()
        client.redirect_uris = request.POST["uri"]
        client.save()
        return HttpResponse()

    here = sys.modules[__name__]
    here.Adapter = Adapter
    here.urlpatterns = [
        path("account/", include("allauth.account.urls")),
        path("return-address", return_address),
        path("", include("allauth.idp.urls")),
    ]
    call_command("migrate", verbosity=0)
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User

    CLAIMS.update({one["username"]: one["claims"] for one in people})
    for one in people:
        User.objects.create_user(one["username"], password=PASSWORD)
    Client.objects.create(
        id=CLIENT_ID,
        name="PLG",
        secret=make_password(SECRET),
        scopes="openid\nprofile\nemail",
        skip_consent=True,
    )

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args):
            pass

    class Server(WSGIServer):
        allow_reuse_address = True

    with make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet) as server:
        Path(folder, "ready").touch()
        server.serve_forever()


CLAIMS = {}

if __name__ == "__main__":
    # Django imports this module again by its name: there it must be this one.
    sys.modules["tests.people.identity_provider"] = sys.modules[__name__]
    serve(int(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3]))
