"""The calendar's address has no language: it is fetched by programs."""

from django.urls import path

from branch_portal.reminders import views

app_name = "calendar"
urlpatterns = [path("<str:secret>.ics", views.feed, name="feed")]
