from django.urls import path

from branch_portal.desk import views

app_name = "desk"
urlpatterns = [path("", views.home, name="home")]
