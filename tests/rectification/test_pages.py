"""The pages of the ledger: what they show to whom, what they refuse in words, how many queries they cost."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from meetings.rectification import actions
from meetings.rectification.models import Evidence, LedgerEntry, Task
from meetings.rectification.states import State
from meetings.rectification.verification import head_of_history
from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_member, make_user
from tests.media import samples
from tests.rectification.factories import (
    add_evidence,
    make_discipline_commissioner,
    make_entry,
    make_keeper,
    make_life_meeting,
    make_task,
)

pytestmark = pytest.mark.django_db
SECRET = "只有三个人知道的问题"


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY)


@pytest.fixture
def as_(client):
    """Call it with a user: the test's browser, signed in."""

    def enter(user):
        client.force_login(user)
        return client

    return enter


def at(name: str, *args) -> str:
    return reverse(f"rectification:{name}", args=args)


def text_of(response) -> str:
    return response.content.decode()


def do(client, entry, act: str, **typed):
    fields = {f"{act}-{name}": value for name, value in typed.items()}
    return client.post(at("step", entry.pk, act), {f"{act}-revision": entry.revision, **fields}, follow=True)


# --- a step at a time -----------------------------------------------------------------------------
def test_an_entry_goes_its_way_through_the_forms_of_its_page(as_, secretary):
    keeper = make_keeper()
    entry = make_entry(by=keeper, in_charge=keeper.member)
    browser = as_(keeper)
    for act, typed in (("note", "已走访三家"), ("claim", "全部完成")):
        entry.refresh_from_db()
        do(browser, entry, act, text=typed)
    paper = samples.upload(samples.pdf(), "走访记录.pdf")
    do(browser, entry, "evidence", text="六份记录", file=paper)
    entry.refresh_from_db()
    page = as_(secretary)
    do(page, entry, "close", text="同意销号")
    entry.refresh_from_db()
    assert (entry.state, entry.checker) == (State.CLOSED, secretary.member)
    shown = text_of(page.get(at("detail", entry.pk)))
    assert all(words in shown for words in ("已走访三家", "全部完成", "六份记录", "走访记录.pdf", "同意销号"))
    piece = entry.evidence.get()
    file = page.get(at("evidence", entry.pk, piece.pk))
    assert b"".join(file.streaming_content) == samples.pdf()
    assert len(piece.sha256) == 64


def test_the_owners_attempt_to_close_is_refused_in_words(as_, secretary):
    entry = make_entry(by=make_keeper(), in_charge=secretary.member, state=State.CLAIMED)
    add_evidence(entry, by=secretary)
    browser = as_(secretary)
    shown = text_of(browser.get(at("detail", entry.pk)))
    assert at("step", entry.pk, "close") not in shown
    refused = do(browser, entry, "close", text="同意")
    assert "You are in charge of this entry" in text_of(refused)
    entry.refresh_from_db()
    assert entry.state == State.CLAIMED


def test_what_is_not_in_order_is_said_with_what_was_typed(as_, secretary):
    entry = make_entry(by=make_keeper())
    refused = as_(secretary).post(
        at("step", entry.pk, "extend"), {"extend-due_on": "2020-01-01", "extend-text": "我写的理由"}
    )
    assert refused.status_code == 200
    assert "我写的理由" in text_of(refused)
    assert "Choose a day after" in text_of(refused)


def test_a_page_that_is_out_of_date_does_nothing(as_, secretary):
    entry = make_entry(by=make_keeper())
    actions.note_progress(entry, "先到", by=secretary)
    refused = do(as_(secretary), entry, "note", text="后到")  # with the revision from before
    assert "meanwhile" in text_of(refused)
    assert entry.events.filter(act="note").count() == 1


def test_an_act_without_a_form_is_not_found(as_, secretary):
    entry = make_entry(by=make_keeper())
    assert as_(secretary).post(at("step", entry.pk, "recur")).status_code == 404


# --- R-8.4 ----------------------------------------------------------------------------------------
@pytest.fixture
def personal(secretary):
    member = make_user()
    meeting = make_life_meeting(by=secretary, member=member.member, invited=[member.member, secretary.member])
    problem = meeting.problems.get(level="member")
    entry = LedgerEntry(
        problem_row=problem.pk,
        level="member",
        problem=SECRET,
        measure="措施",
        in_charge=member.member,
        started_on=problem.due_on,
        due_on=problem.due_on,
    )
    actions.enter_problems(meeting, [entry], by=secretary)
    evidence = actions.add_evidence(Evidence(entry=entry, text=SECRET), None, by=secretary)
    return member, meeting, entry, evidence


