"""Accounts: opened, closed, opened again; what becomes of them when somebody leaves."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import actions
from members.models import AccessGiven, ActivationSlip, TimelineEntry, Transfer, User
from members.permissions import Role
from tests.factories import PASSWORD, make_event, make_group, make_member, make_position, make_user

NEW = "/en/desk/accounts/new/"


def slip(response) -> str:
    """The code on the page."""
    assert response.status_code == 200
    return re.search(r'class="slip-code">([^<]+)<', response.content.decode())[1]


OWN = "quiet-river-stone"


def activated(code: str, password: str = OWN) -> Client:
    """A browser in which somebody has used the slip."""
    client = Client()
    fields = {"code": code, "password1": password, "password2": password}
    assert client.post("/en/desk/activate/", fields).status_code == 302
    return client


def step(client, account: User, name: str):
    return client.post(f"/en/desk/accounts/{account.pk}/{name}/")


def can_sign_in(account: User, password: str) -> bool:
    fields = {"login": account.username, "password": password}
    return Client().post("/en/desk/sign-in/", fields).status_code == 302


def is_in(client) -> bool:
    return client.get("/en/desk/members/").status_code == 200


def test_an_account_is_made_with_a_slip_and_without_a_password(desk):
    member = make_member("丁一")
    response = desk.post(NEW, {"member": member.pk, "username": "dingyi", "mobile": "138 0013 8000"})
    account = User.objects.get(username="dingyi")
    assert (account.member, account.mobile) == (member, "13800138000")
    assert not account.has_usable_password()
    assert is_in(activated(slip(response)))
    assert can_sign_in(account, OWN)
    assert "no-store" in response["Cache-Control"]


def test_an_empty_number_is_none(desk):
    for name in ("dingyi", "dinger"):
        desk.post(NEW, {"member": make_member().pk, "username": name, "mobile": " "})
    assert list(User.objects.filter(username__startswith="ding").values_list("mobile", flat=True)) == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"username": "ZhangWei"}, "username", "This login name is taken."),
        ({"username": "zhangwei"}, "username", "This login name is taken."),
        ({"username": "13800138000"}, "username", "Begin with a letter; no spaces and no @."),
        ({"username": "ding yi"}, "username", "Begin with a letter; no spaces and no @."),
        ({"mobile": "139 0013 9000"}, "mobile", "Another account has this mobile number."),
        (
            {"mobile": "12"},
            "mobile",
            "Enter 11 digits beginning with 1, or + and the country code for a number abroad.",
        ),
        ({"member": ""}, "member", "This field is required."),
    ],
)
def test_a_refused_account_says_why_beside_its_field(desk, fields, where, message):
    make_user(username="zhangwei", mobile="13900139000")
    response = desk.post(NEW, {"member": make_member().pk, "username": "dingyi", **fields})
    assert response.context["form"].errors == {where: [message]}
    assert response.content.decode().count(message) == 2


def test_only_people_without_an_account_are_offered(desk):
    without = make_member()
    make_user()
    make_member(left_on=datetime.date(2024, 1, 1))
    assert list(desk.get(NEW).context["form"].fields["member"].queryset) == [without]


def test_names_to_sign_in_by_can_change(desk):
    account = make_user(username="dingyi")
    elsewhere = Client()
    elsewhere.force_login(account)
    desk.post(f"/en/desk/accounts/{account.pk}/", {"username": "dingyi2", "mobile": "+86 13800138000"})
    account.refresh_from_db()
    assert (account.username, account.mobile) == ("dingyi2", "13800138000")
    assert is_in(elsewhere)


def test_the_old_password_is_good_until_the_slip_is_used(desk):
    account, elsewhere = make_user(), Client()
    elsewhere.force_login(account)
    code = slip(step(desk, account, "slip"))
    assert is_in(elsewhere)
    assert can_sign_in(account, PASSWORD)
    activated(code)
    assert not is_in(elsewhere)
    assert not can_sign_in(account, PASSWORD)
    assert can_sign_in(account, OWN)


def test_a_closed_account_is_out_at_once_and_for_good(desk):
    account, elsewhere = make_user(), Client()
    elsewhere.force_login(account)
    step(desk, account, "close")
    assert not is_in(elsewhere)
    assert not can_sign_in(account, PASSWORD)
    code = slip(step(desk, account, "reopen"))
    assert not is_in(elsewhere)
    assert not can_sign_in(account, PASSWORD)
    activated(code)
    assert can_sign_in(account, OWN)


def test_closing_revokes_the_slip(desk):
    account = make_user()
    step(desk, account, "slip")
    step(desk, account, "close")
    assert account.slips.get().state == ActivationSlip.State.REVOKED


@pytest.mark.parametrize("name", ["slip", "slip/revoke", "close", "reopen"])
def test_a_step_asks_before_it_acts(desk, name):
    account = make_user()
    before = User.objects.values().get(pk=account.pk)
    assert desk.get(f"/en/desk/accounts/{account.pk}/{name}/").status_code == 200
    assert User.objects.values().get(pk=account.pk) == before


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("close", "Nobody closes their own account."),
        ("slip", "You change your own password under “Change password”."),
    ],
)
def test_nobody_does_it_to_themselves(desk, secretary, name, message):
    response = desk.post(f"/en/desk/accounts/{secretary.pk}/{name}/", follow=True)
    assert message in response.content.decode()
    assert is_in(desk)


def test_the_last_administrator_stays(desk, administrator):
    with pytest.raises(ValidationError, match="last administrator"):
        actions.close_account(administrator, by=make_user())
    second = make_user(Role.ADMINISTRATOR)
    actions.close_account(administrator, by=second)
    assert list(User.objects.filter(is_administrator=True, is_active=True)) == [second]
    with pytest.raises(ValidationError, match="last administrator"):
        actions.close_account(second, by=make_user())


def test_a_closed_account_gets_no_slip_but_is_opened_again():
    account, by = make_user(is_active=False), make_user(Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="closed"):
        actions.issue_slip(account, by=by)
    actions.reopen_account(account, by=by)
    with pytest.raises(ValidationError, match="open"):
        actions.reopen_account(account, by=by)


def test_whoever_left_gets_no_account_and_none_back():
    gone, by = make_member(left_on=datetime.date(2024, 1, 1)), make_user(Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="left the branch"):
        actions.open_account(User(username="gone", member=gone), by=by)
    account = make_user(member=gone, is_active=False)
    with pytest.raises(ValidationError, match="left the branch"):
        actions.reopen_account(account, by=by)


def test_the_list_masks_numbers_and_finds_by_pinyin(desk):
    make_user(member=make_member("李四"), username="x1", mobile="13800138000")
    page = desk.get("/en/desk/accounts/", {"q": "li si"}).content.decode()
    assert "138******00" in page
    assert "13800138000" not in page
    assert "1 account" in page


def listed(desk, **asked) -> set[str]:
    return {account.username for account in desk.get("/en/desk/accounts/", asked).context["page"]}


def test_accounts_are_filtered_by_state(desk, secretary):
    """Open and used, open and awaited (never used, or with a slip that nobody has used), closed: each is one of them."""
    now = timezone.now()
    make_user(username="in_use", last_login=now)
    make_user(username="never")
    actions.issue_slip(make_user(username="slip", last_login=now), by=secretary)
    make_user(username="closed", is_active=False)
    made = {"in_use", "never", "slip", "closed"}
    assert listed(desk, state="in_use") & made == {"in_use"}
    assert listed(desk, state="awaited") & made == {"never", "slip"}
    assert listed(desk, state="closed") == {"closed"}
    assert listed(desk, state="nonsense") >= made


def test_accounts_are_filtered_by_the_roles_they_have_today(desk):
    group, yesterday = make_group(), timezone.localdate() - datetime.timedelta(days=1)
    for post in ("deputy", "publicity", "discipline", "group_leader"):
        leads = group if post == "group_leader" else None
        make_position(make_user(username=post).member, post, party_group=leads)
    make_position(make_user(username="former").member, "committee", ended_on=yesterday)
    make_position(make_user(username="shut", is_active=False).member, "committee")
    gone = make_user(username="gone").member
    make_event(gone, "moved_out", yesterday)
    make_user(Role.ADMINISTRATOR, username="technician")
    make_user(Role.ADMINISTRATOR, username="both", member=make_member())
    for role in Role:
        expected = {user.username for user in User.objects.all() if role in user.roles}
        if role != Role.PUBLIC:
            assert listed(desk, role=role) == expected
            assert expected


def test_accounts_are_filtered_by_their_second_factor_and_say_it(desk):
    for name, kind in (("codes", "totp"), ("passkey", "webauthn"), ("recovery", "recovery_codes")):
        make_user(username=name).authenticator_set.create(type=kind, data={})
    assert listed(desk, factor="yes") == {"codes", "passkey"}
    assert "recovery" in listed(desk, factor="no")
    assert not {"codes", "passkey"} & listed(desk, factor="no")
    assert "second factor set up" in desk.get("/en/desk/accounts/", {"q": "passkey"}).content.decode()
    assert "second factor set up" not in desk.get("/en/desk/accounts/", {"q": "recovery"}).content.decode()


def test_filters_and_words_narrow_together(desk):
    make_user(username="anna", is_active=False)
    make_user(username="annabel")
    make_user(username="bo", is_active=False)
    assert listed(desk, q="anna", state="closed") == {"anna"}
    page = desk.get("/en/desk/accounts/", {"q": "anna", "state": "closed", "factor": "yes"}).content.decode()
    assert "No account matches this search." in page
    assert '<option value="closed" selected>' in page


@pytest.mark.parametrize("asked", [{}, {"role": "committee"}, {"state": "awaited", "factor": "no"}])
def test_the_list_of_accounts_asks_as_often_for_few_as_for_many(desk, asked):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert listed(desk, **asked)
        return len(captured)

    make_user(Role.COMMITTEE)
    few = queries()
    for _account in range(12):
        make_user(Role.COMMITTEE)
    assert queries() == few


@pytest.mark.parametrize("words", ["a%00b", "%FF", "x" * 61, "%25_"])
def test_nonsense_in_the_search_is_no_error(desk, words):
    assert desk.get(f"/en/desk/accounts/?q={words}").status_code == 200


# --- who leaves the branch ------------------------------------------------------------------------
def leave(member, kind: str, *, by: User) -> None:
    actions.enter_event(TimelineEntry(member=member, kind=kind, on=datetime.date(2025, 5, 1)), by=by)


@pytest.mark.parametrize("kind", ["moved_out", "withdrawn", "removed", "died"])
def test_leaving_closes_the_account_and_keeps_the_record(secretary, kind):
    account, elsewhere = make_user(), Client()
    elsewhere.force_login(account)
    code = actions.issue_slip(account, by=secretary)
    leave(account.member, kind, by=secretary)
    account.refresh_from_db()
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert not is_in(elsewhere)
    assert actions.find_slip(code).state == ActivationSlip.State.REVOKED
    assert account.member.timeline.filter(kind=kind).exists()


def test_an_accepted_letter_closes_the_account(secretary):
    account = make_user()
    letter = actions.draft_letter(
        Transfer(member=account.member, direction="out", other_branch="邻市医学会党支部"), by=secretary
    )
    day = datetime.date(2025, 5, 1)
    actions.issue_letter(letter, on=day, by=secretary)
    assert User.objects.get(pk=account.pk).is_active
    actions.accept_letter(letter, on=day, by=secretary)
    assert not User.objects.get(pk=account.pk).is_active


def test_a_corrected_event_that_says_so_closes_the_account_too(secretary):
    account = make_user()
    entry = make_event(account.member, "suspended")
    entry.kind = "removed"
    actions.correct_event(entry, by=secretary, reason="写错了")
    assert not User.objects.get(pk=account.pk).is_active


def test_who_comes_back_is_let_in_again_deliberately_and_with_a_new_slip(secretary):
    account = make_user()
    leave(account.member, "moved_out", by=secretary)
    back = TimelineEntry(member=account.member, kind="moved_in", on=datetime.date(2025, 6, 1))
    actions.enter_event(back, by=secretary)
    account = User.objects.get(pk=account.pk)
    assert not account.is_active
    assert is_in(activated(actions.reopen_account(account, by=secretary)))


def test_a_person_without_an_account_leaves_all_the_same(secretary):
    member = make_member()
    leave(member, "died", by=secretary)
    member.refresh_from_db()
    assert member.left_on


def test_the_last_administrator_does_not_leave_the_portal_alone(secretary):
    administrator = make_user(Role.ADMINISTRATOR, member=make_member())
    with pytest.raises(ValidationError, match="last administrator"):
        leave(administrator.member, "moved_out", by=secretary)
    assert not TimelineEntry.objects.filter(kind="moved_out").exists()
    make_user(Role.ADMINISTRATOR)
    leave(administrator.member, "moved_out", by=secretary)
    assert not User.objects.get(pk=administrator.pk).is_active


# --- second factors taken away ---------------------------------------------------------------------
def with_factor(user: User) -> User:
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    return user


@pytest.mark.parametrize("reason", ["", "  "])
def test_factors_are_taken_away_for_a_reason_only(desk, reason):
    account = with_factor(make_user())
    page = desk.post(f"/en/desk/accounts/{account.pk}/second-factors/", {"reason": reason})
    assert list(page.context["form"].errors) == ["reason"]
    assert account.authenticator_set.exists()


def test_factors_taken_away_are_recorded_and_told(desk, secretary, client):
    account = with_factor(make_user())
    desk.post(f"/en/desk/accounts/{account.pk}/second-factors/", {"reason": "手机丢了"})
    assert not account.authenticator_set.exists()
    given = AccessGiven.objects.get(user=account)
    assert (given.kind, given.by, given.reason) == ("factors", secretary, "手机丢了")
    client.force_login(account)
    assert "took away the second factors" in client.get("/en/desk/").content.decode()


def test_nobody_takes_away_their_own_factors(secretary):
    with pytest.raises(ValidationError, match="their own"):
        actions.remove_factors(with_factor(secretary), by=secretary, reason="忘了")
    with pytest.raises(ValidationError, match="no second factor"):
        actions.remove_factors(make_user(), by=secretary, reason="忘了")


def test_a_closed_account_comes_back_without_its_passkeys(secretary):
    """Somebody else may have made one before it was closed."""
    account = make_user()
    Authenticator.objects.create(user=account, type="webauthn", data={})
    actions.close_account(account, by=secretary)
    actions.reopen_account(account, by=secretary)
    assert not Authenticator.objects.filter(user=account).exists()


def test_the_address_for_mail_is_kept_with_the_account(client, secretary):
    account = make_user()
    client.force_login(secretary)
    fields = {"username": account.username, "mobile": "", "email": "someone@example.org"}
    assert client.post(f"/en/desk/accounts/{account.pk}/", fields).status_code == 302
    account.refresh_from_db()
    assert account.email == "someone@example.org"


@pytest.mark.parametrize("address", ["known@example.org", "unknown@example.org"])
def test_a_forgotten_password_by_mail_tells_nobody_whose_address_is_known(
    client, settings, mailoutbox, address
):
    settings.EMAIL_HOST = "mail.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    account = make_user(email="known@example.org")
    answer = client.post("/en/desk/password/forgotten/", {"email": address})
    assert (answer.status_code, answer["Location"]) == (302, "/en/desk/password/forgotten/sent/")
    assert [mail.to for mail in mailoutbox] == ([[account.email]] if address == account.email else [])


# --- the number one signs in by is personal data -----------------------------------------------------
NUMBER = "13800138000"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SECRETARY])
def test_the_account_form_shows_a_part_of_the_number(client, role):
    account = make_user(username="dingyi", mobile=NUMBER)
    client.force_login(make_user(role))
    address = f"/en/desk/accounts/{account.pk}/"
    shown = client.get(address).content.decode()
    refused = client.post(address, {"username": "1", "mobile": "", "email": ""}).content.decode()
    for page in (shown, refused):
        assert NUMBER not in page
        assert "138******00" in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [({}, NUMBER), ({"mobile": "139 0013 9000"}, "13900139000"), ({"no_mobile": "on"}, None)],
)
def test_the_number_stays_unless_another_is_typed_or_none_is_chosen(desk, typed, kept):
    account = make_user(username="dingyi", mobile=NUMBER)
    fields = {"username": "dingyi", "mobile": "", "email": "", **typed}
    assert desk.post(f"/en/desk/accounts/{account.pk}/", fields).status_code == 302
    account.refresh_from_db()
    assert account.mobile == kept


def test_another_number_and_none_at_once_is_asked_about(desk):
    account = make_user(username="dingyi", mobile=NUMBER)
    fields = {"username": "dingyi", "mobile": "13900139000", "no_mobile": "on", "email": ""}
    page = desk.post(f"/en/desk/accounts/{account.pk}/", fields)
    assert page.context["form"].errors == {"mobile": ["Either another number, or none."]}
    assert User.objects.get(pk=account.pk).mobile == NUMBER
