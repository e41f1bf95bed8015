import pytest
from django.utils import translation
from django.utils.functional import Promise

from branch_portal.media import refusals

VALUES = {"limit": 7, "extension": "gif", "kind": "PNG"}


@pytest.mark.parametrize(("lang", "accepted"), [("en", "Accepted are"), ("zh-hans", "可上传")])
@pytest.mark.parametrize("code", sorted(refusals._SENTENCES))
def test_every_refusal_says_in_the_readers_language_what_is_accepted(code, lang, accepted):
    error = refusals.refusal(code, **VALUES)

    assert isinstance(error.message, Promise)
    assert error.code == code
    with translation.override(lang):
        (sentence,) = error.messages
    assert "%(" not in sentence
    assert accepted in sentence
    wanted = ["JPEG", "PNG", "WebP"] + (
        ["PDF", ".docx", ".xlsx", ".pptx"] if code.startswith("document") else []
    )
    assert [name for name in wanted if name not in sentence] == []
