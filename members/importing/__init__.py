"""Members from the tables that branches keep: read, understood, checked, and written all or nothing.

Nouns: Table (what stands in a file), Column (a field that a table can hold), RowResult (what becomes of a row),
ImportDraft (a table between upload and confirmation; ``members.models.imports``).
Verbs: ``files.read``, ``headings.propose``, ``checking.check``, ``writing.write``; ``drafts`` leads from the upload to the
confirmation, ``manage.py import_members`` does the same in one go.
May import: ``members.actions`` and what lies below; no view and no form.

The rows are matched by a sealed number, get a timeline, and are refused or taken as a whole: that is our own code rather
than a ModelResource, which knows one row and one table at a time.
"""
