"""The steps in the browser: nothing but the sealed draft is written before the confirmation, and then once."""

import datetime
import io
import threading
import time

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from members.importing import background, drafts, files, pulse
from members.models import ImportDraft, ImportPart, Member, SensitiveLook, SensitiveRecord
from members.permissions import Role
from tests.factories import make_branch, make_group, make_member, make_position, make_user
from tests.members.importing import nasty

pytestmark = pytest.mark.django_db

HEAD = ["姓名", "性别", "人员类别", "入党日期", "转正日期", "电话", "代号", "困难情况"]
GOOD = ["陆秉文", "男", "正式党员", "2010-06-30", "2011-06-30", "10000000001", "=1+1", "无"]
BAD = ["田嘉禾", "女", "正式党员", "2010.06", "2011-06-30", "10000000002", "@x", "膝关节术后"]
START = "/en/desk/members/import/"


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY)


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


@pytest.fixture(autouse=True)
def at_once(request, monkeypatch):
    """The writing within the request, since a thread of its own would not see the test's transaction."""
    if "real_thread" not in request.fixturenames:
        monkeypatch.setattr(background, "start", lambda work: work())


@pytest.fixture
def real_thread():
    """The writing in its thread; the test's own data are committed."""


def upload(desk, rows, name="花名册.xlsx"):
    return desk.post(START, {"file": SimpleUploadedFile(name, nasty.excel(rows))})


def checked(desk, rows) -> str:
    """The address of the import, with its columns as proposed and every row checked."""
    address = upload(desk, rows).headers["Location"]
    form = desk.get(address).context["form"]
    response = desk.post(address, {name: field.initial for name, field in form.fields.items()})
    assert response.headers["Location"] == address.replace("columns", "check")
    while (
        response := desk.post(response.headers["Location"] if response.has_header("Location") else address)
    ) and (response.status_code == 200):
        pass
    return response.headers["Location"]


def sheet(response) -> list[list]:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_from_the_file_to_the_records(desk):
    address = checked(desk, [HEAD, GOOD])
    page = desk.get(address).content.decode()
    assert "No row has an error" in page
    assert not Member.objects.filter(name="陆秉文").exists()
    response = desk.post(f"{address}confirm/", follow=True)
    assert "“花名册.xlsx”: 1 new, 0 changed, 0 unchanged." in response.content.decode()
    assert Member.objects.filter(name="陆秉文", stage="full").count() == 1
    assert not ImportPart.objects.exists()
    for page in ("", "columns/", "check/", "rejected/"):
        assert desk.get(address + page, follow=True).redirect_chain[-1][0] == f"{address}report/"
    for step in ("confirm/", "cancel/", "leave-out/", "check/"):
        assert desk.post(address + step, follow=True).redirect_chain[-1][0] == f"{address}report/"
    assert Member.objects.filter(name="陆秉文").count() == 1
    assert desk.get(START).context["unfinished"] is None


def test_errors_are_shown_by_row_and_field_and_nothing_can_be_confirmed(desk):
    address = checked(desk, [HEAD, GOOD, BAD])
    page = desk.get(address)
    (line,) = page.context["page"].object_list
    assert (line.number, line.name) == (3, "田嘉禾")
    assert line.errors == [("Admitted on", "The day is missing: write it as 1990-01-02.")]
    assert "confirm/" not in page.content.decode()
    desk.post(f"{address}confirm/")
    assert not Member.objects.filter(name__in=["陆秉文", "田嘉禾"]).exists()


def test_the_errors_speak_the_readers_language(desk):
    address = checked(desk, [HEAD, GOOD, BAD])
    chinese = address.replace("/en/", "/zh-hans/")
    assert desk.get(chinese).headers["Location"] == f"{chinese}check/"
    assert desk.post(f"{chinese}check/").headers["Location"] == chinese
    (line,) = desk.get(chinese).context["page"].object_list
    assert line.errors[0][0] == "入党日期"


