"""Pictures and recordings that a form names: read from beside it within limits, and noted in it by their hashes."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from victimid.forms import limits
from victimid.forms.beside import Beside
from victimid.forms.problems import FormProblem
from victimid.forms.safexml import Element
from victimid.forms.wording import MEDIA, file_name
from victimid.forms.workbook.book import Workbook
from victimid.forms.xform.files import Named, named, note
from victimid.model.attachment import HEAD
from victimid.model.form_media import PICTURES, form_media_type, is_opus

_HEADING: Final = re.compile(rf"(?:media::)?({'|'.join(MEDIA)})(?:::.*)?", re.IGNORECASE)
_KEPT: Final = frozenset({"image", "big-image", "audio"})


@dataclass(frozen=True, slots=True)
class Collected:
    """The bytes of files by their SHA-256, and the code of what is wrong with each that was left out."""

    contents: dict[str, bytes] = field(default_factory=dict)
    wrong: dict[Named, str] = field(default_factory=dict)


def bring_in(model: Element, beside: Beside) -> Collected:
    """Read the files that the texts of a form name, and note in the model which they are.

    A file that is missing, of another kind, or too large is left out. Raises ``form.too_large`` where all of them
    together are.
    """
    collected, hashes, size = Collected(), dict[str, str](), 0
    for each in dict.fromkeys(named(model)):
        code, content = _read(each, beside)
        if code:
            collected.wrong[each] = code
            continue
        size += len(content)
        limits.require(limits.MEDIA_BYTES, size, "bytes of pictures and recordings")
        hashes[each.name] = hashlib.sha256(content).hexdigest()
        collected.contents[hashes[each.name]] = content
    note(model, hashes)
    return collected


def problems(wrong: Mapping[Named, str], book: Workbook | None) -> list[FormProblem]:
    """Warn of the files that were left out, at every cell that names them where there is a workbook."""
    found = []
    for missed, code in wrong.items():
        fields: dict[str, str | int] = {"file": missed.name[:200]}
        places = [place for place, each in _cells(book) if each == missed] if book is not None else []
        found += [FormProblem("warning", code, fields, *place) for place in places or [("", 0, "")]]
    return found


def _read(wanted: Named, beside: Beside) -> tuple[str, bytes]:
    """Return what keeps a file from being taken, blank for nothing, and what it holds."""
    path = beside.find(wanted.name)
    if path is None:
        return "form.missing_media", b""
    try:
        if path.stat().st_size > limits.MEDIA_FILE_BYTES:
            return "form.media_too_large", b""
        content = path.read_bytes()
    except OSError:
        return "form.missing_media", b""
    kind = form_media_type(content[:HEAD])
    fits = bool(kind) and wanted.form in _KEPT and (kind in PICTURES) is (wanted.form != "audio")
    if fits:
        return "", content
    return "form.media_opus" if is_opus(content[:HEAD]) else "form.media_refused", b""


def _cells(book: Workbook) -> Iterator[tuple[tuple[str, int, str], Named]]:
    for sheet in (book.sheet("survey"), book.sheet("choices")):
        for number, row in sheet.numbered():
            for heading, text in row.items():
                form = _HEADING.fullmatch(heading)
                if form is not None:
                    yield (sheet.name, number, heading), Named(form[1].lower(), file_name(text))
