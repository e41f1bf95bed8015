app_name = "pictures"
urlpatterns = []