def test_a_personal_entry_is_nowhere_for_anybody_else(as_, secretary, personal):
    member, meeting, entry, evidence = personal
    later = make_life_meeting(by=secretary, year=2025)
    others = [make_keeper(), make_user(Role.ADMINISTRATOR), make_user()]
    pages = [
        at("list"),
        at("list") + f"?level=member&person={member.member_id}",
        at("board"),
        at("print"),
        at("print") + "?level=member",
        reverse("meetings:detail", args=[meeting.pk]),
        reverse("meetings:detail", args=[later.pk]),
        reverse("desk:home"),
    ]
    for user in others:
        browser = as_(user)
        for page in pages:
            shown = text_of(browser.get(page))
            assert SECRET not in shown
            assert entry.label not in shown
        assert browser.get(at("detail", entry.pk)).status_code in {404, 403}
        assert browser.get(at("evidence", entry.pk, evidence.pk)).status_code in {404, 403}
        for act in ("note", "close"):
            assert browser.post(at("step", entry.pk, act)).status_code in {404, 403}
        word = browser.get(at("print") + "?level=member&as=word")
        if word.status_code == 200:
            assert SECRET not in _cells(word)
    keeper = as_(others[0])
    assert keeper.get(at("detail", entry.pk)).status_code == 404
    assert "0 entr" not in text_of(keeper.get(at("list")))  # an empty ledger, not a ledger with a gap


def test_the_three_who_may_see_a_personal_entry_do(as_, secretary, personal):
    member, _meeting, entry, _evidence = personal
    for user in (secretary, make_discipline_commissioner(), member):
        browser = as_(user)
        assert SECRET in text_of(browser.get(at("list")))
        assert SECRET in text_of(browser.get(at("detail", entry.pk)))


def test_the_printed_ledger_of_the_branch_leaves_personal_entries_out(as_, secretary, personal):
    browser = as_(secretary)
    assert SECRET not in text_of(browser.get(at("print")))
    assert SECRET in text_of(browser.get(at("print") + "?level=member"))


def test_personal_problems_are_offered_to_those_who_keep_them(as_, secretary):
    meeting = make_life_meeting(by=secretary)
    personal = meeting.problems.get(level="member")
    address = at("from_meeting", meeting.pk)
    assert str(personal.pk) in text_of(as_(secretary).get(address))
    assert str(personal.pk) not in text_of(as_(make_keeper()).get(address))


# --- from a life meeting --------------------------------------------------------------------------
def chosen(form_page: str, **also) -> dict:
    """What a browser sends of the page of problems, everything chosen."""
    rows = set(re.findall(r'name="([0-9a-f-]{36})-is_chosen"', form_page))
    typed = {}
    for row in rows:
        typed |= {
            f"{row}-is_chosen": "on",
            f"{row}-measure": "措施",
            f"{row}-in_charge": also.get("in_charge", ""),
            f"{row}-due_on": "2025-12-31",
        }
    return typed


def test_all_problems_become_entries_in_one_step_and_once(as_, secretary):
    meeting = make_life_meeting(by=secretary)
    browser, address = as_(secretary), at("from_meeting", meeting.pk)
    assert "Put 3 problems into the ledger" in text_of(
        browser.get(reverse("meetings:detail", args=[meeting.pk]))
    )
    page = text_of(browser.get(address))
    assert "2025-06-30" in page  # prefilled from the minutes
    typed = chosen(page, in_charge=make_member().pk)
    for _time in range(2):
        browser.post(address, typed)
    assert LedgerEntry.objects.count() == 3
    shown = text_of(browser.get(reverse("meetings:detail", args=[meeting.pk])))
    assert "into the ledger" not in shown
    assert "2024-02" in shown


def test_rows_nobody_chose_are_left_alone(as_, secretary):
    meeting = make_life_meeting(by=secretary)
    address = at("from_meeting", meeting.pk)
    first = meeting.problems.first()
    typed = {f"{first.pk}-is_chosen": "on", f"{first.pk}-measure": "", f"{first.pk}-due_on": ""}
    refused = as_(secretary).post(address, typed)
    assert refused.status_code == 200
    assert text_of(refused).count('class="error-summary"') == 1
    typed |= {f"{first.pk}-measure": "措施", f"{first.pk}-due_on": "2025-12-31"}
    as_(secretary).post(address, typed | {f"{first.pk}-in_charge": secretary.member_id})
    assert LedgerEntry.objects.get().problem_row == first.pk


