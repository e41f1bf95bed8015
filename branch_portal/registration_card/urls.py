from django.urls import path

from branch_portal.registration_card import views

app_name = "registration_card"
urlpatterns = [
    path("members/cards/", views.several, name="several"),
    path("members/<int:pk>/card/", views.card, name="card"),
]
