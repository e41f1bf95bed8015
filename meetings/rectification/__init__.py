"""The rectification ledger and the tasks that meetings give (handbook, section 8).

Nouns: LedgerEntry, Evidence, LedgerEvent (the history, chained by hash in the database), Task.
Verbs: ``actions``; who may do what in which state: ``workflow`` and ``task_workflow``; the chain: ``chain``.
May import: ``members``, the models, kinds, workflow and actions of ``meetings``, the leaf packages.
"""
