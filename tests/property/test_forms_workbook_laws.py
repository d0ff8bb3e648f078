"""What we do faster than the converter gives what the converter gives."""

import tempfile
import warnings
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # has no stubs
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2json_backends import xlsx_to_dict

from tests.support.random_forms import RandomForm
from victimid.forms.safexml import parse, to_text
from victimid.forms.workbook import book, converter, xlsx

_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))
_VALUES = st.one_of(
    _WORDS,
    st.sampled_from([" a ", "\u00a0", "x\u00a0y", "two\nlines", "TRUE", "#N/A", "_x000D_", "=1+1", "00", "1.0"]),
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1905, 1, 1)),
    st.datetimes(datetime(1905, 1, 1)),  # noqa: DTZ001 - spreadsheets know no zones
    st.times(),
    st.timedeltas(timedelta(0), timedelta(400)),
)
_FORMATS = st.sampled_from(["General", "0.00", "@", "yyyy-mm-dd", "h:mm", "[h]:mm:ss", '"d"0', "d/m/yy;@", "0%"])
_ROWS = st.lists(st.lists(st.tuples(_VALUES, st.none() | _FORMATS), max_size=5), max_size=6)


@settings(max_examples=50, deadline=None)
@given(
    rows=_ROWS,
    titles=st.lists(st.sampled_from(["survey", "Choices", "settings", "notes"]), min_size=1, max_size=3, unique=True),
    old_mac=st.booleans(),
)
def test_a_workbook_is_read_as_the_converter_reads_it(
    rows: list[list[tuple[object, str | None]]], titles: list[str], *, old_mac: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        made = openpyxl.Workbook()
        made.epoch = openpyxl.utils.datetime.MAC_EPOCH if old_mac else openpyxl.utils.datetime.WINDOWS_EPOCH
        made.remove(made.worksheets[0])
        for title in titles:
            page = made.create_sheet(title)
            page.append(["type", " a  heading ", None, "label::English (en)"])
            for number, row in enumerate(rows, 2):
                for column, (value, number_format) in enumerate(row, 1):
                    cell = page.cell(number, column, value)
                    cell.number_format = number_format or cell.number_format
        made.save(path)
        assert xlsx.sheets(path) == _by_converter(path)


def _by_converter(path: Path) -> dict[str, object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of numbers that are no dates
        found: dict[str, object] = xlsx_to_dict(str(path))
    del found["sheet_names"]
    return found


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2000), translated=st.booleans())
def test_texts_with_references_are_converted_as_the_converter_does(seed: int, *, translated: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        form = book.read(RandomForm(seed, translated=translated).write(Path(folder)))
    assert to_text(converter.xform(form)) == to_text(parse(converter._converted(form).encode()))
