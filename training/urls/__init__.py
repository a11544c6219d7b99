"""The addresses of training, joined from their parts."""

from training.urls import assessing, coaching, learning, programmes

app_name = "training"
urlpatterns = [*programmes.urlpatterns, *learning.urlpatterns, *assessing.urlpatterns, *coaching.urlpatterns]
