"""Who answered for a case before, in its summary: who passed it to whom, when and why."""

from victimid.app.handing_over import HandoverView
from victimid.formats import isolated, moment
from victimid.i18n import Words
from victimid.model.handover import Handover
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label


class HandoversCard(Card):
    """Hidden where a case never changed hands; the newest hand-over stands last."""

    def __init__(self, words: Words, view: HandoverView) -> None:
        super().__init__(margin=18)
        self._words, self._names = words, view.names
        self.body.addWidget(label(words.gettext("Handed over"), "section"))
        for each in view.handovers:
            self.body.addWidget(label(self._said(each), "muted"))
            self.body.addWidget(label(isolated(each.reason)))
        self.setVisible(bool(view.handovers))

    def _said(self, handover: Handover) -> str:
        words = self._words
        # Translators: a case changed hands; {giver} and {receiver} are officers, {when} date and time.
        said = words.gettext(
            "{giver} to {receiver}, {when}",
            giver=self._name(handover.from_officer),
            receiver=self._name(handover.to_officer),
            when=isolated(moment(handover.at, words.language)),
        )
        if handover.by == handover.from_officer:
            return said
        # Translators: {name} is the supervisor who passed a case from one officer to another.
        arranged = words.gettext("arranged by {name}", name=self._name(handover.by))
        return f"{said} · {arranged}"

    def _name(self, officer: str) -> str:
        return isolated(self._names.get(officer, officer))
