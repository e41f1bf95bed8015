"""Under the roof, facing the public: reports of what the branch did, their pictures, the public pages.

Nouns: Report, ReportPicture, Review. Verbs: ``news.actions``; states and who moves them: ``news.workflow``.
May import: every app below it.
"""
