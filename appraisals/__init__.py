"""Second floor: how we did. The yearly democratic appraisal around the secret ballot of ``appraisals.ballots``.

Nouns: round, participant, self-review, mutual review, assessment, statement. Verbs: plan, approve, hand in, set up the ballot,
assess, approve the assessments, feed back, archive. The software never sets a grade.

May import: ``appraisals.ballots``, ``meetings``, ``members`` and the leaf packages under ``branch_portal``.
"""
