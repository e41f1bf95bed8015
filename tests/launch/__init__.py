"""The set-up and the embedded database, on folders of their own: never on var/pg."""
