"""The voting protocol: Belenios, version 1, on Ed25519, homomorphic questions, every trustee needed.

Nouns: election, trustee, credential, ballot, tracker, encrypted tally, partial decryption, result, archive.
Verbs: generate, encrypt, check, tally, decrypt, verify.

Sources, cited in the docstrings by these names:

*Specification*: Stéphane Glondu, "Belenios specification", the description that comes with belenios-tool 2.5 to 3.3.
*Belenios*: Véronique Cortier, Pierrick Gaudry, Stéphane Glondu, "Belenios: a simple private and verifiable
electronic voting system", 2019.
*RFC 8032*: the encoding of points of Ed25519.

Plain Python: nothing of Django, no database, no clock, no randomness of its own (whoever calls passes it in). Every
operation of the group is libsodium's. ``static/js/ballot/`` holds the same, file by file, for the browser.

Values that were parsed are right: ``from_json`` checks encodings, ranges and membership of the group once, and raises
``ProtocolError`` or gives a frozen value that nobody needs to check again.
"""
