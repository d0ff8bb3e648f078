"""Records that came back become those of a new device.

Numbers and revisions given out after a backup was made are unknown to it. Going on under the old name would use them
twice, for other content, which headquarters takes for a forgery. So the laptop draws a new signing key, numbers its
bundles from one, and sends every case again; what it sent before stays on record under its former name.
"""

from functools import partial
from typing import Final

from victimid.crypto import sshsig
from victimid.model.audit import Action
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.laptop import Laptop

_FORMER_DEVICE: Final = "INSERT INTO former_device SELECT ?, device_id, public_key FROM laptop"
_FORMER_EXPORTS: Final = """INSERT INTO former_export SELECT ?, sequence, manifest_sha256, records, written_at, by,
    received_at, audit_head, (SELECT json_group_array(json_array(case_ref, revision) ORDER BY case_ref)
        FROM exported_case WHERE exported_case.sequence = export.sequence) FROM export"""


def become_new_device(database: Database, audit: Audit, by: str, detail: str) -> None:
    """Draw a new name, and note who did it and from what, signed; ``detail`` is a few codes and numbers."""
    laptop = Laptop(database)
    with database.transaction():
        last = audit.standing().sequence
        database.execute(_FORMER_DEVICE, (last,))
        database.execute(_FORMER_EXPORTS, (last,))
        database.execute("DELETE FROM exported_case")
        database.execute("DELETE FROM export")
        database.execute("UPDATE cases SET exported_revision = 0")
        laptop.draw_key()
        audit.append(Action.VAULT_RESTORED, by, "", detail, content=laptop.content())
        audit.seal(partial(laptop.sign, sshsig.AUDIT_NAMESPACE))
