"""The size of the matrix of permissions stands at the end of a run, with the number of deviations."""

from __future__ import annotations

from branch_portal.launch import checks

REPORT = """<testsuites><testsuite>
<testcase name="a"><properties>
<property name="permissions_checked" value="100"/><property name="permissions_deviations" value="0"/>
<property name="permissions_routes" value="12"/></properties></testcase>
<testcase name="b"><properties>
<property name="permissions_checked" value="11"/><property name="permissions_deviations" value="2"/>
<property name="permissions_routes" value="12"/></properties></testcase>
<testcase name="c"/>
</testsuite></testsuites>"""


def test_the_figures_of_all_tests_are_added(tmp_path):
    report = tmp_path / "python.xml"
    report.write_text(REPORT)
    line = checks.permissions_checked(report)
    assert "12 routes" in line
    assert "111 answers checked, 2 deviations" in line


def test_nothing_is_said_of_tests_that_were_not_run(tmp_path):
    report = tmp_path / "python.xml"
    assert checks.permissions_checked(report) == ""
    report.write_text('<testsuites><testsuite><testcase name="c"/></testsuite></testsuites>')
    assert checks.permissions_checked(report) == ""
