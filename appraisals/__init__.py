"""Second floor: how we did. The yearly democratic appraisal and the secret ballot under it are built
with their own issues; until then this package only keeps the place.

May import: ``meetings``, ``members`` and the leaf packages under ``branch_portal``.
"""
