"""Sentences for the use cases, files and command line."""

from victimid.i18n import N_

SENTENCES: dict[str, str] = {
    "program.unexpected": N_(
        "Something unexpected happened. What was saved before is safe. Lock, unlock and try again."
    ),
    "job.cancelled": N_("Stopped as you wished. Everything is as it was before."),
    "program.no_display": N_("There is no display here, so the window cannot open."),
    "program.passphrase_file": N_("The passphrase file {name} cannot be read."),
    "program.passphrase_needed": N_("A passphrase is needed: answer the prompt or name a file with --passphrase-file."),
    "program.bad_json": N_("The file {name} is not valid JSON (line {line}, column {column})."),
    "program.bad_file": N_("The file {name} does not hold what is expected: {field} is missing or wrong."),
    "program.bad_date": N_("This is no date. Write it as 2026-11-21 or 2026-11-21T08:00."),
    "program.which_cases": N_("Name the cases, or give --due for all that are due. Nothing was deleted."),
    "program.file_missing": N_("The file {name} cannot be read."),
    "file.exists": N_("A file named {name} is already there. It was left as it is; choose another folder."),
    "file.disk_full": N_("There is no room for {name} on this disk. Nothing was lost; free some space and try again."),
    "file.not_written": N_("{name} could not be written there. Nothing was lost; choose another folder."),
    "program.name_needed": N_("A sign-in name is needed: give it with --name or in VICTIMID_NAME."),
    "program.passphrases_differ": N_("The two passphrases differ. Nothing was changed; try again."),
    "interview.bad_step": N_("Step {step} cannot be taken. The steps before it were recorded."),
    "demo.folder_in_use": N_("The folder {name} is not empty. Choose another one for the demo."),
    "form.unknown": N_("There is no form named {form}."),
    "case.no_free_reference": N_("No free case reference was found. Try again."),
    "decision.reason_missing": N_("Write the reason for your decision; one sentence is enough."),
    "service.unknown": N_("The service {service} is not in the directory of this laptop."),
    "referral.no_consent": N_(
        "No consent for this service is recorded. Ask the person first, then record what they agree to."
    ),
    "consent.limit_missing": N_("Write the words that may be passed on, or choose yes or no."),
    "export.no_headquarters_key": N_(
        "This laptop has no key of headquarters yet, so nothing can be sent. Enter the key first."
    ),
    "export.nothing_to_send": N_("Everything has already been written for headquarters. There is nothing new."),
    "receipt.no_key": N_(
        "This laptop does not have the key that signs headquarters' receipts yet, so no receipt can be taken. "
        "A supervisor has to set it first."
    ),
    "receipt.other_device": N_("This receipt is for another laptop."),
    "receipt.other_bundle": N_("This receipt does not match bundle {sequence} as this laptop wrote it."),
}
