from django.urls import path

from meetings.checkin.views import leave, phone, screen

app_name = "checkin"
urlpatterns = [
    path("leave/", leave.overview, name="overview"),
    path("leave/<int:pk>/decide/", leave.decide, name="decide"),
    path("leave/<int:pk>/withdraw/", leave.withdraw, name="withdraw"),
    path("<int:pk>/", phone.here, name="here"),
    path("<int:pk>/code/<str:code>/", phone.scanned, name="scanned"),
    path("<int:pk>/online/", phone.online, name="online"),
    path("<int:pk>/leave/", leave.ask, name="ask"),
    path("<int:pk>/requests/", leave.of_meeting, name="requests"),
    path("<int:pk>/screen/", screen.screen, name="screen"),
    path("<int:pk>/screen/now/", screen.screen_now, name="screen_now"),
    path("<int:pk>/screen/open/", screen.open_check_in, name="open"),
    path("<int:pk>/screen/close/", screen.close_check_in, name="close"),
]
