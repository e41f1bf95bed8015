"""Posts with dates, Party groups, the branch."""

import datetime
import threading

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from members import actions
from members.models import BranchProfile, PartyGroup, Position
from members.permissions import Role
from tests.factories import make_group, make_member, make_position, make_user


def appoint(client, member, **fields):
    return client.post(f"/en/desk/members/{member.pk}/posts/new/", {"started_on": "2025-01-01", **fields})


def test_a_post_is_entered(desk):
    member, group = make_member(), make_group()
    assert appoint(desk, member, post="group_leader", party_group=group.pk).status_code == 302
    assert member.positions.get().party_group == group


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"post": "secretary"}, "post", "Somebody else holds this post in that time."),
        (
            {"post": "group_leader"},
            "party_group",
            "A group leader leads a Party group, and no other post names one.",
        ),
        (
            {"post": "publicity", "ended_on": "2024-12-31"},
            "ended_on",
            "The last day cannot be before the first.",
        ),
        ({"post": "publicity", "started_on": ""}, "started_on", "This field is required."),
    ],
)
def test_a_refused_post_says_why_beside_its_field(desk, fields, where, message):
    response = appoint(desk, make_member(), **fields)
    assert response.context["form"].errors == {where: [message]}
    assert response.content.decode().count(message) == 2


def test_whoever_left_gets_no_post(desk):
    member = make_member(left_on=datetime.date(2024, 1, 1))
    response = appoint(desk, member, post="publicity")
    assert response.context["form"].errors == {"__all__": ["This person has left the branch."]}


def test_the_secretary_hands_over(desk, secretary):
    successor = make_user()
    post = secretary.member.positions.get()
    yesterday = timezone.localdate() - datetime.timedelta(1)
    address = f"/en/desk/posts/{post.pk}/end/"
    assert (
        appoint(desk, successor.member, post="secretary", started_on=timezone.localdate()).status_code == 200
    )
    assert desk.post(address, {"ended_on": yesterday}).status_code == 302
    assert desk.get(address).status_code == 403


def test_a_post_ended_already_is_not_ended_again(desk):
    post = make_position(make_member(), "publicity", ended_on=datetime.date(2021, 1, 1))
    response = desk.post(f"/en/desk/posts/{post.pk}/end/", {"ended_on": "2022-01-01"})
    assert response.context["form"].errors == {"__all__": ["This post has ended already."]}


def test_a_post_does_not_end_before_its_first_day(desk):
    post = make_position(make_member(), "publicity")
    response = desk.post(f"/en/desk/posts/{post.pk}/end/", {"ended_on": "2019-12-31"})
    assert response.context["form"].errors == {"ended_on": ["The last day cannot be before the first."]}


def test_an_entry_made_by_mistake_is_removed_after_a_question(desk):
    post = make_position(make_member(), "publicity")
    address = f"/en/desk/posts/{post.pk}/remove/"
    assert "cannot be undone" in desk.get(address).content.decode()
    assert Position.objects.filter(pk=post.pk).exists()
    assert desk.post(address, {"reason": " "}).context["form"].errors == {
        "reason": ["This field is required."]
    }
    assert Position.objects.filter(pk=post.pk).exists()
    desk.post(address, {"reason": "Entered for the wrong person"})
    event = Position.pgh_event_model.objects.get(pgh_obj_id=post.pk, pgh_label="delete")
    assert event.pgh_context.metadata["reason"] == "Entered for the wrong person"
    assert not Position.objects.filter(pk=post.pk).exists()


def correct(client, position, **fields):
    ended_on = position.ended_on or ""
    typed = {"post": position.post, "started_on": position.started_on, "ended_on": ended_on, **fields}
    return client.post(f"/en/desk/posts/{position.pk}/correct/", typed)


def test_a_post_is_corrected_with_a_reason(desk):
    post = make_position(make_member(), "publicity", ended_on=datetime.date(2021, 1, 1))
    refused = correct(desk, post, ended_on="2022-01-01")
    assert refused.context["form"].errors == {"why": ["This field is required."]}
    assert correct(desk, post, ended_on="2022-01-01", why="Read wrongly").status_code == 302
    post.refresh_from_db()
    assert post.ended_on == datetime.date(2022, 1, 1)
    event = Position.pgh_event_model.objects.filter(pgh_obj_id=post.pk).latest("pgh_id")
    assert event.pgh_context.metadata["reason"] == "Read wrongly"


def test_a_correction_of_a_post_does_not_overwrite_anothers_unseen(desk):
    post = make_position(make_member(), "publicity", ended_on=datetime.date(2021, 1, 1))
    Position.objects.filter(pk=post.pk).update(ended_on="2021-06-30")
    response = correct(
        desk, post, ended_on="2022-01-01", why="Read wrongly", **{"base-ended_on": "2021-01-01"}
    )
    assert list(response.context["form"].conflicts) == ["ended_on"]


