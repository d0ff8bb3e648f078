"""A loaded form."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from victimid.forms.definition import Model
from victimid.forms.problems import of_error
from victimid.forms.xform.build import Built


@dataclass(frozen=True, slots=True)
class Form:
    """A form that can be answered; ``xform`` holds all of it, files it refers to included.

    ``languages`` are named as in the form, ``("default",)`` where it has none; ``sha256`` is that of
    ``xform`` in UTF-8; ``media`` holds the pictures and recordings read with it, by SHA-256, none where the form
    comes from its text alone. The text names them, so that another picture makes another form.
    """

    id: str
    title: str
    version: str
    languages: tuple[str, ...]
    default_language: str
    xform: str = field(repr=False)
    sha256: str
    model: Model = field(repr=False, compare=False)
    media: Mapping[str, bytes] = field(repr=False, compare=False, default_factory=dict)


def form_of(built: Built, xform: str, media: Mapping[str, bytes] | None = None) -> Form:
    """Make a form of a compiled XForm; raises its first problem."""
    if built.problems:
        raise of_error(built.problems[0]).error()
    return Form(
        id=built.id,
        title=built.title,
        version=built.version,
        languages=built.model.languages,
        default_language=built.model.default_language,
        xform=xform,
        sha256=hashlib.sha256(xform.encode()).hexdigest(),
        model=built.model,
        media=media or {},
    )
