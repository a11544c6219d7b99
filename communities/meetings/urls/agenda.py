"""Agendas, the backlog of a PLG, and protocols."""

urlpatterns = []
