"""Pictures of a laptop that several officers share: hand-over, review, officers, record of actions, settings, care."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from camera import Camera, settle, shown

from victimid.app import demo, handing_over, officers, summary, vault_care
from victimid.app.session import Session
from victimid.clock import now
from victimid.model.finding import Outcome
from victimid.model.people import Role
from victimid.model.policy import Policy
from victimid.ui.destinations import (
    ToActions,
    ToCare,
    ToDesk,
    ToHandOver,
    ToOfficers,
    ToPassphrase,
    ToSettings,
    ToSummary,
)
from victimid.ui.screen import Screen
from victimid.ui.screens.actions import ActionsScreen
from victimid.ui.screens.care import CareScreen
from victimid.ui.screens.hand_over import HandOverScreen
from victimid.ui.screens.officers import OfficersScreen
from victimid.ui.screens.reason import ReasonScreen
from victimid.ui.screens.summary import SummaryScreen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.window import Window

_SECOND, KEEPER, _THIRD = "Eva Ejemplo", "Nadia Ejemplo", "Luc Ejemplo"


class MovedClock:
    """The clock on the wall, moved ahead by some days."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the moment."""
        return now() + self.ahead


def shared_laptop(window: Window, camera: Camera, clock: MovedClock, case: Mapping[str, Any]) -> None:
    """Enrol others, and show what each role sees."""
    secret = case["passphrase"]
    drawn = enrol(window, camera, secret)
    sign_in(window, _THIRD, drawn)
    camera.take(window, "first-passphrase")
    sign_in(window, _SECOND, secret)
    decided = second_officer(session_of(window), case)
    window.go(ToDesk())
    camera.take(window, "desk-officer")
    sign_in(window, case["officer"], secret)
    camera.take(window, "desk-handed-over")
    hand_over(window, camera)
    review(window, camera, decided)
    sign_in(window, KEEPER, secret)
    administrator(window, camera)
    clock.ahead = timedelta(days=40)
    sign_in(window, case["officer"], secret)
    actions(window, camera)
    care(window, camera)


def session_of(window: Window) -> Session:
    """Return the open session."""
    return shown(window, Screen).context.session


def sign_in(window: Window, name: str, passphrase: str) -> None:
    """Lock, and unlock as somebody."""
    window.lock()
    page = shown(window, Unlock)
    page.name.set_text(name)
    page.passphrase.set_text(passphrase)
    page.submit()
    settle()


def enrol(window: Window, camera: Camera, secret: str) -> str:
    """Enrol two officers, and a third on screen with a passphrase drawn, which is returned."""
    session = session_of(window)
    officers.enrol(session, _SECOND, secret, Role.OFFICER, given=False)
    officers.enrol(session, KEEPER, secret, Role.ADMINISTRATOR, given=False)
    window.go(ToOfficers())
    camera.take(window, "officers")
    page = shown(window, OfficersScreen)
    page.enrol.name.set_text(_THIRD)
    page.enrol.roles.buttons[0].click()
    page.enrol.enrol.click()
    camera.take(window, "officers-enrolled")
    drawn = page.told.passphrase.text()
    page.told.done.click()
    next(iter(page.list.buttons.values())).click()
    camera.take(window, "officers-question")
    window.go(ToPassphrase())
    camera.take(window, "own-passphrase")
    return drawn


def second_officer(session: Session, case: Mapping[str, Any]) -> str:
    """Work as the second officer: one case decided, two handed over; returns the decided one."""
    refs = [demo.screen(session, case)[0] for _ in range(3)]
    for ref in refs:
        found = summary.summarise(session, ref, case["officer_language"])
        summary.decide(session, found, Outcome.REFER, case["reason"])
    supervisor = next(each for each in officers.everyone(session) if each.role is Role.SUPERVISOR)
    handing_over.hand_over(session, refs[1:], supervisor.id, case["reason"])
    return refs[0]


def hand_over(window: Window, camera: Camera) -> None:
    """Choose some cases, an officer and a reason, and take the question."""
    window.go(ToHandOver())
    page = shown(window, HandOverScreen)
    camera.take(window, "hand-over-empty")
    page.cases.choose(page.cases.listed[:2])
    page.to.buttons[0].click()
    page.reason.set_text(demo.read_case()["reason"])
    page.hand.click()
    camera.take(window, "hand-over")


def review(window: Window, camera: Camera, ref: str) -> None:
    """Open a case of another officer, and review the decision."""
    window.go(ToSummary(ref))
    settle()
    page = shown(window, ReasonScreen)
    page.choices.buttons[0].click()
    camera.take(window, "reason")
    page.open.click()
    said = shown(window, SummaryScreen).review
    said.verdict.buttons[1].click()
    said.note.set_text(demo.read_case()["reason"])
    camera.take(window, "review")
    said.record.click()
    camera.take(window, "reviewed")


def administrator(window: Window, camera: Camera) -> None:
    """Take what an administrator sees."""
    camera.take(window, "administrator")
    days = {None: 30, Outcome.REFER: 30, Outcome.INFORM: 30}
    vault_care.change_policy(session_of(window), Policy(days, 3))
    window.go(ToSettings())
    camera.take(window, "settings")
    window.go(ToCare())
    camera.take(window, "care-administrator")


def actions(window: Window, camera: Camera) -> None:
    """Take the record of actions, and the way to write it."""
    window.go(ToActions())
    camera.take(window, "actions")
    page = shown(window, ActionsScreen)
    page.to_file.click()
    camera.take(window, "actions-file")


def care(window: Window, camera: Camera) -> None:
    """Take a check and a deletion, then the warning of an old database."""
    window.go(ToCare())
    page = shown(window, CareScreen)
    page.check.begin()
    if page.due is not None:
        next(iter(page.due.buttons.values())).click()
    camera.take(window, "care")
    session_of(window).vault.anchors.behind = True
    window.go(ToCare())
    camera.take(window, "care-rolled-back")
    session_of(window).vault.anchors.behind = False
    window.go(ToDesk())