def test_a_correction_of_a_post_meets_the_same_rules_as_a_new_one(desk, secretary):
    post = make_position(make_member(), "publicity")
    response = correct(desk, post, post="secretary", why="Another post")
    assert response.context["form"].errors == {"post": ["Somebody else holds this post in that time."]}


def test_whoever_left_holds_no_post_by_correction_either(desk):
    left = datetime.date(2024, 1, 1)
    post = make_position(make_member(left_on=left), "publicity", ended_on=left)
    response = correct(desk, post, ended_on="", why="Still held")
    assert response.context["form"].errors == {"ended_on": ["This person has left the branch."]}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_make_two_secretaries():
    by = make_user(Role.ADMINISTRATOR)
    positions = [
        Position(member=make_member(), post="secretary", started_on="2025-01-01") for _person in range(2)
    ]
    outcomes, both_ready = [], threading.Barrier(2)

    def try_it(position):
        both_ready.wait()
        try:
            actions.appoint(position, by=by)
            outcomes.append("appointed")
        except ValidationError as refusal:
            outcomes.append(refusal.message_dict["post"])
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=[one]) for one in positions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with translation.override(settings.LANGUAGE_CODE):  # a new thread speaks the portal's own language
        refused = _("Somebody else holds this post in that time.")
    assert sorted(outcomes, key=lambda outcome: outcome == "appointed") == [[refused], "appointed"]


# --- Party groups ---------------------------------------------------------------------------------
def test_a_new_group_stands_last(desk):
    first = make_group()
    assert desk.post("/en/desk/groups/", {"name": "新组", "name_en": "New group"}).status_code == 302
    assert [group.name for group in PartyGroup.objects.all()] == [first.name, "新组"]


def test_two_groups_do_not_share_a_name(desk):
    make_group(name="一组")
    response = desk.post("/en/desk/groups/", {"name": "一组"})
    assert response.context["form"].errors == {"name": ["Party group with this Name already exists."]}


def test_a_group_is_renamed_and_keeps_its_place(desk):
    group = make_group(order=7)
    desk.post(f"/en/desk/groups/{group.pk}/", {"name": "改名", "base-name": group.name, "base-name_en": ""})
    group.refresh_from_db()
    assert (group.name, group.order) == ("改名", 7)


def test_groups_move_up_one_place(desk):
    names = [make_group(name=name, order=1).name for name in "甲乙丙"]
    last = PartyGroup.objects.get(name="丙")
    desk.post(f"/en/desk/groups/{last.pk}/up/")
    assert [group.name for group in PartyGroup.objects.with_size()] == [names[0], "丙", "乙"]
    for _press in range(3):
        desk.post(f"/en/desk/groups/{last.pk}/up/")
    assert list(PartyGroup.objects.values_list("name", "order")) == [("丙", 1), ("甲", 2), ("乙", 3)]


def test_a_group_counts_who_is_in_it_now(desk):
    group = make_group()
    make_member(party_group=group)
    make_member(party_group=group, left_on=datetime.date(2024, 1, 1))
    assert PartyGroup.objects.with_size().get(pk=group.pk).size == 1


# --- the branch -----------------------------------------------------------------------------------
def test_every_field_of_the_branch_is_in_the_form(desk):
    fields = {field.name for field in BranchProfile._meta.fields} - {
        "id",
        "is_sample",
        "changed_by",
        "changed_at",
    }
    assert set(desk.get("/en/desk/branch/").context["form"].fields) == fields


def test_the_branch_is_saved_and_stands_on_the_page(desk):
    response = desk.post(
        "/en/desk/branch/", {"name": "新名支部", "name_en": "Branch of a New Name"}, follow=True
    )
    assert "Branch of a New Name" in response.content.decode()
    assert BranchProfile.objects.get().name == "新名支部"


def test_the_first_saving_makes_the_branch(desk):
    BranchProfile.objects.all().delete()
    assert desk.get("/en/desk/branch/").status_code == 200
    desk.post("/en/desk/branch/", {"name": "第一支部"})
    assert BranchProfile.objects.get(pk=1).name == "第一支部"


def test_a_term_in_the_wrong_order_is_told_beside_its_end(desk):
    fields = {"name": "支部", "term_starts_on": "2025-01-01", "term_ends_on": "2025-01-01"}
    errors = desk.post("/en/desk/branch/", fields).context["form"].errors
    assert errors == {"term_ends_on": ["The term cannot end before it starts."]}


def test_saving_the_branch_does_not_touch_the_mark_of_sample_data(desk):
    BranchProfile.objects.update(is_sample=True)
    desk.post("/en/desk/branch/", {"name": "支部"})
    assert BranchProfile.objects.get().is_sample
