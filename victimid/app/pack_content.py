"""What a content pack brings, read as it will be used: every form built, the directory of services read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from victimid.app import service_directory
from victimid.app.content import OWN_FORMS
from victimid.errors import VictimIDError
from victimid.forms import loading
from victimid.model.attachment import HEAD
from victimid.model.content import PackContent
from victimid.model.form_media import form_media_type
from victimid.model.installed_content import PackForm
from victimid.model.referral import Service
from victimid.store.watching import Watch


@dataclass(frozen=True, slots=True)
class ReadContent:
    """The forms of a pack with their texts, and its directory of services; None where it brings none."""

    forms: Mapping[PackForm, str] = field(repr=False)
    services: tuple[Service, ...] | None


def read(content: PackContent, watch: Watch | None = None) -> ReadContent:
    """Read what a pack brings, or would bring, telling all along how many of how many forms are built.

    Raises ``form.*``, ``content.own_form`` and ``content.form_twice`` (form), ``content.bad_services`` and
    ``content.not_services``, and ``content.bad_media`` where the pictures and recordings are not those that the forms
    name, or cannot be shown or played; ``job.cancelled``.
    """
    watch = watch or Watch()
    forms: dict[PackForm, str] = {}
    named: set[str] = set()
    for done, xform in enumerate(content.forms):
        watch.step(done, len(content.forms))
        form = loading.from_xform(xform)
        forms[PackForm(form.id, form.title, form.version, form.languages, form.sha256)] = xform
        named.update(form.model.files.values())
    require_distinct(form.id for form in forms)
    shown = all(form_media_type(data[:HEAD]) for data in content.media.values())
    if not shown or named != set(content.media):
        raise VictimIDError("content.bad_media")
    return ReadContent(forms, service_directory.read(content.services) if content.services else None)


def require_distinct(form_ids: Iterable[str]) -> None:
    """Demand forms that are told apart by their ids, from ours too; ``content.own_form``, ``content.form_twice``."""
    seen = set(OWN_FORMS)
    for form_id in form_ids:
        if form_id in seen:
            raise VictimIDError("content.own_form" if form_id in OWN_FORMS else "content.form_twice", form=form_id)
        seen.add(form_id)
