"""The lexicon of predicates: mistakes name their line and what is allowed, inflected forms are found, the store keeps up."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid import lexicon as data
from rasid.arabic.words import read_form
from rasid.errors import LexiconError
from rasid.events import predicates
from rasid.events.predicates import FOLDER, Predicate, cases, lexicon, read_predicate, sources, uses
from rasid.lexicon import compiled, read_entries

VISIT = "- lemma: زار\n  pattern: I hollow u\n  nouns: [زيارة]\n  event: CONSULT visit\n  actor: subject\n"


def read(folder: Path, text: str) -> list[Predicate]:
    path = folder / "consult.yaml"
    path.write_text(text, encoding="utf-8")
    return [read_predicate(entry) for entry in read_entries(path)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  acter: subject", "unknown key 'acter' (one of actor, case,"),
        ("  event: VISIT", "unknown type 'VISIT' (one of ACCUSE, AGREE,"),
        ("  event: CONSULT tea", "CONSULT has no mode 'tea' (one of multilateral, phone, third-party, visit)"),
        ("  negated: REJECT tea", "REJECT has no mode 'tea' (one of assist, change, meet, yield)"),
        ("  mode: firearms", "mode is 'firearms'; it must be by words or none"),
        ("  passive: never", "passive is 'never'; it must be likely"),
        ("  of: verb", "of is 'verb'; it must be subject or object"),
        ("  recipient: فوقا", "unknown slot 'فوقا' (subject, object, or one of"),
        ("  if: {near: [قبر]}", "unknown place 'near' in a condition (one of any, before,"),
        ("  if: [قبر]", "a condition says where to look for which words"),
        ("  contexts: [tea]", "unknown context 'tea' (one of asylum,"),
        ("  status: past", "status is 'past'; it must be future or hypothetical"),
    ],
)
def test_mistake_names_its_line_and_what_is_allowed(tmp_path: Path, line: str, said: str) -> None:
    entry = "\n".join(old for old in VISIT.splitlines() if old.split(":")[0] != line.split(":")[0])
    with pytest.raises(LexiconError) as error:
        read(tmp_path, f"# visits\n- lemma: زار\n  pattern: I hollow u\n{entry}\n{line}\n")
    assert str(error.value).startswith("consult.yaml:4: ")
    assert said in str(error.value)


def test_unknown_pattern_says_which_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "consult.yaml").write_text(VISIT.replace("I hollow u", "11"), encoding="utf-8")
    monkeypatch.setattr(predicates, "FOLDER", tmp_path)
    monkeypatch.setattr(data, "PACKAGE", tmp_path)
    with pytest.raises(LexiconError, match=r'^consult\.yaml:1: unknown pattern "11" \(I to X, QI, QII, with sound, '):
        lexicon.__wrapped__()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- event: CONSULT\n", "consult.yaml:1: an entry needs a lemma with its pattern, or nouns"),
        ("- lemma: زار\n", "consult.yaml:1: the lemma زار needs a pattern"),
        ("lemma: زار\n", "consult.yaml:1: the file must be a list of entries"),
        ("- زار\n", "consult.yaml:1: an entry must be 'key: value' lines"),
    ],
)
def test_entry_that_is_none_says_what_one_needs(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(LexiconError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(said)


@pytest.mark.parametrize(
    ("event", "mode", "open_to_words"),
    [
        ("ASSAULT", "", True),
        ("ASSAULT firearms", "", False),
        ("ASSAULT firearms", "by words", True),
        ("COERCE", "none", False),
    ],
)
def test_mode_is_left_to_the_words_where_none_is_named_or_the_entry_says_so(
    tmp_path: Path, event: str, mode: str, open_to_words: bool
) -> None:
    line = f"  mode: {mode}\n" if mode else ""
    [predicate] = read(tmp_path, f"- nouns: [هجوم]\n  event: {event}\n{line}")
    assert predicate.by_words is open_to_words


def test_negated_says_what_not_doing_it_is(tmp_path: Path) -> None:
    [predicate, plain] = read(tmp_path, f"{VISIT}  negated: REJECT meet\n{VISIT}")
    assert predicate.negated == ("REJECT", "meet")
    assert plain.negated is None


def lemmas(word: str) -> set[str]:
    return {predicate.lemma for use in uses(read_form(word)) for predicate in use.predicates}


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("زارت", "زار"),
        ("يزور", "زار"),
        ("وسيزورون", "زار"),
        ("فزاره", "زار"),
        ("وبزيارته", "زار"),
        ("للزيارة", "زار"),
        ("زيارتها", "زار"),
        ("واعتقلتهم", "اعتقل"),
        ("اعتقلوا", "اعتقل"),
        ("اعتقالات", "اعتقل"),
        ("متهما", "اتهم"),
        ("مطالبين", "طالب"),
        ("أدينا", "أدان"),
        ("فقصفوا", "قصف"),
        ("هجماتهم", "هجوم"),
    ],
)
def test_inflected_form_with_clitics_is_found(word: str, lemma: str) -> None:
    assert lemma in lemmas(word)


@pytest.mark.parametrize("word", ["كتاب", "الوزير", "في", "2021", "، "])
def test_other_words_are_no_predicates(word: str) -> None:
    assert lemmas(word.strip()) == set()


@pytest.mark.parametrize(
    ("word", "tense", "future"),
    [("سيزور", "present", True), ("زار", "past", False), ("زيارة", "noun", False)],
)
def test_use_tells_tense(word: str, tense: str, future: bool) -> None:
    assert any((use.tense, use.future) == (tense, future) for use in uses(read_form(word)))


def test_form_that_is_mostly_another_word_is_left_out() -> None:
    assert "أخلى" not in lemmas("تخلى")
    assert "فجر" not in lemmas("فجرا")
    assert "فجر" in lemmas("فجروا")


def test_lexicon_can_be_read_and_every_entry_knows_its_line() -> None:
    names = {path.name for path in sources()}
    assert all(predicate.where.partition(":")[0] in names for predicate in lexicon().predicates)
    assert len({predicate.where for predicate in lexicon().predicates}) == len(lexicon().predicates)


def test_case_is_read_with_its_entry() -> None:
    case = next(case for case in cases() if case.predicate.lemma == "زار" and case.wanted != "none")
    assert case.predicate.type == "CONSULT"
    assert ">" in case.wanted


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the lexicon, and a store of its own for what is compiled."""
    shutil.copytree(FOLDER, tmp_path / "lexicon")
    monkeypatch.setattr(data, "PACKAGE", tmp_path)
    monkeypatch.setattr(predicates, "FOLDER", tmp_path / "lexicon")
    yield tmp_path / "lexicon"
    lexicon.cache_clear()


def test_edited_file_is_compiled_anew(copied: Path) -> None:
    before = lexicon.__wrapped__()
    path = copied / "consult.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "- nouns: [تزاور]\n  event: CONSULT\n", encoding="utf-8")
    after = lexicon.__wrapped__()
    assert "تزاور" not in before.free
    assert "تزاور" in after.free


def test_unchanged_files_are_compiled_once(copied: Path) -> None:
    built = []

    def build() -> str:
        built.append(1)
        return "compiled"

    for _ in range(2):
        assert compiled("once", sources(), build) == "compiled"
    assert len(built) == 1
    os.utime(copied / "aid.yaml", (1, 1))
    compiled("once", sources(), build)
    assert len(built) == 2
