"""A place on the map, typed by hand as latitude and longitude; it may always be left out."""

from PySide6.QtWidgets import QHBoxLayout

from victimid.i18n import Words
from victimid.ui.screens import answer_values
from victimid.ui.screens.answer_fields import NumberInput
from victimid.ui.screens.answer_input import AnswerInput

_MISSING = "?"  # no number, so that the form refuses half a place
_ALTITUDE_AND_ACCURACY = "0 0"


class PlaceInput(AnswerInput):
    """Two numbers in degrees; south and west are negative."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.latitude = NumberInput(words.gettext("Latitude in degrees"))
        self.longitude = NumberInput(words.gettext("Longitude in degrees"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in (self.latitude, self.longitude):
            part.edited.connect(self.edited)
            row.addWidget(part)
        row.addStretch(1)
        self.setFocusProxy(self.latitude)

    def value(self) -> str:
        """Return the place as XForms writes it, blank where neither number is given."""
        latitude, longitude = self.latitude.value(), self.longitude.value()
        if not latitude and not longitude:
            return ""
        return f"{latitude or _MISSING} {longitude or _MISSING} {_ALTITUDE_AND_ACCURACY}"

    def set_value(self, value: str) -> None:
        """Show a place."""
        latitude, longitude = [*value.replace(_MISSING, "").split(" "), "", ""][:2]
        self.latitude.set_value(latitude)
        self.longitude.set_value(longitude)

    def typed(self) -> str:
        """Return both fields."""
        return answer_values.write_boxes({"latitude": self.latitude.typed(), "longitude": self.longitude.typed()})

    def set_typed(self, typed: str) -> None:
        """Show both fields as they were left."""
        boxes = answer_values.read_boxes(typed)
        if boxes is None:
            self.set_value(typed)
        else:
            self.latitude.set_typed(boxes.get("latitude", ""))
            self.longitude.set_typed(boxes.get("longitude", ""))
