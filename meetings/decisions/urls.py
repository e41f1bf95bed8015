from django.urls import path

from meetings.decisions.views import execution, matters, reading, roll, settings, votes

app_name = "decisions"
urlpatterns = [
    path("", reading.decision_list, name="list"),
    path("new/", matters.new, name="new"),
    path("register/", reading.register, name="register"),
    path("rules/", settings.rules, name="rules"),
    path("rules/new/", settings.new_rule, name="new_rule"),
    path("rules/<int:pk>/remove/", settings.remove_rule, name="remove_rule"),
    path("categories/new/", settings.new_category, name="new_category"),
    path("categories/<int:pk>/", settings.change_category, name="change_category"),
    path("meetings/<int:pk>/new/", matters.new_on_meeting, name="new_on_meeting"),
    path("meetings/<int:pk>/left-out/", roll.exclusions, name="exclusions"),
    path("meetings/<int:pk>/left-out/new/", roll.add_exclusion, name="add_exclusion"),
    path("left-out/<uuid:row>/", roll.change_exclusion, name="change_exclusion"),
    path("left-out/<uuid:row>/remove/", roll.remove_exclusion, name="remove_exclusion"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/change/", matters.change, name="change"),
    path("<int:pk>/review/", matters.review, name="review"),
    path("<int:pk>/discuss/", matters.discuss, name="discuss"),
    path("<int:pk>/vote/", votes.vote, name="vote"),
    path("<int:pk>/defer/", votes.defer, name="defer"),
    path("<int:pk>/remove/", matters.remove, name="remove"),
    path("<int:pk>/take-up/", matters.take_up, name="take_up"),
    path("<int:pk>/supersede/", matters.supersede, name="supersede"),
    path("<int:pk>/execution/", execution.arrange, name="arrange"),
    path("<int:pk>/start/", execution.start, name="start"),
    path("<int:pk>/step/<str:name>/", execution.step, name="step"),
    path("<int:pk>/add/<str:kind>/", votes.add_voice, name="add_voice"),
    path("<str:kind>/<uuid:row>/remove/", votes.remove_voice, name="remove_voice"),
]
