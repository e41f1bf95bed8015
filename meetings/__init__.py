"""First floor: what we do.

Nouns: Meeting with its Attendance, Guests, AgendaItems, StudyTopics, Problems, Criticisms, Requirements,
Photos and Attachments; Correction (why signed minutes were changed).
Verbs: ``meetings.actions``; who may do what in which state: ``meetings.workflow``.
May import: ``members`` and the leaf packages ``branch_portal.media``, ``.richtext``, ``.forms``.
"""
