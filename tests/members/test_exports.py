"""Lists taken out as files: what is seen and nothing else, harmless, and recorded for ever."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from members.models import Export
from members.permissions import Role
from members.spreadsheets import write_csv, write_xlsx
from tests.factories import make_group, make_member, make_position, make_user

EXPORT = "/en/desk/members/export/"
EXPORTS = "/en/desk/members/exports/"
PERSONAL = ("13800138000", datetime.date(1971, 2, 3))


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def sheet(response) -> list[list]:
    rows = load_workbook(io.BytesIO(body(response))).active.iter_rows(values_only=True)
    return [[value.date() if hasattr(value, "date") else value for value in row] for row in rows]


def take(client, *columns: str, format: str = "xlsx", **asked):
    return client.post(EXPORT, {"format": format, "columns": columns, **asked})


@pytest.fixture
def people():
    group = make_group(name="第一党小组")
    make_member("赵敏", phone=PERSONAL[0], birth_date=PERSONAL[1], party_group=group, stage="activist")
    make_member("安娜", stage="activist", phone="+8613900139000")
    make_member("重庆", stage="applicant")
    return group


@pytest.mark.usefixtures("people")
def test_the_file_holds_the_people_columns_and_order_of_the_page(desk):
    taken = sheet(take(desk, "phone", "birth_date", "party_group", stage="activist", sort="-name"))
    assert taken == [
        ["Name", "Party group", "Date of birth", "Telephone"],
        ["赵敏", "第一党小组", PERSONAL[1], PERSONAL[0]],
        ["安娜", None, None, "+8613900139000"],
    ]


@pytest.mark.usefixtures("people")
def test_a_csv_begins_with_the_mark_that_excel_looks_for(desk):
    answer = take(desk, "stage", format="csv", stage="activist")
    content = body(answer)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [["Name", "Stage"], ["安娜", "activist"], ["赵敏", "activist"]]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert "attachment" in answer["Content-Disposition"]


def test_the_file_holds_all_pages(desk):
    for _person in range(45):
        make_member(stage="applicant")
    assert len(sheet(take(desk, stage="applicant", page="2"))) == 46


@pytest.mark.usefixtures("people")
def test_the_committee_takes_what_it_sees(client):
    client.force_login(make_user(Role.COMMITTEE))
    taken = take(client, "phone", "birth_date", "account", "stage", stage="activist")
    assert sheet(taken) == [["Name", "Stage"], ["安娜", "activist"], ["赵敏", "activist"]]


def test_what_is_masked_on_the_page_is_masked_in_the_file(client, people):
    member = make_member("组长", party_group=people)
    make_position(member, "group_leader", party_group=people)
    make_position(member, "committee")
    client.force_login(make_user(member=member))
    taken = sheet(take(client, "phone", stage="activist"))
    assert taken == [["Name", "Telephone"], ["安娜", "***"], ["赵敏", PERSONAL[0]]]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_nobody_else_takes_a_file(client, role):
    client.force_login(make_user(role))
    assert take(client, "stage").status_code == 403
    assert "Take it out" not in client.get("/en/desk/members/").content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"format": "pdf"}, {"format": "json"}])
def test_a_format_that_does_not_exist_is_refused_and_not_recorded(desk, sent):
    assert desk.post(EXPORT, sent).status_code == 400
    assert not Export.objects.exists()


def test_a_file_is_never_taken_by_following_a_link(desk):
    assert desk.get(EXPORT, {"format": "csv"}).status_code == 405


# --- what others' programs would run ------------------------------------------------------------------
DANGEROUS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("https://example.org","x")']


@pytest.mark.parametrize("typed", DANGEROUS)
def test_what_somebody_typed_never_becomes_a_formula(typed):
    file = io.BytesIO()
    assert write_xlsx(file, "x", ["a"], [[typed]]) == 1
    cell = load_workbook(io.BytesIO(file.getvalue())).active["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.strip() == typed.strip()
    file = io.BytesIO()
    assert write_csv(file, ["a"], [[typed]]) == 1
    assert next(
        csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig").split("\r\n", 1)[1], newline=""))
    ) == [f"'{typed}"]


def test_characters_that_a_workbook_cannot_hold_are_left_out():
    file = io.BytesIO()
    write_xlsx(file, "x", ["a"], [["a\x00b\x0bc"]])
    assert load_workbook(io.BytesIO(file.getvalue())).active["A2"].value == "abc"


# --- the record of files ------------------------------------------------------------------------------
def test_every_file_is_recorded_with_what_was_in_it(desk, secretary, people):
    body(take(desk, "phone", "stage", stage="activist", group=people.pk, q="zhao"))
    taken = Export.objects.get()
    assert (taken.by, taken.format, taken.people) == (secretary, "xlsx", 1)
    assert taken.columns == ["name", "stage", "phone"]
    assert taken.filters == {"q": "zhao", "stage": "activist", "group": str(people.pk)}


@pytest.mark.usefixtures("people")
def test_a_telephone_number_that_was_searched_is_not_recorded(desk):
    body(take(desk, "stage", q=PERSONAL[0]))
    assert Export.objects.get().filters == {"q": "****"}


@pytest.mark.usefixtures("people")
def test_secretary_and_administrator_read_who_took_what(client, desk, administrator, people):
    body(take(desk, "phone", "party_group", stage="activist", group=people.pk))
    client.force_login(administrator)
    page = client.get(EXPORTS).content.decode()
    assert "Name · Party group · Telephone" in page
    assert "Stage = activist" in page
    assert "Party group = 第一党小组" in page
    assert "1 person" in page
    assert "赵敏" not in page
    assert PERSONAL[0] not in page


def test_the_record_names_what_is_no_column_any_more(desk, secretary):
    Export.objects.create(
        by=secretary, format="csv", columns=["name", "gone"], people=1, filters={"old": "x"}
    )
    page = desk.get(EXPORTS).content.decode()
    assert "Name · gone" in page
    assert "old = x" in page


def test_the_record_is_neither_changed_nor_deleted(secretary):
    made = Export.objects.create(by=secretary, format="csv", columns=["name"], people=1)
    for change in (lambda: Export.objects.update(people=0), made.delete, Export.objects.all().delete):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    assert Export.objects.get().people == 1


def test_the_record_asks_as_often_for_few_as_for_many(desk, secretary):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(EXPORTS)
        return len(captured)

    def more(count: int) -> None:
        for _one in range(count):
            by = make_user(Role.MEMBER)
            Export.objects.create(by=by, format="csv", columns=["name"], people=1, filters={"group": "1"})

    more(1)
    few = queries()
    more(15)
    assert queries() == few


def test_a_file_asks_as_often_for_few_as_for_many(desk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            body(take(desk, "party_group", "posts", "account", "away"))
        return len(captured)

    make_position(make_member(), "committee")
    few = queries()
    for _person in range(15):
        make_position(make_member(party_group=make_group()), "committee")
    assert queries() == few
