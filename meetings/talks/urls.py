from django.urls import path

from meetings.talks import views

app_name = "talks"
urlpatterns = [
    path("", views.talks, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.talk, name="talk"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("pairs/<int:year>/", views.pairs, name="pairs"),
]
