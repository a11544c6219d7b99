"""The addresses of Lesson Study, joined from its parts."""

from lessonstudy.urls import cycles, observing, outcomes, plans

app_name = "lessonstudy"
urlpatterns = [*cycles.urlpatterns, *plans.urlpatterns, *observing.urlpatterns, *outcomes.urlpatterns]