def test_rejected_rows_are_given_back_with_their_reasons_and_no_formula(desk):
    address = checked(desk, [HEAD, GOOD, BAD])
    response = desk.get(f"{address}rejected/")
    head, row = sheet(response)
    assert head == ["Row in the file", *HEAD, "What is wrong"]
    assert row == ["3", *BAD, "Admitted on: The day is missing: write it as 1990-01-02."]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert {cell.data_type for line in book.active.iter_rows() for cell in line} == {"s"}
    again = files.read(response.content, "rejected.xlsx")
    assert again.headings[1:-1] == HEAD


def test_no_cell_that_leaves_is_a_formula(desk):
    bad = [*BAD[:6], "=HYPERLINK(0)", "+1"]
    lines = nasty.text([HEAD, bad], "utf-8")
    desk.post(START, {"file": SimpleUploadedFile("x.csv", lines)})
    address = f"{START}{ImportDraft.objects.get().pk}/"
    drafts.choose_columns(
        ImportDraft.objects.get(), ["name", "gender", "stage", "admitted_on", "", "", "", ""]
    )
    drafts.check_next(ImportDraft.objects.get())
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{address}rejected/").content))
    assert book.active["H2"].value == bad[6]
    assert {cell.data_type for line in book.active.iter_rows() for cell in line} == {"s"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_template_can_be_filled_and_imported(desk, language):
    make_group(name="第一党小组")
    content = desk.get(f"/{language}/desk/members/import/template/").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.worksheets) == 2
    assert len(list(book.worksheets[1].iter_rows())) > 30
    place = {cell.value: cell.column for cell in book.active[1]}
    names = {"en": ("Name", "Gender", "Stage"), "zh-hans": ("姓名", "性别", "人员类别")}[language]
    for name, text in zip(names, ("陆秉文", "男", "申请人"), strict=True):
        book.active.cell(3, place[name], text)
    filled = io.BytesIO()
    book.save(filled)
    read = files.read(filled.getvalue(), "模板.xlsx")
    assert drafts.headings.propose(read.headings, drafts.columns.ALL) == [
        each.name for each in drafts.columns.ALL
    ]
    outcome = drafts.check(read.rows, [each.name for each in drafts.columns.ALL])
    assert [row.result.errors for row in outcome if row.result.name == "陆秉文"] == [[]]


def test_the_proposed_columns_can_be_corrected(desk):
    address = upload(desk, [["姓名", "别称", "性别", "类别"], ["甲", "陆秉文", "男", "申请人"]]).headers[
        "Location"
    ]
    page = desk.get(address)
    assert [(field.label, samples) for field, samples in page.context["form"].lines()][1] == (
        "别称",
        ["陆秉文"],
    )
    both = {"column_0": "name", "column_1": "name", "column_2": "gender", "column_3": "stage"}
    both["month_dates"] = "refuse"
    assert "Two columns" in desk.post(address, both).content.decode()
    assert "holds the name" in desk.post(address, both | {"column_0": "", "column_1": ""}).content.decode()
    desk.post(address, both | {"column_0": ""})
    desk.post(address.replace("columns", "check"))
    (line,) = desk.get(address.replace("columns/", "")).context["page"].object_list
    assert line.name == "陆秉文"


def test_records_changed_since_the_preview_are_shown_again(desk):
    member = make_member("陆秉文", phone="10000000001", department="外科")
    address = checked(desk, [["姓名", "电话", "科室"], ["陆秉文", "10000000001", "内科"]])
    Member.objects.filter(pk=member.pk).update(department="儿科")
    response = desk.post(f"{address}confirm/", follow=True)
    assert "changed since this preview" in response.content.decode()
    (line,) = response.context["page"].object_list
    assert line.differences == [("Department", "儿科", "内科", False)]
    desk.post(f"{address}confirm/")
    member.refresh_from_db()
    assert member.department == "内科"


