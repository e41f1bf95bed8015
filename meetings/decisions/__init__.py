"""What a meeting decides: whether it may, by how many votes, and what becomes of it.

Nouns: Decision with its WrittenOpinions, Recusals, Dissents and FollowUps; Exclusion (who is left out of *due*); LocalRule and
Category (what the branch settles for itself). Rules of quorum and majority are data (``standard_rules``) and plain
arithmetic (``rules``).
Verbs: ``meetings.decisions.actions``; who may do what in which state: ``meetings.decisions.workflow``.
May import: ``meetings`` below its views and forms, ``members`` and the leaf packages.
"""
