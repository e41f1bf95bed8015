"""Addresses of the desk's pages about people, the branch and accounts."""

from django.urls import path

from members.views import accounts, branch, groups, people, posts, sensitive, timeline

app_name = "members"
urlpatterns = [
    path("members/", people.people, name="list"),
    path("members/new/", people.new, name="new"),
    path("members/<int:pk>/", people.detail, name="detail"),
    path("members/<int:pk>/edit/", people.edit, name="edit"),
    path("members/<int:pk>/posts/new/", posts.appoint, name="appoint"),
    path("members/<int:pk>/events/new/", timeline.new, name="event_new"),
    path("events/<int:pk>/correct/", timeline.correct, name="event_correct"),
    path("events/<int:pk>/take-out/", timeline.take_out, name="event_take_out"),
    path("members/<int:pk>/sensitive/", sensitive.show, name="sensitive"),
    path("members/<int:pk>/sensitive/edit/", sensitive.edit, name="sensitive_edit"),
    path("members/<int:pk>/sensitive/looks/", sensitive.looks, name="looks"),
    path("posts/<int:pk>/end/", posts.end, name="end_post"),
    path("posts/<int:pk>/remove/", posts.remove, name="remove_post"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<int:pk>/", groups.rename, name="group"),
    path("groups/<int:pk>/up/", groups.move_up, name="move_group_up"),
    path("branch/", branch.profile, name="branch"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new, name="account_new"),
    path("accounts/<int:pk>/", accounts.edit, name="account"),
    path("accounts/<int:pk>/password/", accounts.new_password, name="account_password"),
    path("accounts/<int:pk>/close/", accounts.close, name="account_close"),
    path("accounts/<int:pk>/reopen/", accounts.reopen, name="account_reopen"),
]
