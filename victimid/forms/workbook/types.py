"""Question types and names that XLSForm knows."""

import re
from typing import Final

_NAME: Final = re.compile(r"[^\W\d][\w.\-]*")
_SELECTS: Final = re.compile(
    r"(select[ _]one|select[ _]multiple|select1|select all that apply|rank|select[ _]one[ _]external"
    r"|select[ _](one|multiple)[ _]from[ _]file|select (one|multiple) from)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_EXTRA: Final = frozenset({"entity", "background-audio", "csv-external", "xml-external", "geojson-external"})


def is_type(text: str) -> bool:
    """Tell whether a question type is known, asking the converter's own table."""
    from pyxform.aliases import control
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    plain = " ".join(text.split())
    if _SELECTS.fullmatch(plain) or plain in QUESTION_TYPE_DICT or plain.lower() in QUESTION_TYPE_DICT:
        return True
    return plain.lower() in _EXTRA or plain.lower() in control


def is_name(text: str) -> bool:
    """Tell whether a question name can name an element."""
    return _NAME.fullmatch(text.rpartition(":")[2]) is not None
