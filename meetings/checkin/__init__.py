"""The day of a meeting, seen from the telephones of those invited.

Nouns: LeaveRequest (asked, accepted, refused, withdrawn), CheckIn (a meeting's check-in and its sealed secret),
NoticeSeen (who has opened the notice). That somebody came, and when, stands in ``meetings.Attendance``.
Verbs: ``checkin.actions``; what makes sense when: ``checkin.workflow``; the codes of the screen: ``checkin.codes``.
May import: ``meetings`` (models, workflow, actions, attendance), ``members`` and the leaf packages.
"""
