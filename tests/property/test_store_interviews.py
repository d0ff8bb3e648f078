"""Whatever is answered, typed, killed and reopened: the vault holds what a plain list would hold."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.vaults import NOON, a_case, an_answer, begin, new_vault, reopened
from victimid.model.answer import Answer, NonAnswer, Wording
from victimid.model.case_list import CaseFilter
from victimid.model.finding import Decision, Outcome
from victimid.store import drafts

REFS = st.sampled_from(["/data/a", "/data/people[1]/b", "/data/people[2]/b"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


class InterviewMachine(RuleBasedStateMachine):
    """Compares one interview in a vault with two plain Python values."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.said: dict[str, list[Answer]] = {}
        self.typed: dict[str, str] = {}

    @initialize()
    def make(self) -> None:
        """Begin."""
        self.vault = new_vault(self.root / "vault")
        begin(self.vault)

    @rule(ref=REFS, value=TEXTS, non_answer=st.none() | st.sampled_from(NonAnswer))
    def answer(self, ref: str, value: str, non_answer: NonAnswer | None) -> None:
        """Answer a question for the first or another time."""
        answer = replace(an_answer(ref, value), non_answer=non_answer, own_words=value)
        kept = self.vault.interviews.save_answer("interview-1", answer, ref, value)
        revisions = self.said.setdefault(ref, [])
        revisions.append(replace(answer, revision=len(revisions) + 1))
        assert kept == revisions[-1]
        self.typed.pop(ref, None)

    @rule(ref=REFS, text=TEXTS)
    def type(self, ref: str, text: str) -> None:
        """Type without saving."""
        self.vault.drafts.keep("RU-7K2M", drafts.of_question("interview-1", ref), text)
        self.typed[ref] = text

    @rule()
    def lock_and_unlock(self) -> None:
        """Lock, and come back."""
        self.vault.lock()
        self.vault = reopened(self.root / "vault")

    @invariant()
    def same_as_the_plain_values(self) -> None:
        """Compare all of it."""
        if not hasattr(self, "vault"):
            return
        interviews = self.vault.interviews
        assert interviews.answers("interview-1") == tuple(revisions[-1] for revisions in self.said.values())
        for ref, revisions in self.said.items():
            assert interviews.revisions("interview-1", ref) == tuple(revisions)
        for ref, text in self.typed.items():
            assert self.vault.drafts.read("RU-7K2M", drafts.of_question("interview-1", ref)) == text

    def teardown(self) -> None:
        """Check the audit, and leave nothing."""
        try:
            if hasattr(self, "vault"):
                self.vault.audit.verify()
                self.vault.lock()
        finally:
            shutil.rmtree(self.root)


TestInterviews = InterviewMachine.TestCase
TestInterviews.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(TEXTS, min_size=6, max_size=6))
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as root:
        vault = new_vault(Path(root) / "vault")
        begin(vault)
        answer = replace(
            an_answer(value=texts[0]),
            own_words=texts[1],
            officer_wording=Wording("es", texts[2], texts[3]),
            person_wording=Wording("ar", texts[4], texts[5]),
        )
        decision = Decision("RU-7K2M", Outcome.REFER, texts[0], texts[1], texts[2], texts[3], NOON)
        vault.interviews.save_answer("interview-1", answer, texts[0], texts[1])
        vault.decisions.record(decision)
        assert vault.interviews.answers("interview-1") == (answer,)
        assert vault.decisions.latest("RU-7K2M") == decision
        assert vault.interviews.get("interview-1").instance == texts[1]
        vault.lock()


@settings(max_examples=40, deadline=None)
@given(query=TEXTS)
def test_any_query_finds_only_references_that_hold_it(query: str) -> None:
    with tempfile.TemporaryDirectory() as root:
        vault = new_vault(Path(root) / "vault")
        for minutes, ref in enumerate(("RU-7K2M", "RU-4BCD")):
            vault.cases.add(a_case(ref, minutes=minutes))
        piece = "".join(c for c in query.upper() if c.isalnum())
        expected = [ref for ref in ("RU-4BCD", "RU-7K2M") if piece in ref.replace("-", "")]
        assert [case.ref for case in vault.overview.rows(CaseFilter(query))] == expected
        vault.lock()
