"""Every address of the portal. Pages live under their language; the addresses are final."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from branch_portal import entrance
from branch_portal.news import picture_urls
from members.permissions import public

handler400 = "branch_portal.entrance.bad_request"
handler403 = "branch_portal.entrance.forbidden"
handler404 = "branch_portal.entrance.not_found"
handler429 = "members.throttle.too_many_requests"
handler500 = "branch_portal.entrance.server_error"

desk = [
    path("", include("branch_portal.desk.urls")),
    path("meetings/", include("meetings.urls")),
    path("talks/", include("meetings.talks.urls")),
    path("integrity/", include("meetings.integrity.urls")),
    path("decisions/", include("meetings.decisions.urls")),
    path("rectification/", include("meetings.rectification.urls")),
    path("duties/", include("meetings.duties.urls")),
    path("check-in/", include("meetings.checkin.urls")),
    path("study/", include("meetings.study.urls")),
    path("appraisals/", include("appraisals.urls")),
    path("ballots/", include("appraisals.ballots.urls")),
    path("yearly-records/", include("branch_portal.yearly_record.urls")),
    path("statistics/", include("branch_portal.statistics.urls")),
    path("workbook/", include("branch_portal.workbook.urls")),
    path("reports/", include("branch_portal.news.desk_urls")),
    path("notices/", include("branch_portal.reminders.urls")),
    path("me/", include("branch_portal.own_record.urls")),
    path("", include("branch_portal.registration_card.urls")),
    path("", include("members.urls")),
    path("", include("branch_portal.account_urls")),
]

urlpatterns = [
    path("healthz", public(entrance.healthz), name="healthz"),
    path("", public(entrance.readers_language), name="entrance"),
    path("pictures/", include(picture_urls)),
    path("calendar/", include("branch_portal.reminders.feed_urls")),
    *i18n_patterns(
        path("desk/", include(desk)),
        path("", include("branch_portal.news.urls")),
    ),
]
