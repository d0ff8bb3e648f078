"""Tables for spreadsheets: what was put in comes out, and nothing is taken for a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victimid.exchange.spreadsheet import csv_bytes

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "|cmd", "%0A=1"])
def test_a_formula_becomes_text(cell: str) -> None:
    [[got]] = read(csv_bytes([[cell]]))
    assert got == f"'{cell}"


def test_numbers_stay_numbers_and_the_file_says_its_encoding() -> None:
    content = csv_bytes([("número", -5)])
    assert content == b"\xef\xbb\xbf" + "número,-5\r\n".encode()


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=5))
def test_every_cell_comes_back_but_for_the_apostrophe(rows: list[list[str]]) -> None:
    for row, came in zip(rows, read(csv_bytes(rows)), strict=True):
        assert [cell.removeprefix("'") if cell[1:] == was else cell for cell, was in zip(came, row, strict=True)] == row
        assert not any(cell.lstrip()[:1] in {"=", "+", "-", "@"} for cell in came if cell.lstrip())
