"""Makes the screen for a destination."""

from typing import assert_never

from victimid.app.permissions import Right
from victimid.ui.context import Context
from victimid.ui.destinations import (
    CasePlace,
    Destination,
    OfficePlace,
    TalkPlace,
    ToActions,
    ToBackups,
    ToCare,
    ToContent,
    ToDesk,
    ToExport,
    ToFirstLine,
    ToHandOver,
    ToInterview,
    ToNewInterview,
    ToOfficers,
    ToPassphrase,
    ToReason,
    ToRecovery,
    ToReferral,
    ToSettings,
    ToSummary,
)
from victimid.ui.ready import Ready
from victimid.ui.screen import Screen


def home(context: Context) -> Destination:
    """Return where an officer begins: the desk, or the officers for a role that works on no cases."""
    return ToDesk() if context.session.access.may(Right.WORK_ON_OWN_CASES) else ToOfficers()


def make_screen(destination: Destination, context: Context, ready: Ready) -> Screen:
    """Return the screen; screens are imported when first needed, so that the window opens quickly.

    Nothing opens before a passphrase that somebody else gave is changed.
    """
    if context.session.vault.officer.passphrase_given:
        destination = ToPassphrase()
    match destination:
        case ToDesk():
            desk = ready.desk()
            desk.open(context)
            return desk
        case ToExport():
            from victimid.ui.screens.export import ExportScreen

            return ExportScreen(context)
        case ToReason(case_ref, then):
            from victimid.ui.screens.reason import ReasonScreen

            return ReasonScreen(context, case_ref, then)
        case ToFirstLine() | ToNewInterview() | ToInterview():
            return _talk_screen(destination, context)
        case ToSummary() | ToReferral() | ToHandOver():
            return _case_screen(destination, context)
        case (
            ToRecovery()
            | ToOfficers()
            | ToPassphrase()
            | ToActions()
            | ToCare()
            | ToBackups()
            | ToSettings()
            | ToContent()
        ):
            return _office_screen(destination, context)
        case _:
            assert_never(destination)


def _talk_screen(destination: TalkPlace, context: Context) -> Screen:
    from victimid.ui.screens.interview import InterviewScreen
    from victimid.ui.screens.new_interview import FirstLineScreen, NewInterviewScreen

    match destination:
        case ToFirstLine():
            return FirstLineScreen(context)
        case ToNewInterview(case_ref):
            return NewInterviewScreen(context, case_ref)
        case ToInterview(interview_id):
            return InterviewScreen(context, interview_id)


def _case_screen(destination: CasePlace, context: Context) -> Screen:
    match destination:
        case ToSummary(case_ref):
            from victimid.ui.screens.summary import SummaryScreen

            return SummaryScreen(context, case_ref)
        case ToReferral(case_ref):
            from victimid.ui.screens.referral import ReferralScreen

            return ReferralScreen(context, case_ref)
        case ToHandOver(case_refs):
            from victimid.ui.screens.hand_over import HandOverScreen

            return HandOverScreen(context, case_refs)


def _office_screen(destination: OfficePlace, context: Context) -> Screen:
    match destination:
        case ToRecovery():
            from victimid.ui.screens.recovery import RecoveryScreen

            return RecoveryScreen(context)
        case ToOfficers():
            from victimid.ui.screens.officers import OfficersScreen

            return OfficersScreen(context)
        case ToPassphrase():
            from victimid.ui.screens.own_passphrase import OwnPassphraseScreen

            return OwnPassphraseScreen(context)
        case ToActions():
            from victimid.ui.screens.actions import ActionsScreen

            return ActionsScreen(context)
        case ToCare():
            from victimid.ui.screens.care import CareScreen

            return CareScreen(context)
        case ToBackups():
            from victimid.ui.screens.backups import BackupsScreen

            return BackupsScreen(context)
        case ToSettings():
            from victimid.ui.screens.policy import PolicyScreen

            return PolicyScreen(context)
        case ToContent():
            from victimid.ui.screens.content import ContentScreen

            return ContentScreen(context)
