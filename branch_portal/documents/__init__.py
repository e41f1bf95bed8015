"""Papers that are signed and filed, as Word files in the layout of official documents.

A leaf: knows no app.
"""
