"""Problems of a form, each with the place in the workbook where it can be mended."""

from dataclasses import dataclass, field
from typing import Final, Literal

from victimid.errors import VictimIDError

Severity = Literal["error", "warning"]
_OF_NODES: Final = frozenset({"form.syntax", "form.unknown_function", "form.argument_count", "form.nodes_expected"})


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
        code = f"{self.code}_at_node" if not self.sheet and self.code in _OF_NODES else self.code
        return VictimIDError(code, **{**self.fields, **place})


def of_error(error: VictimIDError, sheet: str = "", row: int = 0, column: str = "") -> FormProblem:
    """Make a problem of an error."""
    return FormProblem("error", error.code, dict(error.fields), sheet, row, column)