def test_sensitive_texts_are_not_shown_and_no_look_is_needed(desk):
    member = make_member("陆秉文", phone="10000000001")
    SensitiveRecord.objects.create(member=member, discipline="警告处分")
    address = checked(desk, [["姓名", "电话", "处分情况"], ["陆秉文", "10000000001", "严重警告"]])
    page = desk.get(address).content.decode()
    assert "not shown here" in page
    assert "警告" not in page
    desk.post(f"{address}confirm/")
    assert SensitiveRecord.objects.get(member=member).discipline == "严重警告"
    assert not SensitiveLook.objects.exists()


def test_an_administrator_who_enters_the_first_people_fills_no_sensitive_fields(client):
    make_branch()
    client.force_login(make_user(Role.ADMINISTRATOR))
    address = upload(client, [["姓名", "性别", "身份证号", "类别"], ["陆秉文", "男", "1", "申请人"]]).headers[
        "Location"
    ]
    form = client.get(address).context["form"]
    assert form.fields["column_2"].initial == ""
    assert "id_number" not in dict(form.fields["column_2"].choices)


def test_the_draft_is_sealed(desk):
    number = nasty.id_number(nasty.D(1980, 1, 2), 7, is_male=True)
    row = [*GOOD, number]
    checked(desk, [[*HEAD, "身份证号"], row, [*BAD, ""]])
    assert ImportPart.objects.filter(is_checked=True).exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (name,) in cursor.fetchall():
            for secret in ("陆秉文", "田嘉禾", "10000000001", number, "花名册", "膝关节"):
                query = f'SELECT count(*) FROM "{name}" AS line WHERE line::text LIKE %s'  # noqa: S608 - from the database
                cursor.execute(query, [f"%{secret}%"])
                assert cursor.fetchone()[0] == 0, (name, secret)


def test_a_draft_is_its_owners_alone(desk, client, secretary):
    address = checked(desk, [HEAD, GOOD])
    client.force_login(make_user(member=make_position(make_member(), "deputy").member))
    for page in ("", "columns/", "check/", "rejected/"):
        assert client.get(address + page).status_code == 404
    for step in ("confirm/", "cancel/", "check/"):
        assert client.post(address + step).status_code == 404
    assert ImportDraft.objects.get().owner == secretary


def test_a_draft_is_forgotten_when_cancelled_replaced_or_a_day_old(desk):
    address = checked(desk, [HEAD, GOOD])
    desk.post(f"{address}cancel/")
    assert not ImportDraft.objects.exists()
    checked(desk, [HEAD, GOOD])
    address = checked(desk, [HEAD, GOOD])
    assert ImportDraft.objects.count() == 1
    ImportDraft.objects.update(made_at=timezone.now() - ImportDraft.LIFETIME)
    assert desk.get(address).status_code == 404
    assert not ImportDraft.objects.exists()


def test_the_check_goes_on_where_it_was(desk, monkeypatch):
    monkeypatch.setattr(drafts, "PART", 2)
    monkeypatch.setattr(drafts, "_STEP_SECONDS", -1)
    rows = [[f"党员{number}", "男", "申请人"] for number in range(5)]
    address = upload(desk, [["姓名", "性别", "类别"], *rows]).headers["Location"]
    chosen = {"column_0": "name", "column_1": "gender", "column_2": "stage"}
    desk.post(address, chosen | {"month_dates": "refuse"})
    step = address.replace("columns", "check")
    json = {"headers": {"Accept": "application/json"}}
    assert desk.get(step, **json).json() == {
        "done": 0,
        "total": 3,
        "said": "0 of 5 rows are checked",
        "next": "",
    }
    said = [desk.post(step, **json).json()["said"] for _ in range(2)]
    assert said == ["2 of 5 rows are checked", "4 of 5 rows are checked"]
    assert desk.get(address.replace("columns/", "")).headers["Location"] == step
    assert 'value="2"' in desk.get(step).content.decode()
    assert desk.post(step, **json).json() == {
        "done": 3,
        "total": 3,
        "said": "5 of 5 rows are checked",
        "next": address.replace("columns/", ""),
    }
    assert desk.post(step, **json).json()["done"] == 3
    results = drafts.results_of(ImportDraft.objects.get())
    assert [result.name for result in results] == [row[0] for row in rows]


