from django.urls import path

from communities.search import views

app_name = "search"
urlpatterns = [path("", views.search, name="search")]
