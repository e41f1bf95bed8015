"""Activation slips: one use, one valid a person, a digest only, and told in words what became of them."""

from __future__ import annotations

import datetime
import logging
import re
import threading
from io import StringIO

import pgtrigger
import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from members import actions
from members.actions.many_slips import free_login_name
from members.models import AccessGiven, ActivationSlip, BranchRules, User
from members.permissions import Role
from members.second_factors import SecondFactorAdapter
from members.slip_codes import ALPHABET, digest, new_code
from tests.factories import PASSWORD, make_branch, make_member, make_user
from tests.one_time_codes import code as one_time_code

PAGE = "/en/desk/activate/"
OWN = "quiet-river-stone"
SECRET = "JBSWY3DPEHPK3PXP"


def use(code: str, client: Client | None = None, **fields):
    fields = {"code": code, "password1": OWN, "password2": OWN, **fields}
    return (client or Client()).post(PAGE, fields)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def account(db) -> User:
    return make_user(username="zhangwei")


@pytest.fixture
def code(account, secretary) -> str:
    return actions.issue_slip(account, by=secretary)


def expire(slip: ActivationSlip) -> None:
    """As if its days had passed: the trigger forbids it to everybody else."""
    slip.good_until = timezone.now() - datetime.timedelta(seconds=1)
    with pgtrigger.ignore("members.ActivationSlip:slip_ends_once"):
        slip.save()


# --- the code -------------------------------------------------------------------------------------
def test_a_code_is_of_128_bits_and_easy_to_read():
    code = new_code()
    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{6}}[{ALPHABET}]{{4}}", code)
    assert len(ALPHABET) ** 28 > 2**128
    assert set("0o1li").isdisjoint(ALPHABET)
    assert len({new_code() for _time in range(200)}) == 200


@pytest.mark.parametrize("typed", ["ab-cd", "AB-CD", " ab cd ", "abcd"])
def test_the_way_it_is_typed_does_not_matter(typed):
    assert digest(typed) == digest("ab-cd")


def test_the_code_is_kept_nowhere(code, account, desk):
    assert code not in str(list(ActivationSlip.objects.values()))
    desk.post(f"/en/desk/accounts/{account.pk}/slip/")
    assert ActivationSlip.objects.open().get().digest not in str(
        [session.get_decoded() for session in Session.objects.all()]
    )
    given = AccessGiven.objects.create(user=make_user(), kind="slip")
    with pytest.raises(IntegrityError, match="digest_and_no_code"), transaction.atomic():
        ActivationSlip.objects.create(user=given.user, given=given, digest=code, good_until=timezone.now())


# --- opening the link -----------------------------------------------------------------------------
def test_opening_the_link_changes_nothing(code, account):
    for _time in range(3):
        assert Client().get(PAGE).status_code == 200
        page = Client().post(PAGE, {"code": code})
        assert "Set your own password" in text(page)
    assert account.slips.get().state == ActivationSlip.State.VALID


def test_the_page_is_kept_in_no_cache_and_tells_nobody(code):
    page = Client().post(PAGE, {"code": code})
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert code not in Client().get(PAGE).request["PATH_INFO"]


def test_the_own_password_is_set_and_its_holder_signed_in(code, account):
    client = Client()
    assert use(code, client).url == "/en/desk/"
    assert client.session["_auth_user_id"] == str(account.pk)
    account.refresh_from_db()
    assert account.check_password(OWN)
    assert account.slips.get().used_at


def test_a_used_slip_says_so(code):
    use(code)
    for again in (use(code, password1="another-stone", password2="another-stone"), use(code)):
        assert "It was used" in text(again)
    assert User.objects.get(username="zhangwei").check_password(OWN)


def test_an_expired_slip_says_so(code, account):
    expire(account.slips.get())
    assert "is expired" in text(use(code))
    assert not User.objects.get(pk=account.pk).check_password(OWN)


