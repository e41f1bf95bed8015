"""``manage.py import_members``: what it prints and how it ends."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from members.models import Member
from members.permissions import Role
from tests.factories import make_user
from tests.members.importing import nasty

pytestmark = pytest.mark.django_db

HEAD = ["姓名", "性别", "人员类别", "入党日期"]
GOOD = ["陆秉文", "男", "预备党员", "2010-06-30"]
BAD = ["田嘉禾", "女", "预备党员", "2010.06"]


@pytest.fixture
def file(tmp_path):
    def written(*rows, name="花名册.csv"):
        path = tmp_path / name
        path.write_bytes(nasty.text([HEAD, *rows]))
        return str(path)

    return written


def run(*arguments):
    """The exit code, stdout and stderr."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_members", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    except CommandError as refusal:
        return refusal.returncode, out.getvalue(), str(refusal)
    return 0, out.getvalue(), err.getvalue()


def test_good_rows_are_written(file):
    assert run(file(GOOD)) == (0, "1 new, 0 changed, 0 unchanged. Written.\n", "")
    assert Member.objects.get().changed_by is None
    assert (
        run(file(GOOD))[0] == 1
    )  # neither number, telephone nor birth: it cannot be told that it is the same person


def test_a_dry_run_writes_nothing(file):
    assert run(file(GOOD), "--dry-run") == (0, "1 new, 0 changed, 0 unchanged. Nothing is written.\n", "")
    assert not Member.objects.exists()


def test_a_bad_row_is_one_line_and_nothing_is_written(file):
    code, out, err = run(file(GOOD, BAD))
    assert code == 1
    assert err == "row 3, Admitted on: The day is missing: write it as 1990-01-02.\n"
    assert out.endswith("Nothing is written.\n")
    assert not Member.objects.exists()


def test_json(file):
    code, out, err = run(file(GOOD, BAD), "--json")
    assert (code, err) == (1, "")
    assert json.loads(out) == {
        "written": False,
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "errors": [
            {"row": 3, "field": "admitted_on", "reason": "The day is missing: write it as 1990-01-02."}
        ],
        "left_out": [],
        "first_of_month": [],
    }
    code, out, _err = run(file(GOOD), "--json")
    assert (code, json.loads(out)["written"]) == (0, True)


def test_who_did_it(file):
    secretary = make_user(Role.SECRETARY, username="shuji")
    assert run(file(GOOD), "--by", "SHUJI")[0] == 0
    assert Member.objects.get(name="陆秉文").changed_by == secretary


@pytest.mark.parametrize(
    ("rows", "name", "options"),
    [
        ([GOOD], "花名册.pdf", []),
        ([], "花名册.csv", []),
        ([GOOD], "花名册.csv", ["--by", "nobody"]),
        ([GOOD], "花名册.csv", ["--unknown"]),
    ],
)
def test_what_cannot_be_read_or_asked_is_one_line(file, rows, name, options):
    path = file(*rows, name=name)
    code, out, err = run(path, *options)
    assert (code if options != ["--unknown"] else 2, out) == (2, "")
    assert "\n" not in err.strip()


def test_a_missing_file_and_one_without_names(tmp_path):
    code, _out, err = run(str(tmp_path / "nowhere.csv"))
    assert (code, err) == (2, f"{tmp_path}/nowhere.csv: No such file or directory")
    (tmp_path / "x.csv").write_text("性别,电话\n男,10000000001\n")
    assert run(str(tmp_path / "x.csv"))[0] == 2


def test_a_member_cannot_be_made_the_one_who_did_it(file):
    make_user(username="dangyuan")
    assert run(file(GOOD), "--by", "dangyuan")[0] == 2


def test_dates_without_a_day_by_choice(file):
    code, out, _err = run(file(GOOD, BAD), "--month-dates", "first")
    assert code == 0
    assert out.startswith("1 dates without a day are taken to be the first of the month.\n2 new")
    assert str(Member.objects.get(name="田嘉禾").admitted_on) == "2010-06-01"
    assert run(file(GOOD), "--month-dates", "last")[2].count("\n") == 0


def test_a_field_that_is_left_out_is_told_row_by_row(file, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(nasty.text([[*HEAD, "电话"], [*GOOD, "0571-88888888"]]))
    assert run(str(path))[0] == 1
    code, out, err = run(str(path), "--leave-out", "phone", "--dry-run")
    assert (code, out) == (0, "1 new, 0 changed, 0 unchanged. Nothing is written.\n")
    assert err == (
        "row 2, Telephone: left out: This is a landline; a record has a place for a mobile number only.\n"
    )
    code, out, _err = run(str(path), "--leave-out", "phone", "--json")
    assert [each["field"] for each in json.loads(out)["left_out"]] == ["phone"]
    assert run(str(path), "--leave-out", "name")[0] != 0
