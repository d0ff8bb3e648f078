"""Text of a PDF as the standard says to read it: glyph codes through ToUnicode, reversed runs turned round."""

import io
import re

import pikepdf

_ENTRY = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]*)>")


def runs(pdf: bytes) -> list[list[str]]:
    """Return, page by page, the text of every text object in content order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [_page_runs(page) for page in document.pages]


def _page_runs(page: pikepdf.Page) -> list[str]:
    fonts = {str(name): _to_unicode(font) for name, font in page.Resources.Font.items()}
    found: list[str] = []
    font, reverse = "", False
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            reverse = str(operands[0]) == "/ReversedChars"
        elif operator == "EMC":
            reverse = False
        elif operator == "Tf":
            font = str(operands[0])
        elif operator == "TJ":
            codes = [bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)]
            texts = [fonts[font][code] for code in codes]
            found.append("".join(reversed(texts) if reverse else texts))
    return found


def _to_unicode(font: pikepdf.Object) -> dict[bytes, str]:
    entries = _ENTRY.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in entries}
