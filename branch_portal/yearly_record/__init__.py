"""The yearly management record of a member, 1 January to 31 December, printed and signed (handbook 10).

Owns no tables: it reads what members, meetings and appraisals hold of one year, and writes nothing.
May import: ``statistics``, ``appraisals``, ``meetings``, ``members`` and the leaf packages.
"""
