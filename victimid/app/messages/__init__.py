"""From error codes to sentences for people: what happened, what is safe, what to do next."""

from collections.abc import Mapping

from victimid.app.messages.backup import SENTENCES as BACKUP
from victimid.app.messages.content import SENTENCES as CONTENT
from victimid.app.messages.documents import SENTENCES as DOCUMENTS
from victimid.app.messages.exchange import SENTENCES as EXCHANGE
from victimid.app.messages.form_limits import limit_names
from victimid.app.messages.forms import SENTENCES as FORMS
from victimid.app.messages.headquarters import SENTENCES as HEADQUARTERS
from victimid.app.messages.program import SENTENCES as PROGRAM
from victimid.app.messages.screening import SENTENCES as SCREENING
from victimid.app.messages.sound import SENTENCES as SOUND
from victimid.app.messages.vault import SENTENCES as VAULT
from victimid.errors import VictimIDError
from victimid.i18n import N_, Words

_UNKNOWN = N_("Something went wrong ({code}). What was saved before is safe.")


def sentences() -> Mapping[str, str]:
    """Return the English sentence of every code of every area."""
    return {
        **BACKUP,
        **CONTENT,
        **DOCUMENTS,
        **EXCHANGE,
        **FORMS,
        **HEADQUARTERS,
        **PROGRAM,
        **SCREENING,
        **SOUND,
        **VAULT,
    }


def sentence(words: Words, error: VictimIDError) -> str:
    """Say an error in the language of the words; an unknown code is said as such."""
    template = sentences().get(error.code)
    if template is None:
        return words.gettext(_UNKNOWN, code=error.code)
    if error.code == "form.too_large":
        what = str(error.fields["what"])
        return words.gettext(template, **{**error.fields, "what": limit_names(words).get(what, what)})
    return words.gettext(template, **error.fields)
