"""Every place there is in the window of an officer."""

from victimid.ui.destinations import (
    Destination,
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


def everywhere(case_ref: str, interview_id: str) -> tuple[Destination, ...]:
    """Return every place there is, with a case whose interview is finished and an interview under way."""
    return (
        ToDesk(),
        ToFirstLine(),
        ToNewInterview(),
        ToNewInterview(case_ref),
        ToInterview(interview_id),
        ToSummary(case_ref),
        ToReferral(case_ref),
        ToExport(),
        ToRecovery(),
        ToHandOver(),
        ToReason(case_ref, ToSummary(case_ref)),
        ToOfficers(),
        ToPassphrase(),
        ToActions(),
        ToCare(),
        ToBackups(),
        ToSettings(),
        ToContent(),
    )
