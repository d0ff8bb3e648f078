"""While a key is derived, the parts of the desk are loaded, styled and painted once, unseen: it then comes at once.

Nothing of the vault is in them, it is still locked. What stays is what Qt keeps by itself: styles, fonts, glyphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.ui.destinations import ToDesk

if TYPE_CHECKING:
    from victimid.i18n import Words


def warm_up(words: Words) -> None:
    """Paint the parts of a desk without cases into the void."""
    from victimid.ui.screens.desk import CountCard
    from victimid.ui.screens.desk_filters import Filters
    from victimid.ui.screens.desk_table import CasesTable
    from victimid.ui.widgets.paged_table import TableRow
    from victimid.ui.widgets.side_nav import SideNav

    table = CasesTable(["0", "1"], "")
    table.rows.set_rows([lambda: TableRow("", ("0", "1"))])
    sheet = QWidget()
    rows = QVBoxLayout(sheet)
    for part in (SideNav(words, ToDesk(), lambda _: True), Filters(words, "", may_delete=False), CountCard(""), table):
        rows.addWidget(part)
    sheet.grab()
    sheet.deleteLater()
