from django.urls import path

from meetings.duties.views import calendar, rules

app_name = "duties"
urlpatterns = [
    path("", calendar.this_year, name="this_year"),
    path("<int:year>/", calendar.calendar, name="calendar"),
    path("rules/", rules.overview, name="rules"),
    path("rules/history/", rules.changes, name="rules_history"),
    path("rules/<slug:kind>/new/", rules.begin, name="rule_new"),
    path("rules/<slug:kind>/<str:since>/", rules.change, name="rule"),
]
