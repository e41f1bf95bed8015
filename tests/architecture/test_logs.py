"""Logs carry no personal data: PostgreSQL's quotations of rows are left out of tracebacks."""

from __future__ import annotations

import logging
import sys

import pytest
from django.db import IntegrityError, transaction

from branch_portal.logs import DiscreetFormatter
from members.models import Member


@pytest.mark.django_db
def test_a_refused_row_is_not_quoted_in_the_log():
    person = Member(name="不入日志的人", stage="full", gender="female")
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "Internal Server Error", (), sys.exc_info()
        )
    assert "不入日志的人" in logging.Formatter().format(record)
    discreet = DiscreetFormatter().format(record)
    assert "不入日志的人" not in discreet
    assert "member_is_admitted_exactly_from_probation_on" in discreet
