"""Signing in and out, and what belongs to one's own account. Of allauth's addresses, those named here exist and no others:
no sign-up, no keeping of e-mail addresses, no sign-in by a code sent somewhere."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from members.permissions import Capability, public, requires
from members.views import forgotten, security, sign_in, slips

signed_in = requires(Capability.USE_DESK)

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/second-factor/", public(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", public(never_cache(webauthn.login_webauthn)), name="mfa_login_webauthn"),
    # Public, since whoever has lost every role must still be able to sign out.
    path("sign-out/", public(never_cache(account.logout)), name="account_logout"),
    path("activate/", slips.activate, name="activate"),
    path("password/", security.password, name="account_change_password"),
    path("password/forgotten/", forgotten.forgotten, name="account_reset_password"),
    path("password/forgotten/sent/", forgotten.sent, name="account_reset_password_done"),
    re_path(
        r"^password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        forgotten.from_mail,
        name="account_reset_password_from_key",
    ),
    path("password/forgotten/done/", forgotten.done, name="account_reset_password_from_key_done"),
    path("account/", security.security, name="mfa_index"),
    path("account/after-slip/", security.after_slip, name="account_after_slip"),
    path("account/language/", security.language, name="account_language"),
    path("account/sessions/", security.sessions, name="usersessions_list"),
    path("account/confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        signed_in(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/codes/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("account/codes/remove/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/new/", signed_in(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", security.remove_passkey, name="mfa_remove_webauthn"),
    path(
        "account/recovery-codes/",
        signed_in(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        signed_in(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
