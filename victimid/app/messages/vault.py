"""Sentences for what can go wrong with keys, the vault and the records in it."""

from typing import Final

from victimid.i18n import N_

SENTENCES: Final[dict[str, str]] = {
    "officer.not_allowed": N_(
        "Your role on this laptop does not allow this. Nothing was changed. Ask your supervisor."
    ),
    "officer.disabled": N_("You no longer have access to this laptop. Ask your supervisor."),
    "officer.passphrase_not_noted": N_(
        "The new passphrase counts from now on, but the disk refused to record that. "
        "Make room on the disk, then change the passphrase once more."
    ),
    "officer.slot_outdated": N_(
        "The key file of the vault is older than your passphrase: an old copy may have been put back. "
        "Nothing was opened. Tell your supervisor, and use the newest key file."
    ),
    "officer.own": N_("You cannot disable yourself. Another supervisor or administrator has to do it."),
    "handover.reason_missing": N_("Say why the cases change hands; the reason is recorded."),
    "handover.receiver": N_("Choose an officer who works on cases, still has access and has chosen an own passphrase."),
    "handover.same_officer": N_("This officer answers for case {case} already. Nothing was changed."),
    "review.no_decision": N_("Nothing is decided in case {case} yet, so there is nothing to review."),
    "review.own_decision": N_("You decided this yourself. Another supervisor has to review it."),
    "review.note_missing": N_("Say what the officer should look at again; the note is recorded."),
    "officer.last_manager": N_("Nobody would be left to enrol officers. Enrol another supervisor first."),
    "export.rolled_back": N_(
        "The database is older than this laptop had confirmed, so nothing was exported. "
        "A supervisor has to look into it and accept it first."
    ),
    "case.not_due": N_(
        "Case {case} is not due for deletion by the settings of this laptop. Nothing was deleted. "
        "State a reason to delete it all the same."
    ),
    "case.not_received": N_(
        "Headquarters has not confirmed that it holds case {case} as it is now. Nothing was deleted. "
        "Export it and take the receipt first, or state a reason to delete it without."
    ),
    "case.not_yours": N_(
        "Another officer answers for case {case}. It was not opened. Ask your supervisor to hand it over to you."
    ),
    "case.reason_needed": N_("Another officer answers for case {case}. Say why you open it; the reason is recorded."),
    "audit.seal_broken": N_("The signature over entry {sequence} of the record of actions does not fit."),
    "audit.not_rolled_back": N_(
        "The records are not older than this laptop had confirmed. There is nothing to accept."
    ),
    "audit.seal_missing": N_("The signature over entry {sequence} of the record of actions is missing."),
    "audit.rolled_back": N_(
        "The records end before entry {sequence} of the record of actions, which this laptop had already confirmed. "
        "An older copy of the database may have been put back. Tell headquarters before you go on."
    ),
    "audit.rolled_back_to": N_(
        "The record of actions does not hold what bundle {bundle} says it held. "
        "An older copy of the database may have been put back. Tell headquarters before you go on."
    ),
    "audit.bundle_unknown": N_("This vault does not know bundle {bundle}, or knows another with this number."),
    "audit.bundle_foreign": N_("The bundle {name} was not written by this laptop, so it says nothing about it."),
    "erase.not_confirmed": N_(
        "Destroying the keys has to be confirmed twice: with --confirm, and with --device and the name of this laptop. "
        "Nothing was changed."
    ),
    "officer.nobody": N_("No officer of this laptop signs in with this name. Check the name."),
    "policy.not_understood": N_("Give the days as OUTCOME=N, such as refer=365. Nothing was changed."),
    "audit.case_altered": N_("Case {case} is not as the record of actions says it was left."),
    "audit.case_unknown": N_("The record of actions does not say that case {case} was ever opened."),
    "audit.record_altered": N_("What is recorded in case {case} is not what the record of actions says was recorded."),
    "search.too_short": N_("Give at least two characters to look for."),
    "search.differs": N_("What is found by searching case {case} is not what is recorded in it."),
    "search.damaged": N_("The index for searching is damaged. The records themselves are not in it."),
    "link.nothing_to_compare": N_("There is nothing in these words that could be compared. Nothing was marked."),
    "link.not_marked": N_("These words are not marked. Nothing was changed."),
    "audit.row_altered": N_("What the vault holds of {table} ({row}) is not what the record of actions says."),
    "vault.page_damaged": N_("A part of the database is damaged ({reason})."),
    "vault.structure_damaged": N_("The inner order of the database is damaged."),
    "policy.out_of_range": N_("Choose a number from {least} to {most}. Nothing was changed."),
    "vault.key_known": N_("This laptop has this key of headquarters already. Nothing was changed."),
    "vault.key_unknown": N_("This laptop does not have this key of headquarters. Nothing was changed."),
    "vault.last_key": N_(
        "This is the last key of its kind: without it headquarters could no longer recover this vault, or one person "
        "could do it alone. Nothing was changed. Add the new key first."
    ),
    "keyfile.exists": N_("There is already a key file here. Nothing was changed."),
    "keyfile.missing": N_("There is no vault in this place. Check the folder, or create a vault."),
    "keyfile.damaged": N_(
        "The key file of the vault is damaged, so it was not opened. The records were not touched. "
        "Restore the file header.json from a backup, or ask headquarters."
    ),
    "keyfile.not_written": N_(
        "The key file could not be written; what was valid before stays valid. "
        "Check the disk for room and for write protection, then try again."
    ),
    "keyfile.newer_version": N_(
        "This vault was made by a newer version of the program. Nothing was changed. Install the newer version."
    ),
    "keyfile.cost_out_of_range": N_(
        "The key file asks for a protection outside the safe range and may have been altered. It was not used. "
        "Tell your supervisor before you try again."
    ),
    "keyfile.wrong_passphrase": N_("Name and passphrase do not fit together. Check both and try again."),
    "keyfile.name_empty": N_("Type a name with at least one letter or digit."),
    "keyfile.memory_short": N_("Unlocking needs {mebibytes} MiB of free memory. Close other programs and try again."),
    "keyfile.erased": N_(
        "The keys of this vault were destroyed, so no passphrase opens it. The records were not touched. "
        "If headquarters can recover the vault, ask for it."
    ),
    "keyfile.slot_unknown": N_("The key file has no place for this officer. Nothing was changed."),
    "keyfile.full": N_(
        "{most} officers have access to this laptop, and more are not possible. Nothing was changed. "
        "First end the access of somebody who no longer needs it."
    ),
    "keyfile.too_large": N_(
        "The key file of the vault would become too large to be read again. Nothing was changed. "
        "First end the access of officers who no longer need it."
    ),
    "keyfile.last_slot": N_("This is the last officer who can open the vault. Nothing was changed."),
    "keyfile.rekey_unfinished": N_(
        "The vault is being given a new key. Nothing else was changed. Lock and unlock the vault, then try again."
    ),
    "keyfile.no_rekey": N_("The vault is not being given this key. Nothing was changed."),
    "keyfile.locked": N_("The vault is locked. Everything is saved. Unlock it to go on."),
    "passphrase.too_weak": N_(
        "This passphrase is too easy to guess. Use four or more words that do not belong together."
    ),
    "passphrase.same": N_("This is the passphrase until now. Choose another one."),
    "officer.passphrase_given": N_(
        "Somebody else gave you this passphrase. Choose your own before anything else: in the window, or with "
        "victimid vault passphrase."
    ),
    "erase.not_allowed": N_(
        "The policy of this laptop does not allow to destroy its keys. Nothing was changed. Ask your administrator."
    ),
    "recovery.no_way": N_(
        "Headquarters cannot recover this vault: it was made without a key of headquarters. Nothing was changed."
    ),
    "recovery.persons": N_(
        "A way to recover takes one key of headquarters, or two different ones for two persons. Nothing was changed."
    ),
    "recovery.no_request": N_("No request to headquarters is waiting for an answer. Make a new request."),
    "recovery.request_expired": N_(
        "This answers a request that is more than {days} days old by the clock of this laptop, so it no longer counts. "
        "Nothing was opened. Check the date of the laptop, then make a new request."
    ),
    "recovery.pending_damaged": N_(
        "What was kept for the answer of headquarters is damaged. The records were not touched. Make a new request."
    ),
    "recovery.request_damaged": N_("This request is damaged or incomplete. Ask for a new copy of the whole file."),
    "recovery.answer_damaged": N_(
        "This answer is damaged, or was made from something else. Nothing was changed. Ask headquarters for a new copy."
    ),
    "recovery.other_request": N_(
        "This answer belongs to another request. Nothing was changed. Use the answer to your own request."
    ),
    "recovery.other_vault": N_(
        "This belongs to another vault. Nothing was changed. Tell headquarters before you go on."
    ),
    "recovery.key_unfit": N_(
        "The answer holds a key that this vault no longer has. Nothing was changed. Make a new request."
    ),
    "vault.prefix": N_("Case references begin with two letters from A to Z. Choose others. Nothing was made."),
    "vault.exists": N_("There is already a vault in this place. Nothing was changed."),
    "vault.folder_not_empty": N_("This folder holds other files. Choose an empty or a new folder for the vault."),
    "vault.in_use": N_("The vault is open in another window or program. Close it there and try again."),
    "vault.wait": N_("Too many wrong tries. You can try again in {seconds} s."),
    "vault.wrong_passphrase": N_(
        "Name and passphrase do not fit together. Tries left before waiting: {tries_left}. Wait now: {wait} s."
    ),
    "vault.database_missing": N_(
        "The records of this vault are not in its folder. Do not create a new vault here. "
        "Look for the file records.db, or restore a backup."
    ),
    "vault.database_damaged": N_(
        "The records cannot be read: the file is damaged or belongs to another vault. Nothing was changed. "
        "Make a copy of the whole folder, then restore a backup."
    ),
    "vault.newer_version": N_(
        "These records were written by a newer version of the program. Nothing was changed. Install the newer version."
    ),
    "vault.disk_full": N_(
        "The disk is full, so the last change was not saved. Everything before it is safe. "
        "Make room on the disk and save again."
    ),
    "vault.no_room": N_(
        "This needs {needed} MiB on the disk, and {free} MiB are free. Nothing was written. "
        "Make room or choose another disk, then try again."
    ),
    "vault.rekey_cut_off": N_(
        "The vault could not be given a new key, and was locked. Everything saved is safe. "
        "Make room on the disk, then unlock the vault: the change is ended or taken back, and that is recorded."
    ),
    "vault.disk_nearly_full": N_(
        "The disk is nearly full: {free} MiB are free. Everything is saved. "
        "Make room soon, or new answers can no longer be saved."
    ),
    "vault.upgrade_needs_room": N_(
        "This version of the program has to change how the records are kept, and makes a backup before that. "
        "There is not enough room on the disk for it. Nothing was changed. Make room, then unlock again."
    ),
    "vault.read_only": N_(
        "The vault cannot be written to: the disk or folder is read-only. Everything saved before is safe. "
        "Allow writing and try again."
    ),
    "vault.write_failed": N_(
        "The disk refused to write, so the last change was not saved. Everything before it is safe. "
        "Check the disk and try again."
    ),
    "vault.conflict": N_("This is already recorded or does not fit the other records. Nothing was changed."),
    "vault.failed": N_("The vault could not do this. Nothing was changed. Lock and unlock the vault, then try again."),
    "vault.not_text": N_(
        "The text holds a damaged character and was not saved. Delete what looks odd, then save again."
    ),
    "vault.closed": N_("The vault is locked. Everything is saved. Unlock it to go on."),
    "officer.unknown": N_("No officer of this laptop belongs to this key. Ask your supervisor to enrol you again."),
    "officer.own_passphrase": N_(
        "This officer has chosen an own passphrase. Nothing was changed. If it is forgotten, ask headquarters."
    ),
    "officer.name_unfit": N_(
        "This name is longer than {most} characters or holds signs that cannot be seen, such as a line break. "
        "Type it as it is printed on referrals."
    ),
    "officer.name_taken": N_("Another officer already signs in with this name. Add a second name or a number."),
    "case.unknown": N_("There is no case {case} on this laptop. Check the reference."),
    "case.reference_taken": N_("The reference {case} is already used. Open the new case again to draw another."),
    "case.practice": N_("{case} is a practice case. Practice cases are never exported or referred."),
    "interview.unknown": N_("This interview is not on this laptop. Nothing was changed."),
    "interview.form_unknown": N_("The form of this interview is not in the vault. Nothing was changed."),
    "attachment.unreadable": N_("This file cannot be read. Nothing was attached. Check the stick and choose it again."),
    "attachment.empty": N_("This file is empty. Nothing was attached."),
    "attachment.too_large": N_("This file is larger than {megabytes} MB. Nothing was attached. Choose a smaller one."),
    "attachment.kind_refused": N_(
        "This is no picture, recording, video or PDF that the program keeps. Nothing was attached."
    ),
    "attachment.wrong_kind": N_("The question asks for another kind of file. Nothing was attached."),
    "attachment.damaged": N_(
        "This attachment cannot be read whole. Make a copy of the vault's folder, then restore a backup."
    ),
    "audit.broken": N_(
        "The record of actions does not fit together from entry {sequence} on: it may have been altered. "
        "Keep the laptop as it is and tell headquarters."
    ),
    "export.out_of_sequence": N_(
        "Export {sequence} does not follow the last one. Nothing was recorded. Write the export again."
    ),
    "export.unknown": N_("This laptop wrote no export number {sequence}. Check which laptop the receipt is for."),
}
