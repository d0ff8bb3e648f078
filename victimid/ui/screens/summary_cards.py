"""The cards of the summary around the signs: the reading, the child rule, what is missing, what is unverified."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid import i18n
from victimid.app.summary import Summary
from victimid.formats import isolated, moment
from victimid.i18n import Words
from victimid.model.answer import NonAnswer
from victimid.ui.screens import summary_words
from victimid.ui.screens.summary_signs import unknown_signs
from victimid.ui.widgets.banner import Tone
from victimid.ui.widgets.frames import Card, pill
from victimid.ui.widgets.text import keep_together, label


def heading(words: Words, summary: Summary) -> QVBoxLayout:
    """Make the title of the summary with the rule set it rests on."""
    said = QVBoxLayout()
    said.setSpacing(8)
    said.addWidget(label(words.gettext("Summary · {reference}", reference=keep_together(summary.case.ref)), "title"))
    said.addWidget(
        label(words.gettext("What was recorded. This is not a finding about the person; you decide."), "muted")
    )
    if summary.scored:
        said.addWidget(pill(_rule_set(words, summary)), 0, Qt.AlignmentFlag.AlignLeading)
    return said


def cards(words: Words, summary: Summary, verification: str) -> tuple[list[QWidget], list[QWidget]]:
    """Make the cards above and below the signs."""
    above: list[QWidget] = []
    if summary.child:
        above.append(_card(words.gettext("A child, or age in doubt"), _child(words), "attention"))
    if summary.decision is not None:
        above.append(_card(words.gettext("Decided before"), _decided(words, summary)))
    if not summary.scored:
        text = words.gettext("The questionnaire used here raises no signs. All answers are kept and can be read below.")
        above.append(_card(words.gettext("No signs in this form"), text))
    below: list[QWidget] = [_pair(_reading(words, summary), _missing(words, summary))] if summary.scored else []
    if not summary.scored:
        below.append(_missing(words, summary))
    below += [_card("", note) for note in _notes(words, summary, verification)]
    return above, below


def _rule_set(words: Words, summary: Summary) -> str:
    name = words.gettext("ILO 2009, work, children") if summary.child else words.gettext("ILO 2009, work, adults")
    return words.gettext("Rule set {name} · {version}", name=name, version=summary.findings.rule_set_version)


def _child(words: Words) -> str:
    return words.gettext(
        "The rules for children are used: no means of pressure is needed. Child protection comes first: urgent "
        "needs, a guardian, the child-protection service. Do not go on with the interview for adults."
    )


def _decided(words: Words, summary: Summary) -> str:
    if summary.decision is None:
        return ""
    what = summary_words.outcome(words, summary.decision.outcome)
    when = moment(summary.decision.at, words.language)
    return f"{what} · {when}\n{isolated(summary.decision.reason)}"


def _reading(words: Words, summary: Summary) -> QWidget:
    findings = summary.findings
    parts = [summary_words.reading(words, findings.reading)]
    if findings.rests_on_secondary_means:
        parts.append(
            words.gettext("This rests on the use of a hard situation as the means, which only a second source counts.")
        )
    parts.append(words.gettext("Signs start an enquiry; they decide nothing."))
    return _card(words.gettext("What the published rule says"), "\n".join(parts))


def _missing(words: Words, summary: Summary) -> QWidget:
    counted = [summary_words.unanswered(words, NonAnswer(kind), count) for kind, count in summary.findings.unanswered]
    text = " · ".join(counted) if counted else words.gettext("Every question put so far has an answer.")
    if counted:
        text = "\n".join((text, words.gettext("None of these counts as a sign, or against the person.")))
    return _card(words.gettext("Not asked or not answered"), text)


def _notes(words: Words, summary: Summary, verification: str) -> list[str]:
    notes = []
    if summary.scored:
        notes.append(" ".join((words.gettext("The weights of the signs are not verified."), verification)))
    languages = dict.fromkeys(each.person_language for each in summary.interviews if each.person_language)
    drafts = [i18n.language(tag) for tag in languages]
    names = [known.own_name for known in drafts if not known.reviewed]
    notes += [
        words.gettext("The questions in {language} are a draft that nobody has reviewed.", language=isolated(name))
        for name in names
    ]
    unknown = unknown_signs(words, summary.findings)
    return [*notes, unknown] if unknown else notes


def _pair(first: QWidget, second: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(first, 1)
    row.addWidget(second, 1)
    return holder


def _card(title: str, text: str, tone: Tone | None = None) -> Card:
    card = Card(tone, margin=18)
    if title:
        card.body.addWidget(label(title, "section"))
    card.body.addWidget(label(text, "body" if title else "caption"))
    card.body.addStretch(1)
    return card
