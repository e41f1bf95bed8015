"""Ground floor: who we are.

Nouns: User (an account), Member (a person's record), Position (a post with dates), PartyGroup,
BranchProfile (the branch itself, one row).
Verbs: see ``members.actions``; members from tables: ``members.importing``.
Who may do what in the whole portal: ``members.permissions``.
May import: the leaf packages ``branch_portal.media``, ``.richtext`` and ``.forms``; no other app.
"""
