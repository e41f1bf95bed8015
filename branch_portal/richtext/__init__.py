"""Formatted text: written in the browser's editor, sanitised here before it is stored, shown by one filter.

Nouns: rich text (a piece of HTML in the small vocabulary of ``sanitise.ELEMENTS``), its plain text.
Verbs: ``sanitise``, ``plain_text``.
Forms use ``fields.RichTextFormField``, models ``fields.RichTextField``, templates ``{{ body|rich }}``.

The editor itself is static/js/rich-text.js; what it can write and what ``sanitise`` lets through are
the same vocabulary, so nothing a member sees in the editor is lost by saving it.

Knows no app of the portal and imports none.
"""
