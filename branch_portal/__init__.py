"""The portal of a Party branch: what joins the apps and faces the public.

Nothing is imported here: ``branch_portal.launch`` runs before any package is installed.
"""
