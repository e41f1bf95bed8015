from django.urls import path

from branch_portal.workbook import views

app_name = "workbook"
urlpatterns = [
    path("", views.home, name="home"),
    path("<int:year>/", views.book, name="book"),
    path("<int:year>/figures/", views.figures, name="figures"),
]
