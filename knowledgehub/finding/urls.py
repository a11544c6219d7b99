from django.urls import path

from knowledgehub.finding import views

app_name = "finding"
urlpatterns = [
    path("", views.index, name="index"),
    path("suggest/", views.suggest, name="suggest"),
    path("<int:pk>/keep/", views.save, name="save"),
    path("searches/", views.searches, name="searches"),
    path("searches/save/", views.save_search, name="save_search"),
    path("searches/<int:pk>/remove/", views.remove_search, name="remove_search"),
    path("synonyms/", views.synonyms, name="synonyms"),
    path("synonyms/<int:pk>/edit/", views.edit_synonym, name="edit_synonym"),
    path("synonyms/<int:pk>/remove/", views.remove_synonym, name="remove_synonym"),
]
