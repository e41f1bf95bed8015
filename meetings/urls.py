from django.urls import path

from meetings.views import corrections, files, minutes, plan, reading, record, signing, steps

app_name = "meetings"
urlpatterns = [
    path("", reading.meeting_list, name="list"),
    path("new/", plan.new, name="new"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/plan/", plan.change, name="plan"),
    path("<int:pk>/start/", steps.start, name="start"),
    path("<int:pk>/finish/", steps.finish, name="finish"),
    path("<int:pk>/sign-off/", signing.sign, name="sign_off"),
    path("<int:pk>/cancel/", steps.cancel, name="cancel"),
    path("<int:pk>/record/", record.record, name="record"),
    path("<int:pk>/record/changes/", record.changes, name="changes"),
    path("<int:pk>/correct/", corrections.correct, name="correct"),
    path("<int:pk>/minutes/", minutes.paper, name="minutes_paper"),
    path("<int:pk>/history/", corrections.history, name="history"),
    path("<int:pk>/photos/<uuid:photo>/<str:rendition>/", files.photo, name="photo"),
    path("<int:pk>/papers/<uuid:paper>/", files.paper, name="paper"),
]
