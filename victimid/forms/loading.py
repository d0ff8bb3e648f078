"""Loading forms: from an XLSForm or XForm file, or from what the vault keeps."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from victimid.errors import VictimIDError
from victimid.forms.collecting import no_collection
from victimid.forms.form import Form, form_of
from victimid.forms.workbook.translating import Translation
from victimid.forms.xform.build import build

__all__ = ["Form", "Translation", "from_xform", "load"]


def load(path: Path, translations: Sequence[Translation] = ()) -> Form:
    """Load a form (.xlsx .xls .csv .md, or XForm .xml) with the files it refers to, which lie beside it.

    Raises the first error that ``checking.check`` would report, with sheet, row and column as fields.
    """
    from victimid.forms.examining import examine  # with all it takes to read workbooks

    with no_collection():
        examined = examine(path, translations)
    error = examined.first_error()
    if error is not None or examined.built is None:
        raise error.error() if error is not None else VictimIDError("form.not_xform")
    return form_of(examined.built, examined.xform, examined.media)


@lru_cache(maxsize=4)
def from_xform(xform: str) -> Form:
    """Load a form from the text of a ``Form.xform``; the last few are remembered, as nothing changes them."""
    with no_collection():
        return form_of(build(xform), xform)
