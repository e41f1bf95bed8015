"""What a page of the record sends: inputs with the value they started from."""

from __future__ import annotations

import uuid

from django.http import QueryDict

from meetings.forms.rows import ROW_FORMS


def submission(*rows: dict, **inputs: str) -> QueryDict:
    """One QueryDict of several rows (see ``row``) and single inputs."""
    data = QueryDict(mutable=True)
    for one in rows:
        data.update(one)
    data.update(inputs)
    return data


def row(row_kind: str, instance=None, base=None, **values: str) -> QueryDict:
    """Inputs of one row; ``base`` is an earlier copy of the instance that the page was made with."""
    key = instance.pk if instance is not None else base if isinstance(base, uuid.UUID) else uuid.uuid4()
    prefix = f"{row_kind}-{key}"
    known = base if base is not None and not isinstance(base, uuid.UUID) else instance
    form_class = ROW_FORMS[row_kind]
    shown = form_class(prefix=prefix, instance=known if known is not None else form_class._meta.model())
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[f"{prefix}-{name}"] = value
        data[f"base-{prefix}-{name}"] = shown.input_text(name, shown.initial.get(name))
    return data
