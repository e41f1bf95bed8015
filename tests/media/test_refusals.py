import pytest
from django.utils.functional import Promise

from branch_portal.media import refusals

VALUES = {"limit": 7, "extension": "gif", "kind": "PNG"}


@pytest.mark.parametrize("code", sorted(refusals._SENTENCES))
def test_every_refusal_is_a_translatable_sentence_that_says_what_is_accepted(code):
    error = refusals.refusal(code, **VALUES)

    assert isinstance(error.message, Promise)
    assert error.code == code
    (sentence,) = error.messages
    assert "%(" not in sentence
    assert "Accepted are" in sentence
    wanted = ["JPEG", "PNG", "WebP"] + (
        ["PDF", ".docx", ".xlsx", ".pptx"] if code.startswith("document") else []
    )
    assert [name for name in wanted if name not in sentence] == []