def test_a_revoked_slip_says_so(code, account, secretary):
    actions.revoke_slip(account, by=secretary)
    assert "It was revoked" in text(use(code))
    with pytest.raises(ValidationError):
        actions.revoke_slip(account, by=secretary)


def test_an_unknown_code_is_said_beside_its_field(db):
    page = use(new_code())
    assert list(page.context["form"].errors) == ["code"]
    assert list(Client().post(PAGE, {"code": ""}).context["form"].errors) == ["code"]


def test_the_slip_of_a_closed_account_opens_nothing(code, account):
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert "This account is closed" in text(use(code))
    assert not User.objects.get(pk=account.pk).check_password(OWN)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"password2": "something-else"}, "password2"),
        ({"password1": "123", "password2": "123"}, "password1"),
        ({"password1": "8642097531", "password2": "8642097531"}, "password1"),
        ({"password1": "zhangwei1", "password2": "zhangwei1"}, "password1"),
    ],
)
def test_a_refused_password_says_why_and_leaves_the_slip(code, account, fields, where):
    assert where in use(code, **fields).context["form"].errors
    assert account.slips.get().state == ActivationSlip.State.VALID


def test_a_slip_is_no_way_around_a_second_factor(code, account):
    account.authenticator_set.create(type="totp", data={"secret": "x"})
    client = Client()
    assert use(code, client).url == "/en/desk/sign-in/second-factor/"
    assert "_auth_user_id" not in client.session


def test_who_was_signed_in_at_this_browser_is_signed_out_first(code, account, secretary):
    client = Client()
    client.force_login(secretary)
    client.session["kept"] = 1
    use(code, client)
    assert client.session["_auth_user_id"] == str(account.pk)
    assert "kept" not in client.session


