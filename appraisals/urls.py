from django.urls import path

from appraisals.views import assessments, feedback, papers, rounds

app_name = "appraisals"
urlpatterns = [
    path("", rounds.round_list, name="list"),
    path("new/", rounds.new, name="new"),
    path("people/<int:pk>/", feedback.person, name="person"),
    path("<int:pk>/", rounds.detail, name="round"),
    path("<int:pk>/plan/", rounds.plan, name="plan"),
    path("<int:pk>/participants/", rounds.participants, name="participants"),
    path("<int:pk>/participants/<int:participant>/elsewhere/", rounds.elsewhere, name="elsewhere"),
    path(
        "<int:pk>/participants/<int:participant>/elsewhere/proof/",
        rounds.elsewhere_proof,
        name="elsewhere_proof",
    ),
    path("<int:pk>/approve-plan/", rounds.approve_plan, name="approve_plan"),
    path("<int:pk>/meeting/", rounds.meeting, name="meeting"),
    path("<int:pk>/step/<slug:name>/", rounds.step, name="step"),
    path("<int:pk>/self-review/", papers.self_review, name="self_review"),
    path("<int:pk>/papers/", papers.papers, name="papers"),
    path("<int:pk>/papers/<int:participant>/", papers.paper, name="paper"),
    path("<int:pk>/papers/<int:participant>/file/", papers.paper_file, name="paper_file"),
    path("<int:pk>/reviews/", papers.reviews, name="reviews"),
    path("<int:pk>/ballot/", assessments.ballot, name="ballot"),
    path("<int:pk>/ballot/take-roll/", assessments.take_roll, name="take_roll"),
    path("<int:pk>/assessments/", assessments.assess, name="assess"),
    path("<int:pk>/approve/", assessments.approve, name="approve"),
    path("<int:pk>/my-result/", feedback.own_result, name="own_result"),
    path("<int:pk>/feedback/", rounds.finish_feedback, name="finish_feedback"),
    path("<int:pk>/report/", rounds.report, name="report"),
    path("<int:pk>/archive/", rounds.archive, name="archive"),
    path("<int:pk>/announcement/", feedback.announcement, name="announcement"),
    path("<int:pk>/forms/", feedback.forms, name="forms"),
    path("<int:pk>/forms/<int:participant>.docx", feedback.form_document, name="form_document"),
    path("<int:pk>/summary.docx", feedback.summary_document, name="summary_document"),
]
