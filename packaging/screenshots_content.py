"""Pictures of headquarters' content: a pack checked, installed and replaced, and what officers are then offered."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from camera import Camera, settle, shown
from screenshots_backups import choose
from shared_laptop import KEEPER, session_of, sign_in

from victimid.app import publishing, receipts
from victimid.clock import now
from victimid.crypto import sshsig
from victimid.exchange.content_pack import draft, write_pack
from victimid.ui.destinations import ToContent, ToNewInterview, ToReferral
from victimid.ui.screens.content import ContentScreen
from victimid.ui.screens.referral import ReferralScreen
from victimid.ui.window import Window

_PREVIEW_MS = 600
_FORM = """| survey | | | | |
| | type | name | label::Español (es) | label::English (en) |
| | text | first_need | ¿Qué necesita primero? | What do you need first? |
| settings | | | | |
| | form_id | form_title | version | default_language |
| | {id} | {title} | {version} | Español (es) |
"""
_SERVICE = """[[service]]
id = "{id}"
name = "{name} (not real)"
place = "Example town"
country = "ZZ"
serves = ["women", "men"]
helps = ["shelter", "legal"]
languages = ["es", "ht"]
contact = "example only – no real number"
hours = "example only – day and night"
confirmed_on = "2026-11-02"
confirmed_by = "Marta Ejemplo"
"""
_FORMS = (("arrival", "Arrival: first needs", "1"), ("harvest", "Labour inspection: harvest", "3"))
_LATER_FORMS = (("arrival", "Arrival: first needs", "2"), ("children", "Talking with children", "1"))
_SERVICES = {"shelter": "Shelter of the agency", "legal": "Legal advice of the agency", "clinic": "Clinic"}
_LATER_SERVICES = {"shelter": "Shelter of the agency", "legal": "Legal advice, by telephone too", "night": "Night desk"}


def content_packs(window: Window, camera: Camera, passphrase: str, folder: Path, case_ref: str) -> None:
    """Install two packs as the administrator; then choose as the supervisor, who has set headquarters' key."""
    key = sshsig.new_key()
    supervisor = session_of(window).vault.officer.name
    receipts.set_key(session_of(window), key.public)
    sign_in(window, KEEPER, passphrase)
    window.go(ToContent())
    camera.take(window, "content-none")
    for number, forms, services in ((1, _FORMS, _SERVICES), (2, _LATER_FORMS, _LATER_SERVICES)):
        stick = folder / f"content-stick-{number}"
        path = pack(stick, key, number, forms, services)
        page = shown(window, ContentScreen)
        choose(page.pack.found.folders, stick)
        page.check(path)
        camera.take(window, f"content-checked-{number}")
        page.install(path)
        camera.take(window, f"content-installed-{number}")
    sign_in(window, supervisor, passphrase)
    offered(window, camera, case_ref)


def offered(window: Window, camera: Camera, case_ref: str) -> None:
    """Take where forms and services are chosen."""
    window.go(ToNewInterview())
    camera.take(window, "new-interview-agency")
    window.go(ToReferral(case_ref))
    form = shown(window, ReferralScreen).form
    if form is not None:
        form.request.services.buttons[0].click()
    settle(_PREVIEW_MS)
    camera.take(window, "referral-agency")


def pack(
    stick: Path,
    key: sshsig.SigningKey,
    number: int,
    forms: Sequence[tuple[str, str, str]],
    services: Mapping[str, str],
) -> Path:
    """Write a pack of invented forms and services."""
    stick.mkdir()
    paths = [stick / f"{form_id}.md" for form_id, _, _ in forms]
    for path, (form_id, title, version) in zip(paths, forms, strict=True):
        path.write_text(_FORM.format(id=form_id, title=title, version=version), "utf-8")
    directory = stick / "services.toml"
    directory.write_text("\n".join(_SERVICE.format(id=each, name=name) for each, name in services.items()), "utf-8")
    found = publishing.gather(directory, paths).content
    return write_pack(stick, draft(number, now(), found), partial(sshsig.sign, key.private))
