from django.urls import path

from meetings.integrity.views import responsibilities, risks

app_name = "integrity"
urlpatterns = [
    path("risks/", risks.risks, name="risks"),
    path("risks/print/", risks.risks_paper, name="risks_paper"),
    path("risks/new/", risks.new_risk, name="risk_new"),
    path("risks/<int:pk>/", risks.risk, name="risk"),
    path("risks/<int:pk>/edit/", risks.edit_risk, name="risk_edit"),
    path("risks/<int:pk>/rate/", risks.rate, name="risk_rate"),
    path("risks/<int:pk>/put-in-force/", risks.put_in_force, name="risk_in_force"),
    path("risks/<int:pk>/review/", risks.review, name="risk_review"),
    path("risks/<int:pk>/remove/", risks.remove_risk, name="risk_remove"),
    path("responsibilities/", responsibilities.responsibilities, name="responsibilities"),
    path("responsibilities/print/", responsibilities.responsibilities_paper, name="responsibilities_paper"),
    path("responsibilities/new/", responsibilities.new_responsibility, name="responsibility_new"),
    path("responsibilities/<int:pk>/", responsibilities.responsibility, name="responsibility"),
    path("responsibilities/<int:pk>/edit/", responsibilities.edit_responsibility, name="responsibility_edit"),
    path("responsibilities/<int:pk>/end/", responsibilities.end, name="responsibility_end"),
    path("responsibilities/<int:pk>/record/", responsibilities.record, name="fulfilment_new"),
    path("fulfilments/<int:pk>/check/", responsibilities.check, name="fulfilment_check"),
]
