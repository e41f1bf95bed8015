"""Duties: what the branch is asked to hold in a year, and whether it does.

Nouns: a rule (how often a kind is asked for, from which day on), the calendar of a year, an open duty. Verbs: change a
rule, let another one begin. The calendar itself is pure (``calendar.py``): rules and facts in, statuses out; it warns
and never blocks (R-3.1). Another app that can count what is no meeting (talks) registers in ``elsewhere.py``.

May import: meetings' models, kinds, querysets, workflow and actions; members; the leaves.
"""
