"""Integrity risks and dual responsibility (handbook, 9).

Nouns: RiskPoint (廉政风险点) with its reviews (RiskReview), Responsibility (一岗双责 entry) with what was done
(Fulfilment). Verbs: enter, change, rate, put in force, review, remove; record and check a fulfilment, end a
responsibility. Imports members and the leaves; nothing of meetings.
"""
