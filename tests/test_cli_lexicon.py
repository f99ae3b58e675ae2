"""`rasid lexicon` and `rasid code --ontology`, as those use them who write predicates."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid.arabic.words import forget
from rasid.events import ontology, predicates

from .commands import Run, row

SAMPLES = Path(__file__).parent.parent / "samples" / "ontology"
KILLED = "قتل مسلحون شرطيين في كركوك."
LAID_OFF = "استغنت الحكومة اليونانية عن مئات الموظفين."


@pytest.fixture(autouse=True)
def _package_alone() -> Iterator[None]:
    """Own predicates last as long as the process; here, one test."""
    yield
    if predicates._own:
        predicates._own.clear()
        forget()
        for cached in (predicates.lexicon, ontology._lemmas):
            cached.cache_clear()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_check_finds_no_mistake_in_the_package(rasid: Run) -> None:
    ran = rasid("lexicon", "check")
    assert (ran.status, ran.err) == (0, "")
    assert "no mistake" in ran.out


def test_check_names_every_mistake_by_file_and_line(rasid: Run, tmp_path: Path) -> None:
    bad = write(tmp_path / "mine.yaml", '- lemma: زار\n  pattern: "11"\n  event: CONSULT\n- nouns: [ندوة]\n  event: MEET\n')
    ran = rasid("lexicon", "check", "--predicates", bad)
    assert ran.status == 2
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == ["mine.yaml:1", "mine.yaml:4"]


def test_check_names_an_entry_that_is_never_tried(rasid: Run, tmp_path: Path) -> None:
    bad = write(tmp_path / "mine.yaml", "- nouns: [ندوة]\n  event: CONSULT\n- nouns: [ندوة]\n  event: none\n")
    ran = rasid("lexicon", "check", "--predicates", bad)
    assert "mine.yaml:3: never tried, for mine.yaml:1 takes ندوة" in ran.err


def test_check_names_the_cases_of_own_entries_that_do_not_hold(rasid: Run, tmp_path: Path) -> None:
    entry = "- nouns: [تبرؤ]\n  event: REJECT\n  actor: subject\n  case: {}\n"
    right = write(tmp_path / "right.yaml", entry.format("تبرؤ الحكومة الكينية من الاتفاق => KEN GOV > -, type=REJECT"))
    assert "1 case of yours right." in rasid("lexicon", "check", "--predicates", right).out
    wrong = write(tmp_path / "wrong.yaml", entry.format("شرب الرجل الماء => KEN GOV > -"))
    ran = rasid("lexicon", "check", "--predicates", wrong)
    assert ran.status == 2
    assert "wrong.yaml:1: the case «شرب الرجل الماء» wants KEN GOV > -, and gets nothing" in ran.err


@pytest.mark.parametrize("wanted", ["KEN GOV", "KEN GOV > -, when=yesterday", "KEN GOV > -, who=me", "KEN GOV > -, type=MEET"])
def test_a_case_that_is_not_written_as_cases_are_is_named(rasid: Run, tmp_path: Path, wanted: str) -> None:
    bad = write(tmp_path / "mine.yaml", f"- nouns: [تبرؤ]\n  event: REJECT\n  case: شرب الرجل الماء => {wanted}\n")
    ran = rasid("lexicon", "check", "--predicates", bad)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "mine.yaml:1" in ran.err


def test_check_names_some_of_the_entries_without_a_hit(rasid: Run, tmp_path: Path) -> None:
    articles = write(tmp_path / "articles.jsonl", row(KILLED))
    said = rasid("lexicon", "check", "--articles", articles, "--format", "jsonl").err
    assert "do not say why they stay" in said
    assert said.count(".yaml:") == 10


def test_check_counts_hits_and_what_is_right(rasid: Run, tmp_path: Path) -> None:
    events = [{"type": "ASSAULT", "trigger": "قتل", "actor": [{"code": "IRQ UAF"}], "recipient": [{"code": "IRQ COP"}]}]
    gold = write(tmp_path / "gold.jsonl", row(KILLED, events=events))
    articles = write(tmp_path / "articles.jsonl", row(KILLED))
    ran = rasid("lexicon", "check", "--gold", gold, "--articles", articles, "--format", "jsonl")
    [entry] = [line for line in ran.rows if line["coded"]]
    assert (entry["lemma"], entry["hits"], entry["precision"]) == ("قتل", 1, 1.0)
    assert (entry["actors_right"], entry["recipients_right"]) == (1.0, 1.0)
    assert "1 articles" in ran.err


def test_check_names_a_coded_row_without_events(rasid: Run, tmp_path: Path) -> None:
    ran = rasid("lexicon", "check", "--gold", write(tmp_path / "gold.jsonl", row(KILLED)))
    assert (ran.status, ran.out) == (2, "")
    assert "gold.jsonl:1: a coded row needs text and events" in ran.err


def test_try_shows_entry_places_roles_and_decision(rasid: Run) -> None:
    [tried] = rasid("lexicon", "try", KILLED, "--format", "jsonl").rows
    assert tried["senses"][-1] == {
        "predicate": tried["senses"][-1]["predicate"],
        "lemma": "قتل",
        "event": "ASSAULT",
        "failed": None,
    }
    assert all(sense["failed"] for sense in tried["senses"][:-1])
    assert (tried["actor"], tried["recipient"], tried["outcome"]) == (["مسلحون"], ["شرطيين"], "coded")
    assert tried["event"]["status"] == "occurred"


def test_try_says_which_condition_fails(rasid: Run) -> None:
    [tried] = rasid("lexicon", "try", "زار آلاف السياح المتحف.", "--format", "jsonl").rows
    assert tried["senses"][0]["event"] == "no event"
    assert tried["event"] is None
    assert tried["outcome"].startswith("no event")


def test_try_says_that_no_word_is_a_predicate(rasid: Run) -> None:
    assert "no word of this text is a predicate" in rasid("lexicon", "try", "السماء زرقاء.").out


def test_try_takes_predicates_of_ones_own(rasid: Run) -> None:
    own = SAMPLES / "labour-predicates.yaml"
    [tried] = rasid("lexicon", "try", LAID_OFF, "--predicates", own, "--format", "jsonl").rows
    assert tried["senses"] == [
        {"predicate": "labour-predicates.yaml:2", "lemma": "استغنى", "event": "SANCTION", "failed": None}
    ]


def test_ontology_codes_to_ones_own_types_and_leaves_out_the_rest(rasid: Run) -> None:
    text = f"أضرب عمال المناجم في بوليفيا. {LAID_OFF} زار الرئيس الفرنسي الجزائر."
    ran = rasid("code", "--ontology", SAMPLES / "labour.yaml", "--format", "jsonl", "-", stdin=row(text))
    found = [(event["own_type"], event["type"]) for event in json.loads(ran.out)["events"]]
    assert found == [("STRIKE", "PROTEST"), ("LAYOFF", "SANCTION")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- type: X\n  of: {typ: ASSAULT}\n", "mine.yaml:1: unknown key 'typ' under 'of'"),
        ("- type: X\n  of: {type: WAR}\n", "mine.yaml:1: unknown type 'WAR'"),
        ("- type: X\n", "mine.yaml:1: 'of' must say"),
        ("- of: {type: AID}\n", "mine.yaml:1: a type without a name"),
        ("- predicates: nowhere.yaml\n- type: X\n  of: {type: AID}\n", "nowhere.yaml: no such file"),
        ("[]\n", "mine.yaml:1: it names no type"),
    ],
)
def test_ontology_with_a_mistake_is_one_line(rasid: Run, tmp_path: Path, text: str, said: str) -> None:
    ran = rasid("code", "--ontology", write(tmp_path / "mine.yaml", text), "-", stdin=row())
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err
