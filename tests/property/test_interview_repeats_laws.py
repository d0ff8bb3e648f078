"""Whatever is added, removed and answered: the vault says of each person what was said of that person."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.form_files import written
from tests.support.sessions import open_session
from victimid.app import interviewing
from victimid.app.desk import Desk
from victimid.forms.loading import load

SURVEY = [
    {"type": "begin_repeat", "name": "p", "label": "Person"},
    {"type": "text", "name": "name", "label": "Name"},
    {"type": "end_repeat"},
]
ACTS = st.lists(st.tuples(st.sampled_from(["add", "remove", "name"]), st.integers(0, 5)), max_size=14)


@settings(max_examples=12, deadline=None)
@given(ACTS)
def test_answers_and_instances_agree(acts: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        session = open_session(folder / "vault")
        case = Desk(session).open_case("es")
        talk = interviewing.begin(session, case.ref, load(written(folder, SURVEY)), "en", "es")
        names: list[str] = [""]
        for number, (act, place) in enumerate(acts):
            if act == "add":
                talk.add_instance("/data/p")
                names.append("")
            elif place < len(names) and act == "remove":
                talk.remove_instance(f"/data/p[{place + 1}]")
                del names[place]
            elif place < len(names):
                names[place] = f"name {number}"
                talk.answer(f"/data/p[{place + 1}]/name", names[place])
            kept = session.vault.interviews.answers(talk.interview_id)
            expected = {f"/data/p[{at}]/name": name for at, name in enumerate(names, 1) if name}
            assert {answer.ref: answer.value for answer in kept} == expected
            resumed = interviewing.resume(session, talk.interview_id)
            assert resumed.view() == talk.view()
        session.vault.audit.verify()
        session.lock()
