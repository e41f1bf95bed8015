"""A branch to try the portal with: an invented association, its people, two years of meetings, its reports.

Everything here is invented: the city, the association, the people, the numbers. The texts are data in the
languages they are written in, not messages of the program, so no catalogue translates them.

Data: ``people``, ``meetings_2024``, ``meetings_2025``, ``reference_meeting``, ``monthly_meetings``,
``present_meetings``, ``reports_*``. How data are written down: ``shapes``. Drawn pictures: ``drawings``;
papers to attach: ``papers``. Loading, all or nothing: ``loading`` with one ``load_…`` module a topic.
"""
