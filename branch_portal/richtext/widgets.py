from django import forms


class RichTextWidget(forms.Textarea):
    """A plain textarea, which static/js/rich-text.js turns into the editor; without script it stays one.

    ``tools`` is "full" (headings, lists, quotation, link, table) or "short" (bold, italic, lists, link).
    """

    def __init__(self, attrs=None, *, tools: str = "full"):
        super().__init__(attrs)
        self.tools = tools

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-rich-text"] = self.tools
        return context

    def use_required_attribute(self, initial):
        # The browser would ask for the hidden textarea to be filled in, and find nowhere to say so.
        return False
