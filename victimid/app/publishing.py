"""Gathering what headquarters publishes: a service directory and questionnaires, checked before they are signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from victimid.app import service_directory
from victimid.app.pack_content import require_distinct
from victimid.errors import VictimIDError
from victimid.forms import checking, loading
from victimid.forms.form import Form
from victimid.model.content import PackContent
from victimid.model.referral import Service

_WITHOUT_MEDIA: Final = frozenset(
    {"form.missing_media", "form.media_refused", "form.media_opus", "form.media_too_large"}
)


@dataclass(frozen=True, slots=True)
class NewContent:
    """What is to be published, as it was understood and as it goes into the pack; no services for no directory."""

    services: tuple[Service, ...]
    forms: tuple[Form, ...]
    content: PackContent


def gather(directory: Path | None, forms: Sequence[Path]) -> NewContent:
    """Read a service directory and questionnaires with everything they show.

    Raises content.empty, content.not_services, content.bad_services, content.own_form, content.form_twice,
    file.not_there, program.file_missing and what keeps a form from being used; a picture or recording that a form
    would have to do without is refused like an error.
    """
    if directory is None and not forms:
        raise VictimIDError("content.empty")
    text = _text(directory) if directory else ""
    services = service_directory.read(text) if directory else ()
    loaded = tuple(_form(path) for path in forms)
    require_distinct(form.id for form in loaded)
    media = {sha256: data for form in loaded for sha256, data in form.media.items()}
    return NewContent(services, loaded, PackContent(text, tuple(form.xform for form in loaded), media))


def _form(path: Path) -> Form:
    for problem in checking.check(path):
        if problem.severity == "error" or problem.code in _WITHOUT_MEDIA:
            raise problem.error()
    return loading.load(path)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise VictimIDError("file.not_there", name=path.name) from error
    except (OSError, UnicodeDecodeError) as error:
        raise VictimIDError("program.file_missing", name=path.name) from error
