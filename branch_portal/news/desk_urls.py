from django.urls import path

from branch_portal.news.views import desk, writing

app_name = "reports"
urlpatterns = [
    path("", desk.report_list, name="list"),
    path("new/", writing.new, name="new"),
    path("from-meeting/<int:pk>/", writing.from_meeting, name="from_meeting"),
    path("<int:pk>/", desk.detail, name="detail"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/preview/", desk.preview, name="preview"),
    path("<int:pk>/send-to-review/", desk.send_to_review, name="send_to_review"),
    path("<int:pk>/take-back/", desk.take_back, name="take_back"),
    path("<int:pk>/review/", desk.review, name="review"),
    path("<int:pk>/withdraw/", desk.withdraw, name="withdraw"),
    path("<int:pk>/revise/", desk.revise, name="revise"),
]
