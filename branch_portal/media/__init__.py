"""Pictures and documents that people hand in: looked at, made safe, kept and given out again.

Nouns: Picture, Rendition, Document, Shelf. Verbs: read_, store_, open_, copy_, delete_ and the two responses.

An upload is trusted in nothing: its kind is found in its bytes, its name is only ever shown. A picture is
decoded and encoded anew, so that neither its metadata nor anything hidden in it is kept. What is stored lies
under an unguessable key and is never changed: a caller keeps the key in its own row, and deletes the file
once that row is gone for good (``transaction.on_commit``), or when the transaction that should have held the
key failed.

Imports Django, Pillow and the standard library; none of the apps. Inside: responses, keeping > documents > pictures >
decoding, office > shelf, uploads, refusals.
"""
