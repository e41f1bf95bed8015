"""Study at meetings: what was studied, who taught, for how many hours, and what each attender gets of them.

Nouns: StudyPart (one topic of a meeting), StudyRules (how online attendance and teaching count, from a day on), StudyCredit
(one attender's hours of one meeting; read from the database, never stored). The reckoning is a pure rule (``credit.py``);
the database's function ``study_credits`` says the same for thousands of people at once, and a test compares both.
Verbs: enter, change, take out a part, before the signature or as a correction; add rules, take them out.
May import: ``meetings`` below its views and forms, ``members`` and the leaf packages.
"""
