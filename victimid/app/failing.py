"""What could not be done leaves an entry in the record of actions, as far as the vault can still be written."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from victimid.app.action_filter import typed_reference
from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.store.vault import Vault

# Somebody stopped it, or the vault was locked meanwhile: nothing failed.
NO_FAILURES: Final = frozenset({"job.cancelled", "backup.being_made", "vault.closed"})
_UNNAMED: Final = "program.unexpected"


@contextmanager
def failure_noted(vault: Vault, tried: Action, *case_refs: str) -> Iterator[None]:
    """Let an error go on as it is once it is written down: what was tried, its code, and the cases, nothing else.

    The reserve of room on the disk is not given up for it. Within a transaction nothing is written, as it would be
    undone with that; whoever does the whole notes it.
    """
    if vault.in_transaction:
        yield
        return
    try:
        yield
    except (VictimIDError, OSError) as error:
        code = error.code if isinstance(error, VictimIDError) else _UNNAMED
        if code not in NO_FAILURES:
            with suppress(VictimIDError):
                _note(vault, f"{tried} {code}", case_refs or ("",))
        raise


def _note(vault: Vault, detail: str, case_refs: tuple[str, ...]) -> None:
    # What was typed as a reference and is none does not get into the record.
    with vault.together():
        for ref in case_refs:
            vault.audit.append(Action.FAILED, vault.officer.id, typed_reference(ref), detail)
