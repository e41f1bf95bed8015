from django.urls import path

from branch_portal.own_record import views

app_name = "own_record"
urlpatterns = [
    path("", views.home, name="home"),
    path("changes/<slug:field>/", views.ask, name="ask"),
    path("changes/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("export/", views.export, name="export"),
]
