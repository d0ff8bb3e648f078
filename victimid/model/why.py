"""Why something was done to the vault or its officers: chosen, never typed, so that no name gets into the audit."""

from enum import StrEnum


class WhyDisabled(StrEnum):
    """Why an officer is let in no more."""

    LEFT = "left"
    ABSENT = "absent"
    DOUBT = "doubt"
    MISTAKE = "mistake"


class WhyRekeyed(StrEnum):
    """Why a vault gets a new data key."""

    ROUTINE = "routine"
    EXPOSED = "exposed"
    OFFICER_LEFT = "officer_left"
    KEY_REPLACED = "key_replaced"


class WhyAccepted(StrEnum):
    """Why one goes on with records that are older than had been confirmed."""

    OWN_COPY = "own_copy"
    DISK_FAILED = "disk_failed"
    HEADQUARTERS = "headquarters"
    URGENT = "urgent"


class WhyLocked(StrEnum):
    """What locked a vault; ``IDLE`` is also a window out of sight, and a machine that slept without telling."""

    OFFICER = "officer"
    IDLE = "idle"
    SYSTEM = "system"
    PANIC = "panic"
    CLOSED = "closed"
