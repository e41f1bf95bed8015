"""First floor: what we do.

Nouns: Meeting with its Attendance, Guests, AgendaItems, StudyTopics, Problems, Criticisms, Requirements,
Photos and Attachments; Signature (of recorder and chair) and SignatureVoid (the text was changed afterwards); Correction
(why signed minutes were changed).
Verbs: ``meetings.actions``, ``meetings.signing``; who may do what in which state: ``meetings.workflow``.
May import: ``members`` and the leaf packages ``branch_portal.media``, ``.richtext``, ``.forms``.
"""
