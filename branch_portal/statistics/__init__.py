"""Figures about the branch: people by stage, group, sex, age, education and seniority; study hours; attendance.

Counts what the floors below have recorded and owns no tables. ``study_hours`` and ``attendance`` answer for any people
at once, for one person's page as well: the own record and the yearly record say the same number.
May import: ``members``, ``meetings``.
"""
