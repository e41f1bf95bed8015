"""Tasks from meetings: the list, one task's page, made by hand or from what a meeting recorded."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from branch_portal.forms.drafts import saved
from branch_portal.paging import page_context
from meetings.kinds import AgendaKind
from meetings.models import Meeting
from meetings.rectification import actions, task_workflow
from meetings.rectification.forms import people
from meetings.rectification.forms.filters import TaskFilterForm
from meetings.rectification.forms.steps import TASK_FORMS
from meetings.rectification.forms.tasks import SourceTaskForm, TaskForm
from meetings.rectification.models import Task
from meetings.rectification.states import TaskAct
from meetings.rectification.views.fetching import page_key, visible_meeting, visible_task
from members.permissions import Capability, requires
from members.views.answers import accepted

_SECTION = {"section": "rectification"}
# Agenda items out of which something to do may come.
_GIVING = (AgendaKind.WORK_REPORT, AgendaKind.ANALYSIS, AgendaKind.DISCUSSION, AgendaKind.OTHER)


@requires(Capability.READ_LEDGER)
@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    filters = TaskFilterForm(request.GET)
    visible = Task.objects.visible_to(request.user)
    found = filters.narrow(visible, request.user.member_id).listed()
    context = {"filters": filters, "is_filtered": any(request.GET.values()), **_SECTION}
    return render(request, "rectification/tasks.html", context | page_context(found, request.GET.get("page")))


@requires(Capability.READ_LEDGER)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible_task(request, pk))


@requires(Capability.READ_LEDGER)
@require_POST
def step(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    task = visible_task(request, pk)
    if act not in TASK_FORMS:
        raise Http404
    try:
        task_workflow.check(request.user, TaskAct(act), task)
    except ValidationError as refusal:
        return _to_task(request, task, refusal)
    form = TASK_FORMS[TaskAct(act)](request.POST, prefix=act)
    if accepted(form, lambda: _do(TaskAct(act), task, form.cleaned_data.get("text", ""), request)):
        messages.success(request, _("It is saved."))
        return redirect("rectification:task", pk=pk)
    return _page(request, visible_task(request, pk), form, TaskAct(act))


def _do(act: TaskAct, task: Task, word: str, request: HttpRequest) -> None:
    if act == TaskAct.CONFIRM:
        actions.confirm_task(task, by=request.user)
        return
    verbs = {
        TaskAct.REPORT: actions.report_task,
        TaskAct.REOPEN: actions.reopen_task,
        TaskAct.DROP: actions.drop_task,
    }
    verbs[act](task, word, by=request.user)


def _page(request: HttpRequest, task: Task, refused=None, act: TaskAct | None = None) -> HttpResponse:
    possible = task_workflow.possible_acts(request.user, task)
    forms = [
        (each, refused if each == act else form(prefix=each))
        for each, form in TASK_FORMS.items()
        if each in possible or each == act
    ]
    sees_meeting = Meeting.objects.visible_to(request.user).filter(pk=task.meeting_id).exists()
    context = {
        "task": task,
        "acts": possible,
        "forms": forms,
        "form": refused,
        "sees_meeting": sees_meeting,
        **_SECTION,
    }
    return render(request, "rectification/task.html", context)


def _to_task(request: HttpRequest, task: Task, refusal: ValidationError) -> HttpResponse:
    for reason in refusal.messages:
        messages.error(request, reason)
    return redirect("rectification:task", pk=task.pk)


@requires(Capability.READ_LEDGER)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    back = reverse("rectification:task", args=[pk])
    try:
        with actions.locked_task(task, by=request.user, act=TaskAct.CHANGE) as row:
            form = TaskForm(request.POST or None, instance=row)
            if accepted(form, lambda: actions.change_task(form)):
                messages.success(request, _("It is saved."))
                return saved(request, back)
            context = {"title": _("Change the task"), "back": back, "draft": f"task-{pk}"}
            return _form(request, form, **context)
    except ValidationError as refusal:
        return _to_task(request, task, refusal)


@requires(Capability.READ_LEDGER)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """By hand, from the meeting."""
    meeting = visible_meeting(request, pk)
    back = reverse("meetings:detail", args=[pk])
    try:
        task_workflow.check_meeting(request.user, meeting)
    except ValidationError as refusal:
        return _to_meeting(request, meeting, refusal)
    key = page_key(request)
    form = TaskForm(request.POST or None, instance=Task(key=key, meeting=meeting))
    if accepted(form, lambda: actions.make_task(meeting, form.instance, by=request.user)):
        messages.success(request, _("The task is made."))
        return saved(request, back)
    title = _("New task from: %(meeting)s") % {"meeting": meeting}
    return _form(request, form, title=title, back=back, key=key, draft=f"task-new-{pk}")


@requires(Capability.READ_LEDGER)
def from_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """From what the meeting recorded: its requirements, and what stood on its agenda."""
    meeting = visible_meeting(request, pk)
    try:
        task_workflow.check_meeting(request.user, meeting)
    except ValidationError as refusal:
        return _to_meeting(request, meeting, refusal)
    forms = _source_forms(request, meeting)
    if request.method == "POST" and (answer := _make(request, meeting, forms)):
        return answer
    context = {"meeting": meeting, "forms": forms, **_SECTION}
    return render(request, "rectification/task_sources.html", context)


def _source_forms(request: HttpRequest, meeting: Meeting) -> list[SourceTaskForm]:
    """What is a task already is left out."""
    names = people.choices()
    known = set(meeting.tasks.exclude(source_row=None).values_list("source_row", flat=True))
    sources = [(row, row.text) for row in meeting.requirements.all()]
    sources += [(row, "") for row in meeting.agenda_items.filter(kind__in=_GIVING)]
    return [
        SourceTaskForm(request.POST or None, source=row, detail=detail, names=names)
        for row, detail in sources
        if row.pk not in known
    ]


def _make(request: HttpRequest, meeting: Meeting, forms: list[SourceTaskForm]) -> HttpResponse | None:
    chosen = [form for form in forms if form.is_wanted]
    if not all(form.is_valid() for form in chosen):
        return None
    try:
        made = actions.make_tasks(meeting, [form.instance for form in chosen], by=request.user)
    except ValidationError as refusal:
        return _to_meeting(request, meeting, refusal)
    text = ngettext("%(count)d task is made.", "%(count)d tasks are made.", len(made))
    messages.success(request, text % {"count": len(made)})
    return redirect("meetings:detail", pk=meeting.pk)


def _to_meeting(request: HttpRequest, meeting: Meeting, refusal: ValidationError) -> HttpResponse:
    for reason in refusal.messages:
        messages.error(request, reason)
    return redirect("meetings:detail", pk=meeting.pk)


def _form(request: HttpRequest, form, **context) -> HttpResponse:
    return render(request, "rectification/form.html", {"form": form, **context, **_SECTION})
