"""Where the world looks for our keys, by agreement: /.well-known/."""

from django.urls import path

from training.credentials.views import public

app_name = "known"
urlpatterns = [
    path("did.json", public.did, name="did"),
    path("jwks.json", public.jwks, name="jwks"),
]
