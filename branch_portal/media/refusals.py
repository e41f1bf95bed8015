"""Every sentence with which an upload is refused, under its code. Each one says what is accepted."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_SENTENCES = {
    "picture_empty": _("This file is empty. Accepted are JPEG, PNG and WebP pictures."),
    "picture_kind": _(
        "This file is not a picture that can be used here. Accepted are JPEG, PNG and WebP pictures."
    ),
    "picture_heic": _(
        "HEIC pictures cannot be read here. Accepted are JPEG, PNG and WebP pictures. An iPhone takes JPEG "
        "pictures after Settings, Camera, Formats, Most Compatible."
    ),
    "picture_renamed": _(
        "The name of this file ends in .%(extension)s, but its content is a %(kind)s picture. Accepted are "
        "JPEG, PNG and WebP pictures under their own endings."
    ),
    "picture_broken": _(
        "This picture is broken or incomplete. Accepted are JPEG, PNG and WebP pictures that can be read to "
        "their end."
    ),
    "picture_too_large": _(
        "This picture file is too large. Accepted are JPEG, PNG and WebP pictures of at most %(limit)s MB."
    ),
    "picture_too_many_pixels": _(
        "This picture has too many pixels. Accepted are JPEG, PNG and WebP pictures of at most %(limit)s "
        "million pixels."
    ),
    "picture_too_small": _(
        "This picture is too small. Accepted are JPEG, PNG and WebP pictures of at least %(limit)s pixels on "
        "each side."
    ),
    "document_empty": _(
        "This file is empty. Accepted are PDF, Word (.docx), Excel (.xlsx) and PowerPoint (.pptx) files and "
        "JPEG, PNG and WebP pictures."
    ),
    "document_kind": _(
        "Files of this kind are not accepted. Accepted are PDF, Word (.docx), Excel (.xlsx) and PowerPoint "
        "(.pptx) files and JPEG, PNG and WebP pictures."
    ),
    "document_old_office": _(
        "This is an Office file of the old format, or one protected by a password. Accepted are Word "
        "(.docx), Excel (.xlsx) and PowerPoint (.pptx) files without a password, PDF files, and JPEG, PNG "
        "and WebP pictures."
    ),
    "document_macros": _(
        "This file contains macros. Accepted are Word (.docx), Excel (.xlsx) and PowerPoint (.pptx) files "
        "without macros, PDF files, and JPEG, PNG and WebP pictures."
    ),
    "document_renamed": _(
        "The name of this file ends in .%(extension)s, but its content is %(kind)s. Accepted are PDF, Word "
        "(.docx), Excel (.xlsx) and PowerPoint (.pptx) files and JPEG, PNG and WebP pictures under their own "
        "endings."
    ),
    "document_broken": _(
        "This file is broken or incomplete. Accepted are PDF, Word (.docx), Excel (.xlsx) and PowerPoint "
        "(.pptx) files and JPEG, PNG and WebP pictures that can be read to their end."
    ),
    "document_too_large": _(
        "This file is too large. Accepted are PDF, Word (.docx), Excel (.xlsx) and PowerPoint (.pptx) files "
        "and JPEG, PNG and WebP pictures of at most %(limit)s MB."
    ),
    "document_unpacks_too_large": _(
        "This Office file would unpack to far more than it should hold. Accepted are Word (.docx), Excel "
        "(.xlsx) and PowerPoint (.pptx) files of at most %(limit)s MB unpacked, PDF files, and JPEG, PNG and "
        "WebP pictures."
    ),
}


def refusal(code: str, **params) -> ValidationError:
    """The error to raise; ``params`` fill the sentence's placeholders."""
    return ValidationError(_SENTENCES[code], code=code, params=params)
