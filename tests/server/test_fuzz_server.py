"""The server and the analysis are asked and sent what nobody means. RASID_FUZZ says for how long, as for the other rooms."""

from collections.abc import Iterator

import pytest
from hypothesis import strategies as st
from served import Served, make_record, serving

from tests.fuzz.test_rooms import BYTES, TEXTS, fuzz

DAYS = st.sampled_from(("2021-11-24", "2021-13-40", "-1", "9" * 40, "٢٠٢١-١١-٢٤", ""))
ASKED = {  # by the server: what an address may say, beside any text
    "limit": st.integers(-(10**20), 10**20).map(str),
    "offset": st.integers(-(10**20), 10**20).map(str),
    "start": DAYS,
    "end": DAYS,
    "format": st.sampled_from(("json", "jsonl", "csv", "xml", "")),
}
WORDS = st.one_of(
    TEXTS, st.sampled_from(("MAR", "المغرب", "' OR 1=1 --", '"', "*", "NEAR(", "a" * 5000, "../../etc/passwd", "%00"))
)
NAMES = ("q", "actor", "actors", "a", "b", "type", "types", "status", "source", "country", "place", "words", "name", "who")
QUESTIONS = st.tuples(
    st.sampled_from(
        (
            *("events", "articles", "search", "quotes", "claims", "agreements", "agreements/reports", "actors", "stories"),
            *("relations", "relations/state", "partners", "exposure", "watches", "writes", "tables", "tables/polecat"),
        )
    ),
    st.fixed_dictionaries({}, optional={**dict.fromkeys(NAMES, WORDS), **ASKED}),
)
BODIES = st.tuples(
    st.sampled_from(("code", "ingest", "corrections", "watches", "search")), st.one_of(BYTES, TEXTS.map(str.encode))
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("served") / "r.sqlite"
    make_record(path)
    with serving(path) as one:
        yield one


def test_the_analysis_and_the_server_answer_whatever_they_are_asked(served: Served) -> None:
    def ask(question: tuple[str, dict[str, str]]) -> None:
        path, asked = question
        answer = served.client.get(f"/api/v1/{path}", params=asked, headers=served.as_role("reader"))
        assert answer.status_code < 500, answer.text

    fuzz(ask, QUESTIONS)


def test_the_server_answers_whatever_it_is_sent(served: Served) -> None:
    def send(sent: tuple[str, bytes]) -> None:
        path, content = sent
        headers = {**served.as_role("editor"), "Content-Type": "application/json"}
        assert served.client.post(f"/api/v1/{path}", content=content, headers=headers).status_code < 500

    fuzz(send, BODIES)
