from django.urls import path

from meetings.rectification.views import entries, ledger, problems, tasks

app_name = "rectification"
urlpatterns = [
    path("", ledger.entry_list, name="list"),
    path("board/", ledger.board, name="board"),
    path("print/", ledger.printed, name="print"),
    path("new/", entries.new, name="new"),
    path("from-meeting/<int:pk>/", problems.from_meeting, name="from_meeting"),
    path("<int:pk>/", entries.detail, name="detail"),
    path("<int:pk>/change/", entries.change, name="change"),
    path("<int:pk>/again/", entries.again, name="again"),
    path("<int:pk>/evidence/<uuid:evidence>/", entries.evidence_file, name="evidence"),
    path("<int:pk>/do/<str:act>/", entries.step, name="step"),
    path("tasks/", tasks.task_list, name="tasks"),
    path("tasks/from-meeting/<int:pk>/", tasks.from_meeting, name="tasks_from_meeting"),
    path("tasks/new/<int:pk>/", tasks.new, name="task_new"),
    path("tasks/<int:pk>/", tasks.detail, name="task"),
    path("tasks/<int:pk>/change/", tasks.change, name="task_change"),
    path("tasks/<int:pk>/do/<str:act>/", tasks.step, name="task_step"),
]
