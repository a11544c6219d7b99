app_name = "outside"
urlpatterns = []
