from django.urls import path

from branch_portal.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.notices, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<uuid:pk>/open/", views.open_notice, name="open"),
    path("channels/", views.channels, name="channels"),
    path("channels/calendar/", views.renew, name="renew"),
    path("channels/calendar/end/", views.end, name="end"),
]
