"""Choosing the program's language by its own name; never by flags."""

from victimid import i18n
from victimid.i18n import Words
from victimid.ui.widgets.field import Chooser


def language_chooser(words: Words) -> Chooser:
    """Make a list of all languages, each in its own name, with the present one chosen."""
    options = [(language.tag, language.own_name) for language in i18n.languages()]
    made = Chooser("", options, chosen=words.language)
    made.box.setAccessibleName(words.gettext("Language"))
    return made
