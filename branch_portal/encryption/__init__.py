"""Texts that the database holds only sealed: identity numbers, health and hardship, discipline, pay (R-12.4).

Nouns: DataKey (a key that seals texts, itself sealed by a master key from the environment), EncryptedTextField.
Verbs: ``keys.seal``, ``keys.unseal``, ``keys.digest`` (to find equal texts without reading them), ``rotation``.
Two levels of keys, so that a new master key means sealing a handful of data keys anew and no text of any record or of
its history. May import: no app.
"""
