"""What ships with the program or is opened by the officer: forms, signs, rule sets, service directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from victimid import assets, i18n
from victimid.app import service_directory
from victimid.errors import VictimIDError
from victimid.forms import loading
from victimid.forms.form import Form
from victimid.forms.loading import Translation
from victimid.model.interview import FormVersion
from victimid.model.referral import Service
from victimid.screening.catalogue import Catalogue, RuleSet, load_catalogue, load_rule_sets
from victimid.screening.safeguards import scored_rule_set

FIRST_LINE, SECOND_LINE = "first_line", "second_line"
OWN_FORMS = (FIRST_LINE, SECOND_LINE)


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form the officer can pick, its title in the officer's language."""

    id: str
    title: str
    version: str


class Content:
    """Reads content when it is first needed and keeps it for the session."""

    def __init__(self, forms: Path | None = None, resources: Path | None = None) -> None:
        self._forms_folder = forms or assets.folder("forms")
        self._resources = resources or assets.folder("resources")
        self._forms: dict[str, Form] = {}
        self._catalogue: Catalogue | None = None
        self._rule_sets: Mapping[str, RuleSet] | None = None

    def own_form(self, form_id: str) -> Form:
        """Load one of our own forms with every translation; raises ``form.unknown``."""
        if form_id not in self._forms:
            self._forms[form_id] = loading.load(self.own_form_path(form_id), form_translations())
        return self._forms[form_id]

    def own_form_path(self, form_id: str) -> Path:
        """Return the file of one of our own forms; raises ``form.unknown``."""
        if form_id not in OWN_FORMS:
            raise VictimIDError("form.unknown", form=form_id)
        return self._forms_folder / f"{form_id}.md"

    def kept_form(self, kept: FormVersion) -> Form:
        """Load a form that was kept with an interview, so that it goes on with the version it began with."""
        if kept.sha256 not in self._forms:
            self._forms[kept.sha256] = loading.from_xform(kept.xform)
        return self._forms[kept.sha256]

    def choices(self, language: str) -> tuple[FormChoice, ...]:
        """List our own forms by their titles in the officer's language."""
        words = i18n.load("forms", language)
        forms = map(self.own_form, OWN_FORMS)
        return tuple(FormChoice(form.id, words.gettext(form.title), form.version) for form in forms)

    def catalogue(self) -> Catalogue:
        """Return the catalogue of signs."""
        if self._catalogue is None:
            self._catalogue = load_catalogue(self._forms_folder / "signs.toml")
        return self._catalogue

    def rule_set(self, *, child: bool) -> RuleSet:
        """Return the published rule set with weights, for adults or for children."""
        if self._rule_sets is None:
            self._rule_sets = load_rule_sets(self._forms_folder / "rules", self.catalogue())
        return scored_rule_set(self._rule_sets, child=child)

    def services(self) -> tuple[Service, ...]:
        """List the examples of the shipped service directory in its own order."""
        return service_directory.read((self._resources / "services.toml").read_text("utf-8"))


def form_translations() -> tuple[Translation, ...]:
    """Return the translations of our own forms, one per language that has a catalogue."""
    return tuple(
        Translation(form_language(language.tag), i18n.load("forms", language.tag).translation)
        for language in i18n.languages()
        if language.tag != i18n.SOURCE_LANGUAGE
    )


def form_language(tag: str) -> str:
    """Name a language as XLSForm does: its own name and its tag."""
    return f"{i18n.language(tag).own_name} ({tag})"


def as_version(form: Form) -> FormVersion:
    """Return what the vault keeps of a form."""
    return FormVersion(form.id, form.version, form.title, form.sha256, form.xform)