def test_before_the_signature_the_way_back_says_why(as_, secretary):
    meeting = make_life_meeting(by=secretary, state="draft_minutes")
    answer = as_(secretary).get(at("from_meeting", meeting.pk), follow=True)
    assert "once the minutes are signed off" in text_of(answer)


# --- R-8.3 ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["detail", "record"])
def test_next_years_life_meeting_shows_last_years_entries(as_, secretary, page):
    last, older = make_entry(by=secretary, year=2024), make_entry(by=secretary, year=2021)
    this_year = make_entry(by=secretary, year=2025)
    meeting = make_meeting(by=secretary, state="in_session", kinds=["life_meeting"], for_year=2025)
    shown = text_of(as_(secretary).get(reverse(f"meetings:{page}", args=[meeting.pk])))
    assert (last.label in shown, older.label in shown, this_year.label in shown) == (True, True, False)


# --- lists, board, paper --------------------------------------------------------------------------
def test_filters_narrow_the_list(as_, secretary):
    late = make_entry(by=secretary, problem="过期的")
    make_entry(by=secretary, problem="将来的", due_on=timezone.localdate().replace(year=2099))
    make_entry(by=secretary, year=2020, problem="很早的", state=State.CLOSED, checker=make_keeper())
    browser = as_(secretary)

    def listed(query: str) -> set[str]:
        shown = text_of(browser.get(at("list") + query))
        return {word for word in ("过期的", "将来的", "很早的") if word in shown}

    assert listed("") == {"过期的", "将来的", "很早的"}
    assert listed("?overdue=on") == {"过期的"}
    assert listed("?year=2020") == {"很早的"}
    assert listed("?state=closed") == {"很早的"}
    assert listed("?state=active") == {"过期的", "将来的"}
    assert listed(f"?person={late.in_charge_id}") == {"过期的"}
    assert listed("?level=nonsense&state=nonsense&year=x") == {"过期的", "将来的", "很早的"}


def test_the_board_shows_every_state(as_, secretary):
    keeper = make_keeper()
    for state in State:
        make_entry(by=keeper, state=state, checker=secretary, problem=f"问题{state}")
    shown = text_of(as_(secretary).get(at("board")))
    assert all(f"问题{state}" in shown for state in State)


def _cells(response) -> str:
    document = Document(BytesIO(response.content))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*paragraphs, *cells])


def test_the_printed_ledger_has_every_field_and_the_head_of_the_history(as_, secretary):
    entry = make_entry(
        by=make_keeper(), state=State.CLOSED, checker=secretary, cause="根源", leader=make_member()
    )
    browser = as_(secretary)
    _number, head = head_of_history()
    word = _cells(browser.get(at("print") + "?year=2024&as=word"))
    page = text_of(browser.get(at("print") + "?year=2024"))
    for said in (
        entry.label,
        "问题",
        "根源",
        "措施",
        str(entry.leader),
        str(entry.in_charge),
        "同意销号",
        head[:8],
    ):
        assert said in word
        assert said in page
    assert "for the year 2024" in word


@pytest.mark.parametrize("page", ["list", "board", "print", "tasks"])
def test_pages_of_many_cost_as_many_queries_as_pages_of_few(
    as_, secretary, page, django_assert_max_num_queries, django_assert_num_queries
):
    def fill() -> None:
        for state in State:
            make_entry(by=secretary, state=state, checker=make_discipline_commissioner_once())
        meeting = make_meeting(by=secretary, state="draft_minutes")
        for _number in range(3):
            make_task(by=secretary, meeting=meeting)

    commissioner = make_discipline_commissioner()

    def make_discipline_commissioner_once():
        return commissioner

    browser = as_(secretary)
    fill()
    browser.get(at(page))
    with django_assert_max_num_queries(40) as few:
        browser.get(at(page))
    fill()
    with django_assert_num_queries(len(few)):
        browser.get(at(page))


@pytest.mark.parametrize("page", ["meeting", "entry", "problems"])
def test_single_pages_cost_as_many_queries_for_much(
    as_, secretary, page, django_assert_max_num_queries, django_assert_num_queries
):
    meeting = make_life_meeting(by=secretary, year=2025)
    entry = make_entry(by=secretary, meeting=meeting)
    address = {
        "meeting": reverse("meetings:detail", args=[meeting.pk]),
        "entry": at("detail", entry.pk),
        "problems": at("from_meeting", meeting.pk),
    }[page]
    browser = as_(secretary)

    def fill() -> None:
        make_entry(by=secretary, year=2024)
        make_entry(by=secretary, meeting=meeting)
        make_task(by=secretary, meeting=meeting)
        actions.note_progress(entry, "进展", by=secretary)
        add_evidence(entry, by=secretary)

    fill()
    browser.get(address)
    with django_assert_max_num_queries(45) as few:
        browser.get(address)
    fill()
    with django_assert_num_queries(len(few)):
        browser.get(address)


