"""A condition that is told without the database is told as the database would."""

import datetime
import itertools

import pytest
from django.db import models

from members.constraints import _told
from members.models import Member

pytestmark = pytest.mark.django_db

DAYS = (None, datetime.date(1980, 1, 2), datetime.date(2010, 6, 30), datetime.date(2011, 6, 30))
CONSTRAINTS = [each for each in Member._meta.constraints if isinstance(each, models.CheckConstraint)]


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda each: each.name)
@pytest.mark.parametrize("stage", ["applicant", "probationary", "full"])
def test_what_is_told_is_what_the_database_says(constraint, stage):
    told = []
    for born, admitted, confirmed in itertools.product(DAYS, DAYS, DAYS):
        row = Member(
            name="甲",
            gender="male",
            stage=stage,
            birth_date=born,
            admitted_on=admitted,
            confirmed_on=confirmed,
        )
        answer = _told(constraint.condition, row)
        against = row._get_field_expression_map(meta=row._meta)
        if answer is not None:
            assert constraint.condition.check(against) is answer
        told.append(answer)
    assert True in told


def test_a_text_that_is_not_yet_a_day_is_left_to_the_database():
    row = Member(
        name="甲", stage="probationary", birth_date="1980-01-02", admitted_on=datetime.date(2010, 6, 30)
    )
    condition = next(each for each in CONSTRAINTS if each.name == "member_is_born_before_admission").condition
    assert _told(condition, row) is None
