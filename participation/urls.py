from django.urls import path

from participation.views import across, figures, seen

app_name = "participation"
urlpatterns = [
    path("", figures.index, name="index"),
    path("school/<int:pk>/", figures.school, name="school"),
    path("board/<int:pk>/", figures.board, name="board"),
    path("network/<int:pk>/", figures.network, name="network"),
    path("nation/", figures.nation, name="nation"),
    path("school/<int:pk>/<int:year>/<str:form>/", figures.school_file, name="school_file"),
    path("board/<int:pk>/<int:year>/<str:form>/", figures.board_file, name="board_file"),
    path("network/<int:pk>/<int:year>/<str:form>/", figures.network_file, name="network_file"),
    path("nation/<int:year>/<str:form>/", figures.nation_file, name="nation_file"),
    path("plgs/", across.plgs, name="plgs"),
    path("network/<int:pk>/together/", across.network_together, name="network_together"),
    path("board/<int:pk>/together/", across.board_together, name="board_together"),
    path("what-my-leader-sees/", seen.leader_sees, name="leader_sees"),
    path("what-my-leader-sees/<int:pk>/", seen.leader_sees_of, name="leader_sees_of"),
]
