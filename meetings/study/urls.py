from django.urls import path

from meetings.study.views import parts, register, rules

app_name = "study"
urlpatterns = [
    path("", register.register, name="register"),
    path("print/", register.register_paper, name="register_paper"),
    path("rules/", rules.rules, name="rules"),
    path("rules/new/", rules.new, name="new_rules"),
    path("rules/<int:pk>/remove/", rules.remove, name="remove_rules"),
    path("meetings/<int:pk>/new/", parts.new, name="new"),
    path("parts/<uuid:row>/", parts.change, name="change"),
    path("parts/<uuid:row>/remove/", parts.remove, name="remove"),
]
