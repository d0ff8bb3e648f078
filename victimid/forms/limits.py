"""What a form may at most be; anything larger is refused, quickly and by name."""

from typing import Final

from victimid.errors import VictimIDError

FILE_BYTES: Final = 16 * 1024 * 1024
MEDIA_FILE_BYTES: Final = 16 * 1024 * 1024
MEDIA_BYTES: Final = 64 * 1024 * 1024
UNZIPPED_BYTES: Final = 48 * 1024 * 1024
ZIP_RATIO: Final = 200
ZIP_MEMBERS: Final = 2_000
SHEET_ROWS: Final = 60_000
SHEET_COLUMNS: Final = 500
SHEET_CELLS: Final = 300_000
SURVEY_ROWS: Final = 10_000
WORKBOOK_TAGS: Final = 3_000_000
CELL_CHARACTERS: Final = 100_000
PROBLEMS: Final = 2_000
LANGUAGES: Final = 200
XML_DEPTH: Final = 60
XML_ATTRIBUTES: Final = 1_000
XML_NODES: Final = 500_000
EXPRESSION_CHARACTERS: Final = 32_000
EXPRESSION_DEPTH: Final = 100
EXPRESSIONS_CHARACTERS: Final = 600_000
REFERENCES: Final = 500_000
PATTERN_CHARACTERS: Final = 1_000
PATTERN_STATES: Final = 5_000
VALUE_CHARACTERS: Final = 200_000
REPEAT_INSTANCES: Final = 10_000
DEFINITIONS: Final = 20_000
INSTANCE_NODES: Final = 100_000
EVENT_ROUNDS: Final = 100
EVENT_ACTIONS: Final = 20_000
EVALUATION_STEPS: Final = 25_000
EVALUATION_VISITS: Final = 1_500_000


class Budget:
    """How much of something a whole form may have."""

    __slots__ = ("_at_most", "_spent", "_what")

    def __init__(self, at_most: int, what: str) -> None:
        self._at_most = at_most
        self._what = what
        self._spent = 0

    def take(self, more: int) -> None:
        """Count; raises ``form.too_large``."""
        self._spent += more
        if self._spent > self._at_most:
            raise _too_large(self._what, self._at_most)


def require(at_most: int, actual: int, what: str) -> None:
    """Refuse what is over a limit; ``what`` names the limit in the error's fields."""
    if actual > at_most:
        raise _too_large(what, at_most)


def _too_large(what: str, at_most: int) -> VictimIDError:
    return VictimIDError("form.too_large", what=what, limit=at_most)
