"""Runs any secret ballot: questions with answers, a roll, scrutineers; what it decides is none of its business.

Until the ballot itself is built this package holds ``protocol``, the published voting protocol in plain Python, and the
command that verifies an archive.

May import: ``members`` and the leaf packages under ``branch_portal``; never ``meetings``, never ``appraisals`` above it.
"""
