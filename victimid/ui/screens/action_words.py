"""How the record of actions says what was done; nothing here names a person interviewed."""

from victimid.i18n import Words
from victimid.model.audit import Action


def action_words(words: Words, action: Action) -> str:
    """Say an action in a few words."""
    for part in (_vault, _people, _cases, _interviews, _outside):
        said = part(words).get(action)
        if said is not None:
            return said
    return action.value


def _vault(words: Words) -> dict[Action, str]:
    return {
        Action.VAULT_CREATED: words.gettext("made the vault"),
        Action.VAULT_RESTORED: words.gettext("restored the vault from a backup"),
        Action.VAULT_REKEYED: words.gettext("encrypted the vault under a new key"),
        Action.KEYS_ERASED: words.gettext("destroyed the keys"),
        Action.ROLLBACK_ACCEPTED: words.gettext("accepted records older than had been confirmed"),
        Action.RECOVERY_REHEARSED: words.gettext("rehearsed the recovery with headquarters"),
        Action.POLICY_CHANGED: words.gettext("changed the settings"),
        # Translators: a content pack is headquarters' signed update of forms and of the directory of services.
        Action.CONTENT_INSTALLED: words.gettext("installed a content pack"),
        Action.BACKUP_MADE: words.gettext("made a backup"),
        Action.CHECKED: words.gettext("checked the vault"),
        # Translators: somebody tried to do something and it failed; what and why stands beside it.
        Action.FAILED: words.gettext("did not succeed"),
        Action.AUDIT_VIEWED: words.gettext("read the record of actions"),
        Action.AUDIT_EXPORTED: words.gettext("wrote the record of actions to a file"),
    }


def _people(words: Words) -> dict[Action, str]:
    return {
        Action.UNLOCKED: words.gettext("unlocked"),
        Action.LOCKED: words.gettext("locked"),
        # Translators: somebody tried what the role does not allow, or a wrong passphrase.
        Action.REFUSED: words.gettext("was refused"),
        Action.OFFICER_ENROLLED: words.gettext("enrolled an officer"),
        Action.OFFICER_DISABLED: words.gettext("ended an officer's access"),
        # Translators: a salvage of a damaged vault had lost what the program knew of the officer.
        Action.OFFICER_PUT_BACK: words.gettext("put an officer back after damage"),
        Action.SLOT_GIVEN: words.gettext("gave an officer another first passphrase"),
        Action.SLOT_CHANGED: words.gettext("changed the own passphrase"),
        Action.SLOT_RECOVERED: words.gettext("got back in with headquarters' help"),
    }


def _cases(words: Words) -> dict[Action, str]:
    return {
        Action.CASE_OPENED: words.gettext("began a case"),
        Action.CASE_VIEWED: words.gettext("opened a case to read"),
        Action.CASE_HANDED_OVER: words.gettext("handed a case over"),
        Action.CASE_DELETED: words.gettext("deleted a case for good"),
        Action.SEARCHED: words.gettext("searched the records"),
        Action.DECIDED: words.gettext("decided"),
        Action.REVIEWED: words.gettext("reviewed a decision"),
        Action.CONSENT_RECORDED: words.gettext("recorded a consent"),
        Action.REFERRAL_WRITTEN: words.gettext("wrote a referral"),
    }


def _interviews(words: Words) -> dict[Action, str]:
    return {
        Action.INTERVIEW_BEGUN: words.gettext("began an interview"),
        Action.INTERVIEW_FINISHED: words.gettext("finished an interview"),
        Action.ANSWERED: words.gettext("recorded an answer"),
        Action.ANSWER_MOVED: words.gettext("an answer moved with its entry"),
        Action.ANSWER_WITHDRAWN: words.gettext("an answer ceased to count"),
        Action.INSTANCE_ADDED: words.gettext("added an entry"),
        Action.INSTANCE_REMOVED: words.gettext("removed an entry"),
        Action.ATTACHED: words.gettext("attached a file"),
        Action.MARKED: words.gettext("marked words to be compared"),
        Action.UNMARKED: words.gettext("took a mark back"),
    }


def _outside(words: Words) -> dict[Action, str]:
    return {
        Action.EXPORT_WRITTEN: words.gettext("wrote an export for headquarters"),
        Action.EXPORT_RECEIVED: words.gettext("took a receipt of headquarters"),
        Action.HEADQUARTERS_KEY_ADDED: words.gettext("added a key of headquarters"),
        Action.HEADQUARTERS_KEY_REMOVED: words.gettext("removed a key of headquarters"),
        Action.RECEIPT_KEY_SET: words.gettext("set the key that checks receipts"),
    }
