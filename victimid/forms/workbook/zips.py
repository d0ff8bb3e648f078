"""Looks into an .xlsx before any library does: sizes, rows, and XML that declares entities."""

import zipfile
from pathlib import Path
from typing import Final

from victimid.errors import VictimIDError
from victimid.forms import limits

_BLOCK: Final = 256 * 1024
_OVERLAP: Final = 16
_REFUSED: Final = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00<")


def require_harmless(path: Path) -> None:
    """Refuse zip bombs, entity bombs and endless sheets; sizes are counted, never read from headers."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            limits.require(limits.ZIP_MEMBERS, len(members), "zip members")
            left = limits.UNZIPPED_BYTES
            for member in members:
                left -= _member(archive, member, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise VictimIDError("form.unreadable_workbook") from None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """Read one member in blocks; returns its true size."""
    size = rows = 0
    xml = member.filename.endswith((".xml", ".rels", ".vml"))
    tail = b""
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            limits.require(left, size, "unzipped bytes")
            if size > _BLOCK:
                limits.require(limits.ZIP_RATIO, size // max(1, member.compress_size), "zip ratio")
            if xml:
                joined = tail + block
                if joined[:2] in _WIDE or any(mark in joined for mark in _REFUSED):
                    raise VictimIDError("form.refused_xml")
                rows += joined.count(b"<row") - tail.count(b"<row")
                limits.require(limits.SHEET_ROWS, rows, "rows")
                tail = joined[-_OVERLAP:]
    return size