# --- by hand --------------------------------------------------------------------------------------
def typed_entry(person, **fields) -> dict:
    return {
        "year": "2025",
        "level": "committee",
        "source": "inspection",
        "problem": "问题",
        "measure": "措施",
        "in_charge": person.pk,
        "started_on": "2025-04-01",
        "due_on": "2025-06-30",
        **fields,
    }


def test_an_entry_by_hand_sent_twice_is_one(as_, secretary):
    browser = as_(secretary)
    key = re.search(r'name="key" value="([^"]+)"', text_of(browser.get(at("new")))).group(1)
    for _time in range(2):
        browser.post(at("new"), typed_entry(secretary.member, key=key))
    assert LedgerEntry.objects.get().label == "2025-01"


def test_a_committee_member_cannot_enter_what_is_personal(as_, secretary):
    keeper = make_keeper()
    as_(keeper).post(at("new"), typed_entry(keeper.member, level="member"))
    assert LedgerEntry.objects.get().level == "committee"


def test_two_who_change_an_entry_do_not_overwrite_each_other(as_, secretary):
    entry = make_entry(by=secretary)
    browser, address = as_(secretary), at("change", entry.pk)
    page = text_of(browser.get(address))
    base = dict(re.findall(r'name="(base-\w+)" value="([^"]*)"', page))
    fields = {name.removeprefix("base-"): value for name, value in base.items()}
    browser.post(address, {**base, **fields, "measure": "别人的措施"})
    refused = browser.post(address, {**base, **fields, "measure": "我的措施"})
    assert "别人的措施" in text_of(refused)
    entry.refresh_from_db()
    assert entry.measure == "别人的措施"
    assert "from “措施” to “别人的措施”" in text_of(browser.get(at("detail", entry.pk)))


def test_whoever_is_in_charge_does_not_hand_the_entry_on(as_, secretary):
    keeper = make_keeper()
    entry = make_entry(by=secretary, in_charge=keeper.member)
    browser, address = as_(keeper), at("change", entry.pk)
    base = dict(re.findall(r'name="(base-\w+)" value="([^"]*)"', text_of(browser.get(address))))
    fields = {name.removeprefix("base-"): value for name, value in base.items()}
    refused = browser.post(address, {**base, **fields, "in_charge": secretary.member_id})
    assert "somebody else hands it on" in text_of(refused)
    entry.refresh_from_db()
    assert entry.in_charge == keeper.member


def test_a_new_entry_is_proposed_for_this_year(as_, secretary):
    this_year = timezone.localdate().year
    assert f'name="year" value="{this_year}"' in text_of(as_(secretary).get(at("new")))


def test_what_recurs_is_entered_from_the_closed_entry(as_, secretary):
    closed = make_entry(by=make_keeper(), state=State.CLOSED, checker=secretary)
    browser = as_(secretary)
    browser.post(at("again", closed.pk), typed_entry(closed.in_charge))
    again = LedgerEntry.objects.get(recurs_from=closed)
    assert at("detail", again.pk) in text_of(browser.get(at("detail", closed.pk)))
    assert at("detail", closed.pk) in text_of(browser.get(at("detail", again.pk)))


# --- the desk -------------------------------------------------------------------------------------
def test_the_desk_leads_to_what_waits(as_, secretary):
    keeper = make_keeper()
    make_entry(by=keeper, in_charge=secretary.member)
    make_entry(by=keeper, state=State.CLAIMED)
    make_task(by=secretary, owner=secretary.member)
    actions.report_task(make_task(by=secretary), "完成", by=secretary)
    desk = as_(secretary).get(reverse("desk:home")).context
    findings = {finding.text: finding for finding in [*desk["for_me"], *desk["for_the_branch"]]}
    counts = {text: finding.count for text, finding in findings.items()}
    assert counts["ledger entries that you put right"] == 1
    assert counts["tasks of yours from meetings"] == 1
    assert counts["ledger entries overdue"] == 2
    assert counts["ledger entries to check and close"] == 1
    assert counts["tasks to confirm"] == 1
    for text in counts:
        listed = as_(secretary).get(findings[text].address)
        if "page" in (listed.context or {}) and ("ledger" in text or "tasks" in text):
            assert listed.context["page"].paginator.count == counts[text]
    assert Task.objects.count() == 2
