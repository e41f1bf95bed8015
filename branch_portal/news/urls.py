from django.urls import path

from branch_portal.news.views import public

app_name = "news"
urlpatterns = [
    path("", public.home, name="home"),
    path("activities/", public.activity_list, name="list"),
    path("activities/<int:year>/<slug:slug>/", public.article, name="article"),
]
