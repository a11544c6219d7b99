from django.urls import path

from participation.impact import views

app_name = "impact"
urlpatterns = [
    path("of/<int:pk>/", views.index, name="index"),
    path("of/<int:pk>/set-up/", views.set_up, name="set_up"),
    path("network/<int:pk>/", views.network, name="network"),
    path("network/<int:pk>/set-up/", views.set_up_network, name="set_up_network"),
    path("<int:pk>/", views.results, name="results"),
    path("<int:pk>/pdf/", views.results_pdf, name="results_pdf"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("wave/<int:pk>/", views.answer, name="answer"),
    path("wave/<int:pk>/question/<int:number>/", views.say, name="say"),
    path("wave/<int:pk>/finish/", views.finish, name="finish"),
    path("wave/<int:pk>/edit/", views.edit_wave, name="edit_wave"),
    path("wave/<int:pk>/close/", views.close, name="close"),
    path("wave/<int:pk>/panel/", views.open_panel, name="open_panel"),
    path("panel/<int:pk>/", views.panel, name="panel"),
    path("panel/<int:pk>/revoke/", views.revoke_panel, name="revoke_panel"),
    path("panel/<int:pk>/renew/", views.renew_panel, name="renew_panel"),
    path("panel/<int:pk>/close/", views.close_panel, name="close_panel"),
    path("panel/<int:pk>/text/<uuid:response>/", views.remove_text, name="remove_text"),
    path("open/<str:key>/", views.panel_answer, name="panel_answer"),
    path("open/<str:key>/thanks/", views.panel_thanks, name="panel_thanks"),
]
