"""Problems of a form, each with the place in the workbook where it can be mended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from victimid.errors import VictimIDError

Severity = Literal["error", "warning"]
_WITHOUT_ROW: Final[Mapping[str, str]] = {
    "form.syntax": "form.syntax_at_node",
    "form.unknown_function": "form.unknown_function_at_node",
    "form.argument_count": "form.argument_count_at_node",
    "form.nodes_expected": "form.nodes_expected_at_node",
    "form.missing_media": "form.missing_media_in_xform",
    "form.media_refused": "form.media_refused_in_xform",
    "form.media_opus": "form.media_opus_in_xform",
    "form.media_too_large": "form.media_too_large_in_xform",
}


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A problem: its code and fields, and sheet, row and column, 0 and blank where unknown."""

    severity: Severity
    code: str
    fields: dict[str, str | int] = field(default_factory=dict)
    sheet: str = ""
    row: int = 0
    column: str = ""

    def error(self) -> VictimIDError:
        """Return the problem as an error with the same fields; its code tells whether it is in a sheet or an XForm."""
        place: dict[str, str | int] = {"sheet": self.sheet, "row": self.row, "column": self.column}
        code = self.code if self.sheet else _WITHOUT_ROW.get(self.code, self.code)
        return VictimIDError(code, **{**self.fields, **place})


def of_error(error: VictimIDError, sheet: str = "", row: int = 0, column: str = "") -> FormProblem:
    """Make a problem of an error."""
    return FormProblem("error", error.code, dict(error.fields), sheet, row, column)
