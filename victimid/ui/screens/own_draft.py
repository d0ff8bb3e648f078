"""Words typed on a screen that belongs to no case: there again after a lock, for the officer who typed them."""

from functools import partial

from victimid.app import officer_draft
from victimid.ui.draft import Draft
from victimid.ui.screen import SessionScreen
from victimid.ui.widgets.field import Field, TextArea


def own_draft(screen: SessionScreen, place: str, field: Field | TextArea) -> Draft:
    """Keep what is typed in a field under the name of a place, and show what was left there before."""
    session = screen.context.session
    draft = Draft(screen, screen.jobs, field.text, partial(officer_draft.keep, session, place))
    field.changed.connect(draft.soon)
    read = partial(officer_draft.read, session, place)
    screen.jobs.run(read, lambda text: draft.show(text, field.set_text), screen)
    return draft