def test_a_check_costs_the_same_number_of_queries_for_few_and_many_known_people(
    desk, django_assert_max_num_queries
):
    """But for the record's own constraints, which the database judges row by row."""
    people = [make_member(f"党员{n}", phone=f"1000000{n:04d}", department="内科") for n in range(40)]
    rows = [(n, [member.name, member.phone, "内科"]) for n, member in enumerate(people)]
    counts = []
    for some in (rows[:10], rows):
        with django_assert_max_num_queries(1000) as captured:
            drafts.check(some, ["name", "phone", "department"])
        counts.append(len([q for q in captured.captured_queries if 'FROM "members_' in q["sql"]]))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_write_once(desk, secretary):
    checked(desk, [HEAD, GOOD])
    draft, outcomes, barrier = ImportDraft.objects.get(), [], threading.Barrier(2)

    def confirm():
        barrier.wait(timeout=10)
        try:
            outcomes.append(drafts.confirm(draft, by=secretary))
        except Exception as failure:
            outcomes.append(type(failure))
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert outcomes == [{"new": 1}, {"new": 1}]
    assert Member.objects.filter(name="陆秉文").count() == 1


# --- choices ------------------------------------------------------------------------------------------
def decided(desk, address, month_dates="refuse", **fields) -> str:
    """The columns as proposed, with this choice; every row checked."""
    form = desk.get(f"{address}columns/").context["form"]
    proposed = {name: form.fields[name].initial for name in form.names}
    desk.post(f"{address}columns/", proposed | {"month_dates": month_dates})
    return checked_again(desk, address)


def checked_again(desk, address) -> str:
    while desk.post(f"{address}check/").status_code == 200:
        pass
    return desk.get(address).content.decode()


def test_the_first_of_the_month_is_chosen_on_the_page_counted_and_remembered(desk):
    address = checked(desk, [HEAD, GOOD, BAD])
    page = decided(desk, address, "first")
    assert "Admitted on (1)" in page
    assert "No row has an error" in page
    assert desk.get(f"{address}columns/").context["form"]["month_dates"].value() == "first"
    assert 'value="first"' in desk.get(f"{address}columns/").content.decode()
    response = desk.post(f"{address}columns/", {"column_0": "name"})
    assert "month_dates" in response.context["form"].errors


def test_a_wrong_field_is_left_out_when_it_is_ticked_and_listed_in_the_download(desk):
    rows = [HEAD, [*GOOD[:5], "0571-88888888", "", ""], [*BAD[:3], "2010-06-30", *BAD[4:]]]
    address = checked(desk, rows)
    page = desk.get(address).content.decode()
    assert "Telephone: wrong in 1 row" in page
    assert 'name="fields_left_out" value="phone"' in page
    desk.post(f"{address}leave-out/", {"fields_left_out": "phone"})
    page = checked_again(desk, address)
    assert "No row has an error" in page
    assert "Of 1 row something is left out" in page
    (line,) = desk.get(f"{address}?show=omitted").context["page"].object_list
    assert (line.number, line.omitted[0][0]) == (2, "Telephone")
    _head, row = sheet(desk.get(f"{address}rejected/"))
    assert row[0] == "2"
    assert row[-1].startswith("Left out: Telephone: This is a landline")
    report = desk.post(f"{address}confirm/", follow=True).content.decode()
    assert "row 2, 陆秉文" in report
    assert "This is a landline" in report
    assert Member.objects.get(name="陆秉文").phone == ""
    assert Member.objects.get(name="田嘉禾").phone == "10000000002"


