"""Looks into an .xlsx before any library does: sizes, rows, and XML that declares entities."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from victimid.errors import VictimIDError
from victimid.forms import limits

_BLOCK: Final = 256 * 1024
_OVERLAP: Final = 128
_REFUSED: Final = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_ROW: Final = re.compile(rb"<(?:[\w.-]{1,20}:)?row\b")
_FAR_CELL: Final = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{5,})"[^>/]{0,60}><')
_PROTECTED: Final = b"\xd0\xcf\x11\xe0"
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_XML: Final = (".xml", ".rels", ".vml")
_BEFORE_MARKUP: Final = b"\xef\xbb\xbf \t\r\n"


def require_harmless(path: Path) -> None:
    """Refuse zip bombs, entity bombs and endless sheets; sizes are counted, never read from headers."""
    try:
        with path.open("rb") as stream:
            if stream.read(len(_PROTECTED)) == _PROTECTED:
                raise VictimIDError("form.encrypted_workbook")
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            limits.require(limits.ZIP_MEMBERS, len(members), "zip members")
            scan = _Scan(archive)
            for member in members:
                scan.member(member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise VictimIDError("form.unreadable_workbook") from None


@dataclass(slots=True)
class _Scan:
    """Reads every member in blocks; ``size`` and ``tags`` count over the whole archive."""

    archive: zipfile.ZipFile
    size: int = 0
    tags: int = 0

    def member(self, member: zipfile.ZipInfo) -> None:
        """Read one member, whatever its name says it is."""
        if member.compress_type not in _METHODS:
            raise VictimIDError("form.unreadable_workbook")
        size = rows = 0
        tail, markup = b"", False
        with self.archive.open(member) as stream:
            while block := stream.read(_BLOCK):
                if not size:
                    markup = _is_markup(member.filename, block)
                size += len(block)
                limits.require(limits.UNZIPPED_BYTES, self.size + size, "unzipped bytes")
                if size > _BLOCK:
                    limits.require(limits.ZIP_RATIO, size // max(1, member.compress_size), "zip ratio")
                if markup:
                    rows += self._block(block, tail)
                    limits.require(limits.SHEET_ROWS, rows, "rows")
                    tail = block[-_OVERLAP:]
        self.size += size

    def _block(self, block: bytes, tail: bytes) -> int:
        """Look at a block with the end of the one before; returns the rows that are new in it."""
        joined = tail + block
        if any(mark in joined for mark in _REFUSED):
            raise VictimIDError("form.refused_xml")
        self.tags += block.count(b"<")
        limits.require(limits.WORKBOOK_TAGS, self.tags, "cells")
        for found in _FAR_CELL.finditer(joined):
            limits.require(limits.SHEET_ROWS, int(found[1][:10]), "rows")
        return sum(1 for _ in _ROW.finditer(joined)) - sum(1 for _ in _ROW.finditer(tail))


def _is_markup(name: str, start: bytes) -> bool:
    """Tell whether a member is XML, by its name or its first character; it must be in UTF-8."""
    if start[:2] in _WIDE:
        raise VictimIDError("form.refused_xml")
    return name.endswith(_XML) or start.lstrip(_BEFORE_MARKUP)[:1] == b"<"
