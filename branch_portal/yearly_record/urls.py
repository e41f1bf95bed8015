from django.urls import path

from branch_portal.yearly_record import views

app_name = "yearly_record"
urlpatterns = [
    path("", views.several, name="several"),
    path("<int:pk>/", views.record, name="record"),
]
