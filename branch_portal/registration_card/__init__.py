"""The registration card of a person (handbook 10): what the records hold of a whole life in the Party, on one paper.

Owns no tables: it reads what members and appraisals hold, and writes nothing but the trace of who printed sensitive data.
May import: ``appraisals``, ``members`` and the leaf packages.
"""
