"""Makes the screen for a destination."""

from typing import assert_never

from victimid.ui.context import Context
from victimid.ui.destinations import (
    Destination,
    ToDesk,
    ToExport,
    ToFirstLine,
    ToInterview,
    ToNewInterview,
    ToRecovery,
    ToReferral,
    ToSummary,
)
from victimid.ui.screen import Screen


def make_screen(destination: Destination, context: Context) -> Screen:
    """Return the screen; screens are imported when first needed, so that the window opens quickly."""
    match destination:
        case ToDesk() | ToExport():
            return _office_screen(destination, context)
        case ToFirstLine() | ToNewInterview() | ToInterview():
            return _interview_screen(destination, context)
        case ToSummary(case_ref):
            from victimid.ui.screens.summary import SummaryScreen

            return SummaryScreen(context, case_ref)
        case ToReferral(case_ref):
            from victimid.ui.screens.referral import ReferralScreen

            return ReferralScreen(context, case_ref)
        case ToRecovery():
            from victimid.ui.screens.recovery import RecoveryScreen

            return RecoveryScreen(context)
        case _:
            assert_never(destination)


def _office_screen(destination: ToDesk | ToExport, context: Context) -> Screen:
    from victimid.ui.screens.desk import DeskScreen
    from victimid.ui.screens.export import ExportScreen

    return DeskScreen(context) if isinstance(destination, ToDesk) else ExportScreen(context)


def _interview_screen(destination: ToFirstLine | ToNewInterview | ToInterview, context: Context) -> Screen:
    from victimid.ui.screens.interview import InterviewScreen
    from victimid.ui.screens.new_interview import FirstLineScreen, NewInterviewScreen

    match destination:
        case ToFirstLine():
            return FirstLineScreen(context)
        case ToNewInterview(case_ref):
            return NewInterviewScreen(context, case_ref)
        case ToInterview(interview_id):
            return InterviewScreen(context, interview_id)
