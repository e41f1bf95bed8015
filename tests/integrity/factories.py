"""Rows of the two lists, led to a state by the actions themselves."""

from __future__ import annotations

import datetime

from meetings.integrity import actions
from meetings.integrity.models import Fulfilment, Responsibility, RiskPoint
from members.models import User
from tests.factories import make_member

DAY = datetime.date(2026, 3, 2)


def make_risk_point(
    *, by: User, state: str = "identified", level: str = "high", on: datetime.date = DAY, **fields
):
    point = actions.enter(
        RiskPoint(
            **{
                "unit": "办公室",
                "kind": "process",
                "point": "物资采购",
                "measures": "三方比价，双人验收",
                "leader": by.member or make_member(),
                **fields,
            }
        ),
        by=by,
    )
    if state != "identified":
        point = actions.rate(point, level, by=by)
    if state in {"in_force", "removed"}:
        point = actions.put_in_force(point, by=by, on=on)
    if state == "removed":
        point = actions.remove(point, by=by, reason="该业务已停办")
    return point


def make_responsibility(*, by: User, **fields) -> Responsibility:
    return actions.enter(
        Responsibility(
            **{
                "holder": make_member(),
                "post": "纪检委员",
                "work_duty": "监督执行纪律",
                "integrity_duty": "对分管人员开展廉政提醒",
                "measure": "每半年开展一次廉政谈话",
                "started_on": DAY,
                **fields,
            }
        ),
        by=by,
    )


def make_fulfilment(duty: Responsibility, *, by: User, done_on: datetime.date = DAY) -> Fulfilment:
    return actions.record_fulfilment(
        Fulfilment(responsibility=duty, done_on=done_on, text="开展廉政谈话4人次", recorded_by=by), by=by
    )