def test_what_is_ticked_can_be_unticked_and_nothing_else_can_be_ticked(desk):
    address = checked(desk, [HEAD, [*GOOD[:5], "12345", "", ""]])
    desk.post(f"{address}leave-out/", {"fields_left_out": ["phone"]})
    assert "No row has an error" in checked_again(desk, address)
    desk.post(f"{address}leave-out/", {"fields_left_out": ["phone", "name"]})
    assert ImportDraft.objects.get().left_out == ["phone"]
    desk.post(f"{address}leave-out/", {})
    assert "1 row has errors" in checked_again(desk, address)
    assert ImportDraft.objects.get().left_out == []


# --- the writing --------------------------------------------------------------------------------------
JSON = {"headers": {"Accept": "application/json"}}


def waited_for(desk, address) -> str:
    """Where the page of the writing leads when it is over."""
    for _question in range(600):
        if follows := desk.get(f"{address}writing/", **JSON).json()["next"]:
            return follows
        time.sleep(0.1)
    raise AssertionError("the writing does not end")


@pytest.mark.django_db(transaction=True)
def test_a_second_click_and_a_reload_join_the_writing_that_goes_on(desk, real_thread, monkeypatch):
    address, draft = checked(desk, [HEAD, GOOD]), ImportDraft.objects.get()
    begun, go_on, writings = threading.Event(), threading.Event(), []

    def write(rows, *, by, tell):
        writings.append(len(rows))
        tell(1)
        begun.set()
        assert go_on.wait(60)
        really(rows, by=by, tell=tell)

    really = drafts.write
    monkeypatch.setattr(drafts, "write", write)
    assert desk.post(f"{address}confirm/").headers["Location"] == f"{address}writing/"
    try:
        assert begun.wait(60)
        assert desk.get(f"{address}writing/", **JSON).json() == {
            "done": 2,
            "total": 2,
            "said": "100 % done",
            "next": "",
        }
        assert pulse.of(draft.pk) == pulse.Pulse(2, 2)
        assert desk.post(f"{address}confirm/").headers["Location"] == f"{address}writing/"
        assert desk.get(address).headers["Location"] == f"{address}writing/"
        page = desk.get(f"{address}writing/").content.decode()
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
        assert 'value="2"' in page
        assert not Member.objects.filter(name="陆秉文").exists()
    finally:
        go_on.set()
    assert waited_for(desk, address) == f"{address}report/"
    assert writings == [1]
    assert Member.objects.filter(name="陆秉文").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_writing_that_fails_has_written_nothing_says_so_and_can_be_begun_again(
    desk, real_thread, monkeypatch, caplog
):
    address = checked(desk, [HEAD, GOOD])

    def fails(rows, *, by, tell):
        really(rows, by=by, tell=tell)
        raise OSError("the disk is full")

    really = drafts.write
    monkeypatch.setattr(drafts, "write", fails)
    desk.post(f"{address}confirm/")
    assert waited_for(desk, address) == f"{address}writing/"
    assert "Nothing of it is written" in desk.get(f"{address}writing/").content.decode()
    assert not Member.objects.filter(name="陆秉文").exists()
    assert "An import failed" in caplog.text
    monkeypatch.setattr(drafts, "write", really)
    desk.post(f"{address}confirm/")
    assert waited_for(desk, address) == f"{address}report/"
    assert Member.objects.filter(name="陆秉文").count() == 1


def test_a_writing_whose_server_was_stopped_can_be_begun_again(desk):
    address = checked(desk, [HEAD, GOOD])
    moment = timezone.now()
    ImportDraft.objects.update(state="writing", confirmed_at=moment)
    desk.post(f"{address}confirm/")
    assert "being imported" in desk.get(f"{address}writing/").content.decode()  # it may just be beginning
    ImportDraft.objects.update(confirmed_at=moment - datetime.timedelta(seconds=11))
    assert "interrupted" in desk.get(f"{address}writing/").content.decode()
    assert "1 new" in desk.post(f"{address}confirm/", follow=True).content.decode()
