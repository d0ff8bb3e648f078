"""The door to pyxform: from a workbook to XForm XML."""

import warnings

from victimid.errors import VictimIDError
from victimid.forms.workbook.book import Workbook


def xform(book: Workbook) -> str:
    """Convert; raises ``form.refused_by_converter`` where pyxform sees a problem that we did not."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found: str = convert(book.for_converter(), warnings=[]).xform
    except PyXFormError as error:
        code = getattr(getattr(error, "code", None), "name", None) or "unnamed"
        raise VictimIDError("form.refused_by_converter", reason=str(code)) from None
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        raise VictimIDError("form.refused_by_converter", reason="unnamed") from None
    return found
