"""The chapters of the workbook (handbook 10): each is a function from the occasion to a paper; ``making`` binds them.

Whoever adds to a chapter keeps the privacy of the book: no personal fields (``members.privacy``), nothing sensitive, no
criticism and no problem of a single member, no ledger entry of a single member, no content of talks, no reason of a leave, no
name beside a vote; the grades of the appraisal as they were announced. Only signed minutes are quoted.
"""
