"""Who may open which address: every route of the portal × every role, written by hand.

From the handbook, section 2 (roles and rights), and the comments of ``members/permissions.py``, not from
the code that is checked:

* The administrator keeps the portal running: accounts and the branch's particulars; no minutes, no news.
* The secretary does everything; the deputy acts for the secretary.
* The committee plans and records meetings, reads all minutes, writes and publishes news.
* A member sees the people of the branch, and the meetings he or she is invited to; their minutes once
  they are signed. Who chairs a meeting works on its minutes too.
* A paper of a person is for the person and the secretary, for the committee too, or for the secretary alone, as it says.
  A photograph is personal data. Members ask for changes of their contact data, the secretary decides.
* A group leader sees the personal data of the own group's people, and is a member in everything else.
* A secret ballot: secretary and committee run it, the secretary announces it and declares it void, an administrator
  may close it and do nothing else with it. Whoever is on the roll votes, and sees the result once it is announced;
  a scrutineer makes a key and counts; every other Party member sees that there is a ballot and that he or she is not on
  its roll, and nothing else.
* An appraisal: the committee plans it, sees the papers and proposes grades; the secretary leads it from step to step.
  Whoever takes part sees it from the approved plan on, writes the own paper and sees the own result; the administrator
  and those who take no part see nothing of it.
* The integrity-risk catalogue and the dual-responsibility list are open inside the branch and kept by the committee; the
  holder of a post notes what was done for it. The administrator has no part in them.
* The rectification ledger: members read the branch's entries, the committee keeps them; whoever is in charge of one
  notes progress and reports it as done, and never closes it. A personal entry is for the member, the secretary and the
  discipline commissioner (the deputy acts for the secretary); for everybody else it is not there. The administrator has
  no part in it. Tasks are made by the committee, and by whoever chairs or records; the secretary and the chair confirm.
* What somebody was told is that person's; a calendar is read by whoever knows its secret address, without a sign-in.
* The public reads what is published, and nothing else.

What one may not see is not found (404); what one may not do is refused (403).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from members.permissions import Role

OF_THE_LED_GROUP = ", of the led group"

OPEN = "200"
MOVED = "302"  # done, or refused in words on another page
CLOSED = "403"
ABSENT = "404"
WRONG = "400"  # theirs to do, but an empty request is none
SIGN_IN = "sign-in"

ROLES = (Role.ADMINISTRATOR, Role.SECRETARY, Role.COMMITTEE, Role.MEMBER, Role.PUBLIC)


@dataclass(frozen=True)
class Entry:
    """One address, of one object (a name in ``objects.py``), and what each of ROLES gets.

    ``leader``: what a group leader gets where it is another answer than a member's. The leader is asked as the very
    member of the matrix, who has the post besides, so that own and others' objects are the same.
    """

    route: str
    of: str
    outcomes: tuple[str, ...]
    method: str = "get"
    leader: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.route}" + (f" ({self.of})" if self.of else "")

    def outcome_for(self, role: Role) -> str:
        if role == Role.GROUP_LEADER:
            return self.leader or self.outcome_for(Role.MEMBER)
        return self.outcomes[ROLES.index(role)]


def page(route: str, of: str, *outcomes: str, leader: str = "") -> Entry:
    return Entry(route, of, outcomes, leader=leader)


def step(route: str, of: str, *outcomes: str) -> Entry:
    """An address that is only posted to."""
    return Entry(route, of, outcomes, method="post")


# fmt: off
_WRITTEN = (
    #                                              administrator secretary committee member public
    # --- for everybody
    page("healthz", "",                                  OPEN,   OPEN,   OPEN,   OPEN,   OPEN),
    page("entrance", "",                                 MOVED,  MOVED,  MOVED,  MOVED,  MOVED),
    page("news:home", "",                                OPEN,   OPEN,   OPEN,   OPEN,   OPEN),
    page("news:list", "",                                OPEN,   OPEN,   OPEN,   OPEN,   OPEN),
    page("news:article", "published report",             OPEN,   OPEN,   OPEN,   OPEN,   OPEN),
    page("news:article", "withdrawn report",             ABSENT, ABSENT, ABSENT, ABSENT, ABSENT),
    page("pictures:file", "picture of a published report", OPEN, OPEN,   OPEN,   OPEN,   OPEN),
    page("pictures:file", "picture of a draft",          ABSENT, OPEN,   OPEN,   ABSENT, ABSENT),
    page("pictures:file", "picture of a withdrawn report", ABSENT, OPEN, OPEN,   ABSENT, ABSENT),
    page("account_login", "",                            MOVED,  MOVED,  MOVED,  MOVED,  OPEN),
    page("account_logout", "",                           OPEN,   OPEN,   OPEN,   OPEN,   MOVED),
    # A slip's link, and the page for a forgotten password: read by whoever has neither password nor session.
    page("activate", "",                                 OPEN,   OPEN,   OPEN,   OPEN,   OPEN),
    step("activate", "",                                 OPEN,   OPEN,   OPEN,   OPEN,   OPEN),
    page("account_reset_password", "",                   OPEN,   OPEN,   OPEN,   OPEN,   OPEN),
    # Without a mail server there is no way by e-mail.
    page("account_reset_password_done", "",              ABSENT, ABSENT, ABSENT, ABSENT, ABSENT),
    page("account_reset_password_from_key", "link of a mail", ABSENT, ABSENT, ABSENT, ABSENT, ABSENT),
    page("account_reset_password_from_key_done", "",     ABSENT, ABSENT, ABSENT, ABSENT, ABSENT),
    # Steps of signing in: nothing to do for whoever is in, back to the beginning for whoever did not begin.
    page("mfa_authenticate", "",                         MOVED,  MOVED,  MOVED,  MOVED,  MOVED),
    page("mfa_login_webauthn", "",                       MOVED,  MOVED,  MOVED,  MOVED,  MOVED),

    # --- the desk, for everybody with an account
    page("desk:home", "",                                OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("account_change_password", "",                  OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),

    # --- one's own account; what is about second factors asks for the password first
    page("mfa_index", "",                                OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("account_after_slip", "",                       OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("account_language", "",                         MOVED,  MOVED,  MOVED,  MOVED,  SIGN_IN),
    page("usersessions_list", "",                        OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("account_reauthenticate", "",                   OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    # Nobody here has a factor to confirm with.
    page("mfa_reauthenticate", "",                       MOVED,  MOVED,  MOVED,  MOVED,  SIGN_IN),
    page("mfa_reauthenticate_webauthn", "",              MOVED,  MOVED,  MOVED,  MOVED,  SIGN_IN),
    page("mfa_activate_totp", "",                        MOVED,  MOVED,  MOVED,  MOVED,  SIGN_IN),
    page("mfa_deactivate_totp", "",                      ABSENT, ABSENT, ABSENT, ABSENT, SIGN_IN),
    page("mfa_add_webauthn", "",                         MOVED,  MOVED,  MOVED,  MOVED,  SIGN_IN),
    page("mfa_remove_webauthn", "somebody's passkey",    ABSENT, ABSENT, ABSENT, ABSENT, SIGN_IN),
    page("mfa_view_recovery_codes", "",                  ABSENT, ABSENT, ABSENT, ABSENT, SIGN_IN),
    page("mfa_generate_recovery_codes", "",              MOVED,  MOVED,  MOVED,  MOVED,  SIGN_IN),

    # --- the rectification ledger: the administrator has no part in it
    page("rectification:list", "",                       CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("rectification:board", "",                      CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("rectification:print", "",                      CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("rectification:new", "",                        CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("rectification:from_meeting", "signed life meeting", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    page("rectification:detail", "entry of somebody",    CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("rectification:detail", "entry of the member",  CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("rectification:detail", "personal entry of somebody", CLOSED, OPEN, ABSENT, ABSENT, SIGN_IN),
    page("rectification:detail", "personal entry of the member", CLOSED, OPEN, ABSENT, OPEN, SIGN_IN),
    page("rectification:change", "entry of somebody",    CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("rectification:change", "personal entry of somebody", CLOSED, OPEN, ABSENT, CLOSED, SIGN_IN),
    page("rectification:again", "closed entry",          CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("rectification:evidence", "paper of an entry",  CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("rectification:evidence", "paper of a personal entry", CLOSED, OPEN, ABSENT, ABSENT, SIGN_IN),
    # Whose business it is gets the page again, for nothing is typed.
    step("rectification:step", "progress of somebody's entry", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    step("rectification:step", "progress of the member's entry", CLOSED, OPEN, OPEN, OPEN, SIGN_IN),
    step("rectification:step", "progress of somebody's personal entry", CLOSED, OPEN, ABSENT, ABSENT, SIGN_IN),
    step("rectification:step", "progress of the member's personal entry", CLOSED, OPEN, ABSENT, OPEN, SIGN_IN),
    step("rectification:step", "check of somebody's entry", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    # refused in words to whoever is in charge.
    step("rectification:step", "check of the member's entry", CLOSED, OPEN, OPEN, MOVED, SIGN_IN),

    # --- tasks from meetings
    page("rectification:tasks", "",                      CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("rectification:task", "task of the member",     CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("rectification:task", "task of somebody",       CLOSED, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("rectification:task_change", "task of the member", CLOSED, OPEN, OPEN,  CLOSED, SIGN_IN),
    page("rectification:task_new", "signed life meeting", CLOSED, OPEN,  OPEN,   ABSENT, SIGN_IN),
    page("rectification:tasks_from_meeting", "signed life meeting", CLOSED, OPEN, OPEN, ABSENT, SIGN_IN),
    step("rectification:task_step", "report of the member's task", CLOSED, OPEN, OPEN, OPEN, SIGN_IN),
    step("rectification:task_step", "dropping of the member's task", CLOSED, OPEN, CLOSED, CLOSED, SIGN_IN),
    step("rectification:task_step", "report of somebody's task", CLOSED, OPEN, OPEN, ABSENT, SIGN_IN),

    # --- people
    page("members:list", "",                             OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    # Files: the secretary with all columns, the committee with those it sees; administrators see that files were taken.
    step("members:export", "",                           CLOSED, WRONG,  WRONG,  CLOSED, SIGN_IN),
    page("members:exports", "",                          OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("statistics:overview", "",                      CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("statistics:people", "",                        CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("statistics:person", "person",                  CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("statistics:person", "the member",              CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("statistics:person", "person who left",         ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    # The year on paper, for committee and secretary; a year that cannot be is not there.
    page("workbook:home", "",                            CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("workbook:book", "year of a workbook",          CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("workbook:book", "year that cannot be",         CLOSED, ABSENT, ABSENT, CLOSED, SIGN_IN),
    page("workbook:figures", "year of a workbook",       CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("workbook:figures", "year that cannot be",      CLOSED, ABSENT, ABSENT, CLOSED, SIGN_IN),
    page("members:detail", "person",                     OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("members:detail", "person who left",            ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("members:new", "",                              CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    # A table on its way into the records is for whoever uploaded it, and for nobody else.
    page("members:import", "",                           CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:import_template", "",                  CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:import_columns", "own import",         CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:import_check", "own import",           CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    page("members:import_preview", "own import",         CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    page("members:import_rejected", "own import",        CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    step("members:import_confirm", "own import",         CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    page("members:import_writing", "own import",         CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    page("members:import_report", "own import",          CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    step("members:import_leave_out", "own import",       CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    step("members:import_cancel", "own import",          CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    page("members:import_columns", "another's import",   CLOSED, ABSENT, CLOSED, CLOSED, SIGN_IN),
    page("members:import_check", "another's import",     CLOSED, ABSENT, CLOSED, CLOSED, SIGN_IN),
    page("members:import_preview", "another's import",   CLOSED, ABSENT, CLOSED, CLOSED, SIGN_IN),
    page("members:import_rejected", "another's import",  CLOSED, ABSENT, CLOSED, CLOSED, SIGN_IN),
    step("members:import_confirm", "another's import",   CLOSED, ABSENT, CLOSED, CLOSED, SIGN_IN),
    page("members:import_writing", "another's import",   CLOSED, ABSENT, CLOSED, CLOSED, SIGN_IN),
    page("members:import_report", "another's import",    CLOSED, ABSENT, CLOSED, CLOSED, SIGN_IN),
    step("members:import_leave_out", "another's import", CLOSED, ABSENT, CLOSED, CLOSED, SIGN_IN),
    step("members:import_cancel", "another's import",    CLOSED, ABSENT, CLOSED, CLOSED, SIGN_IN),
    page("members:edit", "person",                       CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:appoint", "person",                    CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:event_new", "person",                  CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:event_correct", "event",               CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:event_take_out", "event",              CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    # Sensitive data: the person and the secretary, nobody else of the branch.
    step("members:sensitive", "person",                  CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    step("members:sensitive", "the member",              CLOSED, OPEN,   CLOSED, OPEN,   SIGN_IN),
    step("members:sensitive", "person who left",         ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("members:sensitive_edit", "person",             CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:sensitive_edit", "the member",         CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    step("members:sensitive_edit", "person",             CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    step("members:sensitive_edit", "the member",         CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    page("members:history", "person",                    ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("members:history", "the member",                ABSENT, OPEN,   ABSENT, OPEN,   SIGN_IN),
    page("members:looks", "person",                      CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:looks", "the member",                  CLOSED, OPEN,   CLOSED, OPEN,   SIGN_IN),
    page("members:letters", "",                          CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:letter_new", "person",                 CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:letter_edit", "drafted letter",        CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:letter_step", "letter to issue",       CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    # A card and a yearly record: of everybody for the secretary, the own for a member (a group's: LEADER_SEES).
    page("registration_card:card", "person",             CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("registration_card:card", "the member",         CLOSED, OPEN,   CLOSED, OPEN,   SIGN_IN),
    page("registration_card:card", "person who left",    ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("registration_card:several", "",                CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN, leader=OPEN),
    page("members:roster", "",                           CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("yearly_record:record", "person",               CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("yearly_record:record", "the member",           CLOSED, OPEN,   CLOSED, OPEN,   SIGN_IN),
    page("yearly_record:record", "person who left",      ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("yearly_record:several", "",                    CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN, leader=OPEN),
    # The committee sees who is on the way into the Party; the roster is its list, too.
    page("members:admissions", "",                       CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    # The committee keeps in touch with those who are away.
    page("members:mobile", "",                           CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("members:mobile_choose", "",                    CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("members:mobile_new", "person",                 CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("members:mobile_period", "time away",           CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("members:mobile_edit", "time away",             CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("members:mobile_contact", "time away",          CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("members:mobile_contact_remove", "contact",     CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("members:merit_new", "person's awards",         CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:merit_edit", "award",                  CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:merit_remove", "award",                CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    # Papers: each for those it is for; whoever may not open it learns nothing of it.
    page("members:file_new", "person",                   CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:file", "paper of the person",          ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("members:file", "paper for the committee",      ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("members:file", "paper for the secretary",      ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("members:file", "own paper",                    ABSENT, OPEN,   ABSENT, OPEN,   SIGN_IN),
    page("members:file", "own paper for the secretary",  ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("members:file_edit", "paper of the person",     CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:file_edit", "own paper",               CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:file_remove", "paper of the person",   CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:file_remove", "own paper",             CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:photograph_edit", "person",            CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:photograph_edit", "the member",        CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:photograph", "photograph of a person", ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("members:photograph", "own photograph",         ABSENT, OPEN,   ABSENT, OPEN,   SIGN_IN),
    # Everybody's own pages; an administrator who is none of the branch has none.
    page("own_record:home", "",                          ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("own_record:ask", "telephone",                  ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("own_record:take_back", "own request to take back", ABSENT, ABSENT, ABSENT, MOVED, SIGN_IN),
    step("own_record:take_back", "another's request",    ABSENT, ABSENT, ABSENT, ABSENT, SIGN_IN),
    page("own_record:export", "",                        ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("own_record:export", "",                        ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    # Who may do what, for those who keep accounts.
    page("members:permissions", "",                      OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    # Changes that members ask for: the secretary decides.
    page("members:requests", "",                         CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:request", "another's request",         CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:request", "own request",               CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    step("members:request_approve", "another's request", CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    step("members:request_approve", "own request",       CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    step("members:request_refuse", "another's request",  CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:request_photograph", "another's photograph asked for",
                                                         ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("members:request_photograph", "own photograph asked for",
                                                         ABSENT, OPEN,   ABSENT, OPEN,   SIGN_IN),
    page("members:end_post", "post",                     CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:correct_post", "post",                 CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:remove_post", "post",                  CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:groups", "",                           CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:group", "group of the person",         CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    step("members:move_group_up", "group of the person", CLOSED, MOVED,  CLOSED, CLOSED, SIGN_IN),
    page("members:branch", "",                           OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:branch_rules", "",                     OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:accounts", "",                         OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:account_new", "",                      OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:account", "account",                   OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:slips", "",                            OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    step("members:slips_seen", "",                       MOVED,  MOVED,  CLOSED, CLOSED, SIGN_IN),
    page("members:account_slip", "account",              OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:account_revoke_slip", "account",       OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:account_factors", "account",           OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:account_close", "account",             OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("members:account_reopen", "account",            OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),

    # --- decisions: the committee keeps them; votes belong to whoever records the meeting; members read signed minutes
    page("decisions:list", "",                           OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:detail", "open matter",              ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("decisions:detail", "open matter, chaired",     ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:detail", "matter of signed minutes", ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:detail", "own execution",            ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:detail", "another's execution",      ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("decisions:new", "",                            CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("decisions:register", "",                       CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("decisions:rules", "",                          OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:new_rule", "",                       OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("decisions:remove_rule", "rule on majorities",  OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("decisions:new_category", "",                   OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("decisions:change_category", "category",        OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("decisions:new_on_meeting", "in session, invited", ABSENT, OPEN, OPEN,  CLOSED, SIGN_IN),
    page("decisions:new_on_meeting", "in session, not invited", ABSENT, OPEN, OPEN, ABSENT, SIGN_IN),
    page("decisions:new_on_meeting", "in session, chaired", ABSENT, OPEN, OPEN,  OPEN,   SIGN_IN),
    page("decisions:new_on_meeting", "signed, invited",  ABSENT, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("decisions:exclusions", "in session, invited",  ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("decisions:exclusions", "in session, chaired",  ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:add_exclusion", "in session, invited", ABSENT, OPEN, OPEN,   CLOSED, SIGN_IN),
    page("decisions:add_exclusion", "in session, chaired", ABSENT, OPEN, OPEN,   OPEN,   SIGN_IN),
    page("decisions:change_exclusion", "person left out", ABSENT, OPEN,  OPEN,   ABSENT, SIGN_IN),
    page("decisions:remove_exclusion", "person left out", ABSENT, OPEN,  OPEN,   ABSENT, SIGN_IN),
    page("decisions:change", "open matter",              ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("decisions:change", "open matter, chaired",     ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:change", "matter of signed minutes", ABSENT, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("decisions:review", "open matter",              CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("decisions:review", "open matter, chaired",     CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("decisions:discuss", "open matter",             ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("decisions:discuss", "open matter, chaired",    ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:remove", "open matter",              ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("decisions:remove", "open matter, chaired",     ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:vote", "discussed matter",           ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("decisions:vote", "discussed matter, chaired",  ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:vote", "matter of signed minutes",   ABSENT, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("decisions:defer", "discussed matter",          ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("decisions:defer", "discussed matter, chaired", ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:add_voice", "withdrawal from a matter", ABSENT, OPEN, OPEN,  ABSENT, SIGN_IN),
    page("decisions:add_voice", "withdrawal from a matter, chaired", ABSENT, OPEN, OPEN, OPEN, SIGN_IN),
    page("decisions:remove_voice", "opinion in writing", ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("decisions:take_up", "deferred matter",         CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("decisions:supersede", "decided matter",        CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("decisions:arrange", "own execution",           CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    step("decisions:start", "decided matter",            CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),
    # Whoever carries a decision out says how it goes, and somebody else checks it.
    page("decisions:step", "note on another's execution", ABSENT, OPEN,  OPEN,   ABSENT, SIGN_IN),
    page("decisions:step", "note on own execution",      ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("decisions:step", "check of own execution",     ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),

    # --- meetings; the member is invited, is not, or chairs
    page("meetings:list", "",                            OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:new", "",                             CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("meetings:detail", "planned, invited",          ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:detail", "planned, not invited",      ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("meetings:detail", "signed, not invited",       ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("meetings:plan", "planned, invited",            CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("meetings:plan", "planned, not invited",        CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("meetings:plan", "planned, chaired",            CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    step("meetings:start", "planned, invited",           ABSENT, MOVED,  MOVED,  CLOSED, SIGN_IN),
    step("meetings:start", "planned, not invited",       ABSENT, MOVED,  MOVED,  ABSENT, SIGN_IN),
    step("meetings:start", "planned, chaired",           ABSENT, MOVED,  MOVED,  MOVED,  SIGN_IN),
    step("meetings:finish", "in session, invited",       ABSENT, MOVED,  MOVED,  CLOSED, SIGN_IN),
    step("meetings:finish", "in session, chaired",       ABSENT, MOVED,  MOVED,  MOVED,  SIGN_IN),
    page("meetings:record", "in session, invited",       ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("meetings:record", "in session, chaired",       ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:record", "planned, not invited",      ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("meetings:changes", "in session, invited",      ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("meetings:changes", "in session, chaired",      ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:sign_off", "minutes, invited",        ABSENT, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("meetings:sign_off", "minutes, chaired",        ABSENT, OPEN,   CLOSED, OPEN,   SIGN_IN),
    # The member chairs; somebody else records, and has not signed yet, or has.
    page("meetings:sign_off", "minutes, to be signed first", ABSENT, OPEN, CLOSED, MOVED, SIGN_IN),
    page("meetings:sign_off", "minutes, for signature",  ABSENT, OPEN,   CLOSED, OPEN,   SIGN_IN),
    # The member has recorded and signed.
    page("meetings:sign_off", "minutes, signed as recorder", ABSENT, OPEN, CLOSED, MOVED, SIGN_IN),
    page("meetings:cancel", "planned, invited",          CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("meetings:cancel", "planned, chaired",          CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("meetings:correct", "signed, invited",          CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("meetings:minutes_paper", "signed, invited",    ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:minutes_paper", "signed, not invited", ABSENT, OPEN,  OPEN,   ABSENT, SIGN_IN),
    page("meetings:minutes_paper", "minutes, invited",   ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("meetings:history", "signed, invited",          ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:history", "signed, not invited",      ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("meetings:history", "minutes, invited",         ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("meetings:photo", "photo, signed, invited",     ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:photo", "photo, signed, not invited", ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("meetings:photo", "photo, minutes, invited",    ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("meetings:photo", "photo, minutes, chaired",    ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:paper", "paper, signed, invited",     ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:paper", "paper, signed, not invited", ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("meetings:paper", "paper, minutes, invited",    ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),

    # --- integrity: open inside the branch, kept by the committee; the holder of a post notes what was done
    page("integrity:risks", "",                          CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("integrity:risks_paper", "",                    CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("integrity:risk", "risk point",                 CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("integrity:risk_new", "",                       CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("integrity:risk_edit", "risk point",            CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("integrity:risk_rate", "risk point",            CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("integrity:risk_in_force", "risk point",        CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("integrity:risk_review", "risk point",          CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("integrity:risk_remove", "risk point",          CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("integrity:responsibilities", "",               CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("integrity:responsibilities_paper", "",         CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("integrity:responsibility", "somebody's responsibility", CLOSED, OPEN, OPEN, OPEN, SIGN_IN),
    page("integrity:responsibility_new", "",             CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("integrity:responsibility_edit", "somebody's responsibility", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    page("integrity:responsibility_end", "somebody's responsibility", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    page("integrity:fulfilment_new", "somebody's responsibility", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    page("integrity:fulfilment_new", "the member's responsibility", CLOSED, OPEN, OPEN, OPEN, SIGN_IN),
    page("integrity:fulfilment_check", "fulfilment to check", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    # --- study: topics belong to whoever records the meeting; the register is the committee's; everybody reads the rules
    page("study:register", "",                           CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("study:register_paper", "",                     CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("study:rules", "",                              OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("study:new_rules", "",                          OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("study:remove_rules", "rule on study hours",    OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("study:new", "planned, invited",                ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("study:new", "in session, not invited",         ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("study:new", "minutes, chaired",                ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    # Signed minutes are corrected by the secretary alone; whoever recorded them is told so.
    page("study:new", "signed, invited",                 ABSENT, OPEN,   MOVED,  CLOSED, SIGN_IN),
    page("study:new", "signed, chaired",                 ABSENT, OPEN,   MOVED,  MOVED,  SIGN_IN),
    page("study:change", "topic, minutes, invited",      ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("study:change", "topic, minutes, not invited",  ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("study:change", "topic, minutes, chaired",      ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("study:change", "topic, signed, invited",       ABSENT, OPEN,   MOVED,  CLOSED, SIGN_IN),
    page("study:remove", "topic, minutes, invited",      ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("study:remove", "topic, minutes, chaired",      ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("study:remove", "topic, signed, invited",       ABSENT, OPEN,   MOVED,  CLOSED, SIGN_IN),
    page("study:remove", "topic, signed, chaired",       ABSENT, OPEN,   MOVED,  MOVED,  SIGN_IN),

    # --- duties: everybody at the desk sees which are kept; whoever manages the branch says what is asked for
    page("duties:this_year", "",                         MOVED,  MOVED,  MOVED,  MOVED,  SIGN_IN),
    page("duties:calendar", "year of duties",            OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("duties:rules", "",                             OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("duties:rules_history", "",                     OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("duties:rule_new", "kind of duty",              OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("duties:rule", "rule of a duty",                OPEN,   OPEN,   CLOSED, CLOSED, SIGN_IN),
    # The papers of the agenda belong to the notice; with the minutes they are read when those are signed.
    page("meetings:paper", "paper, planned, invited",    ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:paper", "paper, planned, not invited", ABSENT, OPEN,  OPEN,   ABSENT, SIGN_IN),
    page("meetings:paper", "paper, in session, invited", ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("meetings:photo", "photo, in session, invited", ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),

    # --- check-in and leave: of those invited, and the committee member of the matrix is not; who records decides
    page("checkin:here", "in session, invited",          ABSENT, OPEN,   CLOSED, OPEN,   SIGN_IN),
    page("checkin:here", "in session, not invited",      ABSENT, OPEN,   CLOSED, ABSENT, SIGN_IN),
    page("checkin:here", "signed, invited",              ABSENT, OPEN,   CLOSED, OPEN,   SIGN_IN),
    page("checkin:scanned", "code, in session, invited", ABSENT, OPEN,   CLOSED, OPEN,   SIGN_IN),
    page("checkin:scanned", "code, in session, not invited", ABSENT, OPEN, CLOSED, ABSENT, SIGN_IN),
    step("checkin:online", "in session, invited",        ABSENT, MOVED,  CLOSED, MOVED,  SIGN_IN),
    step("checkin:online", "in session, not invited",    ABSENT, MOVED,  CLOSED, ABSENT, SIGN_IN),
    page("checkin:ask", "planned, invited",              ABSENT, OPEN,   CLOSED, OPEN,   SIGN_IN),
    page("checkin:ask", "planned, not invited",          ABSENT, OPEN,   CLOSED, ABSENT, SIGN_IN),
    page("checkin:ask", "signed, invited",               ABSENT, MOVED,  CLOSED, MOVED,  SIGN_IN),
    page("checkin:screen", "in session, invited",        ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("checkin:screen", "in session, chaired",        ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("checkin:screen", "in session, not invited",    ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("checkin:screen_now", "in session, invited",    ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("checkin:screen_now", "in session, chaired",    ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("checkin:open", "in session, invited",          ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    step("checkin:open", "in session, chaired",          ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("checkin:close", "in session, invited",         ABSENT, MOVED,  MOVED,  CLOSED, SIGN_IN),
    step("checkin:close", "in session, chaired",         ABSENT, MOVED,  MOVED,  MOVED,  SIGN_IN),
    page("checkin:overview", "",                         OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("checkin:requests", "planned, invited",         ABSENT, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("checkin:requests", "planned, chaired",         ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("checkin:decide", "leave, planned, invited",    ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    step("checkin:decide", "leave, planned, chaired",    ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("checkin:withdraw", "leave, planned, invited",  ABSENT, ABSENT, ABSENT, MOVED,  SIGN_IN),
    step("checkin:withdraw", "another's leave, planned, chaired", ABSENT, MOVED, ABSENT, ABSENT, SIGN_IN),

    # --- what one was told, and by which ways: everybody's own; the administrator of the matrix is none of the branch
    page("reminders:list", "",                           ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("reminders:read_all", "",                       ABSENT, MOVED,  MOVED,  MOVED,  SIGN_IN),
    step("reminders:open", "notice of the member",       ABSENT, ABSENT, ABSENT, MOVED,  SIGN_IN),
    step("reminders:open", "notice of somebody else",    ABSENT, ABSENT, ABSENT, ABSENT, SIGN_IN),
    page("reminders:channels", "",                       ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("reminders:channels", "",                       ABSENT, MOVED,  MOVED,  MOVED,  SIGN_IN),
    # What a link or the other language's leads to: no address is made by that.
    page("reminders:renew", "",                          ABSENT, MOVED,  MOVED,  MOVED,  SIGN_IN),
    step("reminders:renew", "",                          ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    step("reminders:end", "",                            ABSENT, MOVED,  MOVED,  MOVED,  SIGN_IN),
    # Whoever knows a calendar's address reads it: calendars sign in nowhere.
    page("calendar:feed", "calendar of the member",      OPEN,   OPEN,   OPEN,   OPEN,   OPEN),
    page("calendar:feed", "calendar that ended",         ABSENT, ABSENT, ABSENT, ABSENT, ABSENT),

    # --- heart-to-heart talks: for the two who talked and the secretary; the pairs, by names alone, for the committee
    page("talks:list", "",                               OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("talks:new", "",                                CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("talks:talk", "talk of two others",             ABSENT, OPEN,   ABSENT, ABSENT, SIGN_IN),
    page("talks:talk", "talk of the member",             ABSENT, OPEN,   ABSENT, OPEN,   SIGN_IN),
    page("talks:edit", "talk of two others",             ABSENT, CLOSED, ABSENT, ABSENT, SIGN_IN),
    page("talks:edit", "talk of the member",             ABSENT, CLOSED, ABSENT, OPEN,   SIGN_IN),
    page("talks:pairs", "year of talks",                 CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),

    # --- reports, written by somebody else
    page("reports:list", "",                             CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("reports:new", "",                              CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("reports:from_meeting", "signed, invited",      CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("reports:from_meeting", "planned, invited",     CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("reports:detail", "draft",                      CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("reports:detail", "published",                  CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("reports:edit", "draft",                        CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("reports:edit", "published",                    CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("reports:preview", "draft",                     CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    step("reports:send_to_review", "draft",              CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),
    step("reports:take_back", "in review",               CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("reports:review", "in review",                  CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("reports:review", "in review, by the committee member",
                                                         CLOSED, OPEN,   MOVED,  CLOSED, SIGN_IN),
    page("reports:withdraw", "published",                CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    step("reports:revise", "withdrawn",                  CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),

    # --- secret ballots; the member is on the roll, watches, or neither
    page("ballots:list", "",                             OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:detail", "ballot in setup, voter",     OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:detail", "ballot in setup, scrutineer", OPEN,  OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:detail", "ballot in setup, stranger",  OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:detail", "open ballot, voter",         OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:detail", "counted ballot, stranger",   OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:booth", "open ballot, voter",          CLOSED, CLOSED, CLOSED, OPEN,   SIGN_IN),
    page("ballots:booth", "open ballot, scrutineer",     CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    page("ballots:booth", "open ballot, stranger",       CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    page("ballots:booth", "closed ballot, voter",        CLOSED, CLOSED, CLOSED, OPEN,   SIGN_IN),
    page("ballots:setup", "open ballot, voter",          CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:setup", "open ballot, stranger",       CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    step("ballots:place", "open ballot, voter",          CLOSED, CLOSED, CLOSED, OPEN,   SIGN_IN),
    step("ballots:place", "open ballot, stranger",       CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    step("ballots:cast", "open ballot, voter",           CLOSED, CLOSED, CLOSED, WRONG,  SIGN_IN),
    step("ballots:cast", "open ballot, scrutineer",      CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    step("ballots:cast", "open ballot, stranger",        CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    page("ballots:scrutineer", "open ballot, scrutineer", CLOSED, CLOSED, CLOSED, OPEN,  SIGN_IN),
    page("ballots:scrutineer", "open ballot, voter",     CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    page("ballots:scrutineer_states", "ballot in setup, scrutineer", CLOSED, CLOSED, CLOSED, OPEN, SIGN_IN),
    page("ballots:scrutineer_states", "ballot in setup, voter", CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    step("ballots:hand_in_key", "ballot in setup, scrutineer", CLOSED, CLOSED, CLOSED, WRONG, SIGN_IN),
    step("ballots:hand_in_key", "ballot in setup, voter", CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    page("ballots:sealed", "open ballot, scrutineer",    CLOSED, CLOSED, CLOSED, OPEN,   SIGN_IN),
    page("ballots:sealed", "open ballot, voter",         CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    step("ballots:hand_in_share", "closed ballot, scrutineer", CLOSED, CLOSED, CLOSED, WRONG, SIGN_IN),
    step("ballots:hand_in_share", "closed ballot, voter", CLOSED, CLOSED, CLOSED, CLOSED, SIGN_IN),
    page("ballots:archive", "open ballot, scrutineer",   CLOSED, ABSENT, ABSENT, ABSENT, SIGN_IN),
    page("ballots:archive", "closed ballot, scrutineer", CLOSED, ABSENT, ABSENT, OPEN,   SIGN_IN),
    page("ballots:archive", "counted ballot, voter",     CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:archive", "announced ballot, voter",   CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:archive", "announced ballot, stranger", CLOSED, OPEN,  OPEN,   CLOSED, SIGN_IN),
    page("ballots:verification", "announced ballot, voter", CLOSED, OPEN, OPEN,  OPEN,   SIGN_IN),
    page("ballots:verification", "counted ballot, voter", CLOSED, OPEN,  OPEN,   CLOSED, SIGN_IN),
    page("ballots:board", "open ballot, voter",          CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:board", "open ballot, stranger",       CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:board", "counted ballot, scrutineer",  CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:history", "open ballot, voter",        CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:history", "open ballot, scrutineer",   CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:voters", "ballot in setup, scrutineer", CLOSED, OPEN,  OPEN,   OPEN,   SIGN_IN),
    page("ballots:voters", "open ballot, voter",         CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:voters", "announced ballot, voter",    CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:rules", "ballot in setup, scrutineer", CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:rules", "open ballot, voter",          CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("ballots:roll", "ballot in setup, voter",       CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:scrutineers", "ballot in setup, voter", CLOSED, OPEN,  OPEN,   CLOSED, SIGN_IN),
    page("ballots:open", "ballot in setup, scrutineer",  CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:screen", "open ballot, voter",         CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:screen", "open ballot, scrutineer",    CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:screen_figures", "open ballot, voter", CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:paper", "open ballot, voter",          CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:paper", "open ballot, scrutineer",     CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:paper_sheets", "open ballot, voter",   CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:paper_count", "closed ballot, voter",  CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:paper_count", "closed ballot, scrutineer", CLOSED, OPEN, OPEN, OPEN,   SIGN_IN),
    page("ballots:close", "open ballot, voter",          OPEN,   OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:close", "open ballot, scrutineer",     OPEN,   OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:void", "open ballot, voter",           CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    step("ballots:repeat", "open ballot, voter",         CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("ballots:announce", "counted ballot, scrutineer", CLOSED, OPEN, CLOSED, CLOSED, SIGN_IN),
    page("ballots:result", "counted ballot, voter",      CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:result", "counted ballot, scrutineer", CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:result", "announced ballot, voter",    CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("ballots:result", "announced ballot, stranger", CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:result", "closed ballot, voter",       CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("ballots:count_sheet", "counted ballot, voter", CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("ballots:count_sheet_document", "counted ballot, voter", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    page("ballots:count_sheet_document", "announced ballot, voter", CLOSED, OPEN, OPEN, OPEN, SIGN_IN),

    # --- appraisals; the member takes part, or does not; secretary and committee take no part
    page("appraisals:list", "",                          OPEN,   OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("appraisals:new", "",                           CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("appraisals:round", "planned round",            ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("appraisals:round", "round of papers",          ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("appraisals:round", "round of others",          ABSENT, OPEN,   OPEN,   ABSENT, SIGN_IN),
    page("appraisals:plan", "planned round",             CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("appraisals:plan", "round of papers",           CLOSED, MOVED,  MOVED,  CLOSED, SIGN_IN),
    page("appraisals:participants", "planned round",     CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("appraisals:elsewhere", "participant of papers", CLOSED, OPEN,  OPEN,   CLOSED, SIGN_IN),
    page("appraisals:elsewhere_proof", "participant appraised elsewhere", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    page("appraisals:elsewhere_proof", "participant of papers", CLOSED, ABSENT, ABSENT, CLOSED, SIGN_IN),
    page("appraisals:approve_plan", "planned round",     CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("appraisals:meeting", "round of papers",        CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    step("appraisals:step", "mutual review of the round of papers", CLOSED, MOVED, CLOSED, CLOSED, SIGN_IN),
    page("appraisals:self_review", "round of papers",    ABSENT, CLOSED, CLOSED, OPEN,   SIGN_IN),
    page("appraisals:self_review", "round of others",    ABSENT, CLOSED, CLOSED, ABSENT, SIGN_IN),
    page("appraisals:papers", "round of papers",         CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("appraisals:paper", "another's paper before the mutual review", ABSENT, OPEN, OPEN, ABSENT, SIGN_IN),
    page("appraisals:paper", "another's paper in the mutual review", ABSENT, OPEN, OPEN, OPEN, SIGN_IN),
    page("appraisals:paper_file", "another's paper before the mutual review", ABSENT, OPEN, OPEN, ABSENT, SIGN_IN),
    page("appraisals:paper_file", "another's paper in the mutual review", ABSENT, OPEN, OPEN, OPEN, SIGN_IN),
    page("appraisals:reviews", "round of reviews",       ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("appraisals:reviews", "round of others",        ABSENT, MOVED,  MOVED,  ABSENT, SIGN_IN),
    step("appraisals:take_roll", "round before its ballot", CLOSED, MOVED, MOVED, CLOSED, SIGN_IN),
    page("appraisals:ballot", "round before its ballot", CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("appraisals:assess", "round before its ballot", CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("appraisals:approve", "round before its ballot", CLOSED, OPEN,  CLOSED, CLOSED, SIGN_IN),
    page("appraisals:own_result", "assessed round",      ABSENT, CLOSED, CLOSED, OPEN,   SIGN_IN),
    page("appraisals:own_result", "round of papers",     ABSENT, CLOSED, CLOSED, MOVED,  SIGN_IN),
    page("appraisals:announcement", "assessed round",    ABSENT, MOVED,  MOVED,  MOVED,  SIGN_IN),
    page("appraisals:announcement", "finished round",    ABSENT, OPEN,   OPEN,   OPEN,   SIGN_IN),
    page("appraisals:finish_feedback", "assessed round", CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("appraisals:finish_feedback", "round of papers", CLOSED, MOVED, CLOSED, CLOSED, SIGN_IN),
    page("appraisals:report", "finished round",          CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("appraisals:archive", "finished round",         CLOSED, OPEN,   CLOSED, CLOSED, SIGN_IN),
    page("appraisals:forms", "assessed round",           CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("appraisals:form_document", "participant of the assessed round", CLOSED, OPEN, OPEN, CLOSED, SIGN_IN),
    page("appraisals:summary_document", "assessed round", CLOSED, OPEN,  OPEN,   CLOSED, SIGN_IN),
    page("appraisals:person", "person",                  CLOSED, OPEN,   OPEN,   CLOSED, SIGN_IN),
    page("appraisals:person", "the member",              CLOSED, OPEN,   OPEN,   OPEN,   SIGN_IN),
)
# fmt: on

# What belongs to one person: ``objects.py`` has all of it twice, for a person of another group and for one of the group
# that the member comes to lead.
ABOUT_A_PERSON = {
    "person",
    "group of the person",
    "post",
    "account",
    "event",
    "somebody's passkey",
    "letter to issue",
    "drafted letter",
    "time away",
    "contact",
    "person's awards",
    "award",
    "paper of the person",
    "paper for the committee",
    "paper for the secretary",
    "photograph of a person",
    "another's request",
    "another's photograph asked for",
}
# A group leader sees the personal data of the led group's people; in everything else, and about everybody else, the
# leader is a member.
LEADER_SEES = {
    "registration_card:card",
    "members:history",
    "members:photograph",
    "statistics:person",
    "yearly_record:record",
}
_OF_THE_LED_GROUP = tuple(
    replace(
        entry,
        of=entry.of + OF_THE_LED_GROUP,
        leader=OPEN if entry.route in LEADER_SEES else entry.leader,
    )
    for entry in _WRITTEN
    if entry.of in ABOUT_A_PERSON
)
MATRIX = _WRITTEN + _OF_THE_LED_GROUP
