"""The column that names who answers for a case, where cases of others are listed too."""

from collections.abc import Mapping

from victimid.app.access import Access
from victimid.app.permissions import Right
from victimid.i18n import Words
from victimid.model.case import CaseOverview


class Owners:
    """Heading and cells of the column, or none; ``names`` are those of the officers by their ids."""

    def __init__(self, words: Words, access: Access) -> None:
        self._words = words
        self._shown = access.may(Right.SEE_ALL_CASES)
        self.names: Mapping[str, str] = {}

    def heading(self) -> tuple[str, ...]:
        """Return the heading, or nothing."""
        # Translators: heading of a column: the officer who answers for a case.
        return (self._words.pgettext("column", "Officer"),) if self._shown else ()

    def cell(self, row: CaseOverview) -> tuple[str, ...]:
        """Return the name for one case, or nothing."""
        return (self.names.get(row.owner, ""),) if self._shown else ()