def test_the_code_comes_into_no_log(code, account, caplog):
    caplog.set_level(logging.DEBUG)
    use(code)
    use(code)
    assert code not in caplog.text
    assert digest(code) not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_of_two_uses_at_once_one_wins(secretary):
    account = make_user()
    code = actions.issue_slip(account, by=secretary)
    outcomes = []

    def run(password: str) -> None:
        try:
            actions.use_slip(actions.find_slip(code), password=password)
            outcomes.append(password)
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(f"{OWN}-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("refused") == 3
    won = next(outcome for outcome in outcomes if outcome != "refused")
    assert User.objects.get(pk=account.pk).check_password(won)


# --- one valid slip -------------------------------------------------------------------------------
def test_a_new_slip_revokes_the_earlier(code, account, secretary):
    newer = actions.issue_slip(account, by=secretary)
    assert "It was revoked" in text(use(code))
    assert use(newer).status_code == 302


def test_the_database_holds_one_open_slip_an_account(code, account):
    given = AccessGiven.objects.create(user=account, kind="slip")
    with pytest.raises(IntegrityError, match="account_has_one_open_slip"), transaction.atomic():
        ActivationSlip.objects.create(
            user=account, given=given, digest=digest("another"), good_until=timezone.now()
        )


@pytest.mark.parametrize("field", ["digest", "good_until", "used_at", "revoked_at", "ends_factors"])
def test_what_became_of_a_slip_stays(code, account, field):
    use(code)
    values = {
        "digest": digest("x"),
        "good_until": timezone.now(),
        "used_at": None,
        "revoked_at": timezone.now(),
        "ends_factors": True,
    }
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        ActivationSlip.objects.filter(user=account).update(**{field: values[field]})
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        ActivationSlip.objects.all()._raw_delete("default")


def test_a_slip_is_good_for_the_days_of_the_rules(account, secretary):
    BranchRules.objects.update_or_create(pk=1, defaults={"slip_days": 3})
    actions.issue_slip(account, by=secretary)
    left = account.slips.open().get().good_until - timezone.now()
    assert datetime.timedelta(days=2, hours=23) < left <= datetime.timedelta(days=3)


def test_the_rules_page_changes_the_days(desk):
    fields = {"letter_days": 90, "contact_days": 90, "study_hours_member": 32, "study_hours_committee": 56}
    fields |= {"slip_days": 7, "second_factor_grace_days": 30}
    assert desk.post("/en/desk/branch/rules/", fields).status_code == 302
    rules = BranchRules.load()
    assert (rules.slip_days, rules.second_factor_grace_days) == (7, 30)


# --- printing -------------------------------------------------------------------------------------
SLIPS = "/en/desk/accounts/slips/"


def codes(page) -> list[str]:
    return re.findall(r'class="slip-code">([^<]+)<', text(page))


def test_slips_for_some_with_accounts_for_those_who_have_none(desk):
    chosen, other = make_member("张伟", phone="13800138000"), make_member("李娜")
    make_user(username="ZhangWei", last_login=timezone.now())
    page = desk.post(SLIPS, {"members": [chosen.pk]})
    account = User.objects.get(member=chosen)
    assert (account.username, account.mobile) == ("zhangwei2", "13800138000")
    assert not User.objects.filter(member=other).exists()
    [code] = codes(page)
    assert f"{PAGE}#{code}" not in text(page)  # only inside the picture
    assert page.context["sheets"][0]["qr"].startswith("<svg")
    assert "13800138000" not in text(page)
    assert use(code).status_code == 302


def test_slips_for_everybody_without_account_or_never_signed_in(desk, secretary):
    without, unused = make_member(), make_user()
    make_user(last_login=timezone.now())
    forgetful, done = make_user(last_login=timezone.now()), make_user(last_login=timezone.now())
    actions.issue_slip(forgetful, by=secretary)
    use(actions.issue_slip(done, by=secretary))
    make_member(left_on=datetime.date(2024, 1, 1))
    page = desk.post(SLIPS, {"everybody": "on"})
    assert len(codes(page)) == 3
    assert {sheet["account"].member for sheet in page.context["sheets"]} == {
        without,
        unused.member,
        forgetful.member,
    }
    assert not secretary.slips.exists()


def test_choosing_nobody_is_said(desk):
    make_member()
    assert desk.post(SLIPS, {}).context["form"].non_field_errors() == ["Choose somebody."]


def test_the_administrator_learns_no_telephone_number(administrator, client):
    member = make_member(phone="13800138000")
    client.force_login(administrator)
    client.post(SLIPS, {"members": [member.pk]})
    assert User.objects.get(member=member).mobile is None


@pytest.mark.parametrize(("name", "login"), [("张伟", "zhangwei"), ("吕一", "lvyi"), ("Ana", "ana")])
def test_login_names_are_read_from_the_name(db, name, login):
    assert free_login_name(make_member(name)) == login


def test_the_list_of_slips_asks_the_database_equally_often(desk, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(40) as captured:
            desk.get(SLIPS)
        return len(captured)

    make_user(), make_member()
    few = queries()
    for _number in range(5):
        actions.issue_slip(make_user(), by=make_user(Role.ADMINISTRATOR, last_login=timezone.now()))
        make_member()
    assert queries() == few


# --- the trace ------------------------------------------------------------------------------------
def test_the_account_page_tells_the_history(desk, account, secretary, code):
    use(code)
    actions.issue_slip(account, by=secretary)
    shown = text(desk.get(f"/en/desk/accounts/{account.pk}/"))
    assert shown.count("issued an activation slip for") == 2
    assert " · used " in shown
    assert " · unused, valid until" in shown


def test_the_holder_is_told_of_an_unused_slip(code, account, client):
    client.force_login(account)
    assert "Did you not ask for it?" in text(client.get("/en/desk/"))
    use(code)
    client.force_login(User.objects.get(pk=account.pk))
    assert "Did you not ask for it?" not in text(client.get("/en/desk/"))


# --- used, and not yet looked at --------------------------------------------------------------------
SLIPS_SEEN = "/en/desk/accounts/slips/seen/"


def unseen(client) -> list[str]:
    return [slip.user.username for slip in client.get(SLIPS).context["used"]]


def test_a_used_slip_stays_on_the_page_until_it_was_looked_at(desk, code, administrator):
    assert unseen(desk) == []
    use(code)
    page = desk.get(SLIPS)
    assert "Used, and not yet looked at" in text(page)
    assert "activation slips used, to look at" in text(desk.get("/en/desk/"))
    assert unseen(desk) == ["zhangwei"]  # a look alone, by a link, takes nothing away
    until = page.context["used"][0].used_at.isoformat()
    assert desk.post(SLIPS_SEEN, {"until": until}).url == SLIPS
    assert unseen(desk) == []
    assert "activation slips used" not in text(desk.get("/en/desk/"))
    other = Client()
    other.force_login(administrator)
    assert unseen(other) == ["zhangwei"]  # everybody looks with their own eyes


def test_a_slip_used_since_the_page_was_made_stays(desk, code, secretary):
    use(code)
    until = desk.get(SLIPS).context["used"][0].used_at.isoformat()
    use(actions.issue_slip(make_user(username="lina"), by=secretary))
    desk.post(SLIPS_SEEN, {"until": until})
    assert unseen(desk) == ["lina"]


@pytest.mark.parametrize("until", ["", "x", "2025-02-30T00:00:00+00:00", "2025-01-01T00:00:00"])
def test_a_spoilt_answer_takes_nothing_away(desk, code, until):
    use(code)
    assert desk.post(SLIPS_SEEN, {"until": until}).status_code == 302
    assert unseen(desk) == ["zhangwei"]


def test_nobody_has_seen_what_is_still_to_come(desk, code, secretary):
    desk.post(SLIPS_SEEN, {"until": "2999-01-01T00:00:00+00:00"})
    use(code)
    assert unseen(desk) == ["zhangwei"]


# --- passkeys and codes made before ---------------------------------------------------------------
@pytest.fixture
def factors(account):
    """A passkey, codes from an app, recovery codes."""
    sealed = SecondFactorAdapter().encrypt(SECRET)
    account.authenticator_set.create(type="totp", data={"secret": sealed})
    account.authenticator_set.create(type="webauthn", data={"name": "旧手机"})
    account.authenticator_set.create(type="recovery_codes", data={"seed": sealed, "used_mask": 0})
    return account.authenticator_set


def issue(desk, account: User, **fields):
    return desk.post(f"/en/desk/accounts/{account.pk}/slip/", fields)


def test_after_the_slip_its_holder_looks_through_what_else_opens_the_account(factors, code):
    client = Client()
    shown = text(client.post(PAGE, {"code": code}))
    assert "Passkeys and codes made before stay" in shown
    use(code, client)
    answer = client.post("/en/desk/sign-in/second-factor/", {"code": one_time_code(SECRET)})
    assert answer.url == "/en/desk/account/after-slip/"
    shown = text(client.get(answer.url))
    passkey = factors.get(type="webauthn")
    assert "旧手机" in shown
    for address in (f"/en/desk/account/passkeys/{passkey.pk}/remove/", "/en/desk/account/codes/remove/"):
        assert address in shown
        assert client.get(address).url.startswith("/en/desk/account/confirm/")
    client.post("/en/desk/account/confirm/", {"password": OWN})
    client.post(f"/en/desk/account/passkeys/{passkey.pk}/remove/")
    assert not factors.filter(type="webauthn").exists()


def test_without_passkeys_and_codes_the_slip_leads_to_the_desk(code):
    assert use(code).url == "/en/desk/"


def test_a_slip_for_a_lost_device_ends_passkeys_and_codes_when_it_is_used(desk, account, factors):
    page = issue(desk, account, device_lost="on", reason="手机丢了")
    assert "their device was reported lost" in text(page)
    [code] = codes(page)
    assert factors.count() == 3  # nothing is lost before
    holder = Client()
    holder.force_login(account)
    assert "ends the second factors when it is used (手机丢了)" in text(holder.get("/en/desk/"))
    assert "noted that their device is lost (手机丢了)" in text(Client().post(PAGE, {"code": code}))
    client = Client()
    assert use(code, client).url == "/en/desk/"
    assert not factors.exists()
    assert "took away the second factors" in text(client.get("/en/desk/"))


def test_two_traces_stay_of_a_slip_that_ended_factors(account, factors, secretary):
    code = actions.issue_slip(account, by=secretary, ends_factors_for="手机丢了")
    actions.use_slip(actions.find_slip(code), password=OWN)
    assert list(AccessGiven.objects.values_list("kind", "by", "reason")) == [
        ("slip", secretary.pk, "手机丢了"),
        ("factors", secretary.pk, "手机丢了"),
    ]


@pytest.mark.parametrize(
    ("fields", "where"), [({"device_lost": "on"}, "reason"), ({"reason": "手机丢了"}, "device_lost")]
)
def test_a_lost_device_is_told_with_its_reason(desk, account, factors, fields, where):
    assert list(issue(desk, account, **fields).context["form"].errors) == [where]
    assert not account.slips.exists()


def test_where_there_is_nothing_to_lose_nothing_is_asked(desk, account):
    page = desk.get(f"/en/desk/accounts/{account.pk}/slip/")
    assert "device_lost" not in text(page)
    issue(desk, account, device_lost="on", reason="手机丢了")
    assert not account.slips.get().ends_factors


def test_an_ordinary_slip_leaves_passkeys_and_codes(desk, account, factors):
    assert "device_lost" in text(desk.get(f"/en/desk/accounts/{account.pk}/slip/"))
    [code] = codes(issue(desk, account))
    use(code)
    assert factors.count() == 3


# --- the first administrator ----------------------------------------------------------------------
def first_administrator(*arguments: str) -> str:
    out = StringIO()
    call_command("create_administrator", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_administrator_gets_a_link(db):
    make_branch()
    printed = first_administrator("admin", "--address", "https://branch.example.org/")
    link = printed.splitlines()[0]
    assert link.startswith("https://branch.example.org/zh-hans/desk/activate/#")
    client = Client()
    assert use(link.partition("#")[2], client).status_code == 302
    assert User.objects.get().is_administrator
    assert client.get("/en/desk/accounts/").status_code == 200


def test_a_second_administrator_is_made_only_deliberately(administrator):
    with pytest.raises(CommandError, match="active administrator already"):
        first_administrator("second")
    assert first_administrator("second", "--another")
    assert User.objects.filter(is_administrator=True).count() == 2


@pytest.mark.parametrize("login", ["12345678901", "with space", "ZHANGWEI"])
def test_an_impossible_login_name_is_refused_in_one_line(account, login):
    with pytest.raises(CommandError) as refusal:
        first_administrator(login)
    assert "\n" not in str(refusal.value)


def test_the_last_administrators_factors_are_taken_away_on_the_server(administrator):
    administrator.authenticator_set.create(type="totp", data={"secret": "x"})
    call_command("remove_second_factors", administrator.username, "--reason", "手机丢了")
    assert not administrator.authenticator_set.exists()
    assert AccessGiven.objects.get().by is None
    client = Client()
    client.force_login(administrator)
    assert "the server's command line took away the second factors" in text(client.get("/en/desk/"))
    for login in (administrator.username, "nobody"):
        with pytest.raises(CommandError):
            call_command("remove_second_factors", login, "--reason", "x")


def test_a_password_of_the_account_is_never_on_the_slip_page(desk, account):
    shown = text(desk.post(f"/en/desk/accounts/{account.pk}/slip/"))
    assert PASSWORD not in shown
