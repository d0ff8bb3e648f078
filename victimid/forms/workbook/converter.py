"""The door to pyxform: from a workbook to an XForm."""

import warnings

from victimid.errors import VictimIDError
from victimid.forms.safexml import Element, parse
from victimid.forms.workbook.book import Workbook
from victimid.forms.workbook.outputs import fill, marked


def xform(book: Workbook) -> Element:
    """Convert; raises ``form.refused_by_converter`` where pyxform sees a problem that we did not."""
    from pyxform.errors import PyXFormError

    try:
        spared = marked(book)
        root = parse(_converted(spared).encode())
        if spared is not book:
            fill(root)
    except PyXFormError as error:
        code = getattr(getattr(error, "code", None), "name", None) or "unnamed"
        raise VictimIDError("form.refused_by_converter", reason=str(code)) from None
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        raise VictimIDError("form.refused_by_converter", reason="unnamed") from None
    return root


def _converted(book: Workbook) -> str:
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import DefinitionData

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = DefinitionData(**book.for_converter())
        found = workbook_to_json(data, fallback_form_name=book.stem, warnings=[])
        # Not to_xml(), which writes a file besides.
        written: str = create_survey_element_from_dict(found).xml().toxml()
    return written
