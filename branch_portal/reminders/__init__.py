"""What a person is told: in the portal, by mail, in the own calendar; and what the branch's WeCom group is told.

Nouns: Notice (one person, one occasion), Channels (by which ways a person wants to be told, and the calendar's address),
GroupPost (one occasion, for the group). Verbs: ``reminders.actions``. ``sources`` asks every app what is to be told now,
``delivering`` and ``posting`` bring it out, ``feed`` writes the calendar. May import every app below the desk.
"""
