"""Chinese names in the order of their sound, and found by it."""

import pytest

from members.chinese_order import sort_key
from members.models import Member
from tests.factories import make_member


@pytest.fixture
def people():
    names = {
        "赵敏": "",
        "单雄信": "shan xiongxin",
        "重庆": "",
        "李四": "",
        "安娜": "",
        "李世民": "",
        "王五": "",
    }
    for name, reading in names.items():
        make_member(name, reading=reading)


def found(words: str) -> list[str]:
    return list(Member.objects.search(words).values_list("name", flat=True))


@pytest.mark.usefixtures("people")
def test_names_stand_in_the_order_of_their_reading():
    assert list(Member.objects.values_list("name", flat=True)) == [
        "安娜", "重庆", "李世民", "李四", "单雄信", "王五", "赵敏",
    ]  # fmt: skip


def test_a_reading_by_hand_moves_a_name():
    assert sort_key("单雄信") < sort_key("李四") < sort_key("单雄信", "shan xiongxin")


def test_one_sound_is_ordered_by_tone_then_by_character():
    names = ["马力", "麻力", "妈力", "骂力"]
    assert sorted(names, key=sort_key) == ["妈力", "麻力", "马力", "骂力"]


def test_a_shorter_name_comes_first():
    assert sorted(["李世民", "李世"], key=sort_key) == ["李世", "李世民"]


def test_a_changed_name_changes_its_place():
    member = make_member("赵敏")
    member.name = "安敏"
    member.save(update_fields=["name"])
    assert Member.objects.get(pk=member.pk).sort_key == sort_key("安敏")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("李", ["李世民", "李四"]),
        ("li", ["李世民", "李四"]),
        ("LI SI", ["李四"]),
        ("lisi", ["李四"]),
        ("xiongxin", ["单雄信"]),
        ("shan", ["单雄信"]),
        ("李 民", ["李世民"]),
        ("chongqing", ["重庆"]),
        ("  ", ["安娜", "重庆", "李世民", "李四", "单雄信", "王五", "赵敏"]),
        ("%", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_name_and_reading(words, names):
    assert found(words) == names
