"""What the pages say: every code has a name in both languages, and days and numbers are those of the language."""

import datetime as dt
import itertools
from pathlib import Path

import pytest

from rasid.errors import LexiconError
from rasid.events.agreements_words import agreement_words
from rasid.events.claims import claim_kinds
from rasid.events.plover import contexts, modes, sectors, types
from rasid.model import Interval
from rasid.server.site import languages
from rasid.server.site.languages import ARABIC, ENGLISH, LANGUAGES, Language, arabic_of, best_language
from rasid.server.site.letters import visible
from rasid.server.site.names import told_as
from rasid.server.site.rules import entry_in, rule_in


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_code_of_plover_has_a_name(language: Language) -> None:
    codes = [("type", one) for one in types()] + [("mode", mode) for one in types() for mode in modes(one)]
    codes += [("context", one) for one in contexts()] + [("sector", one) for one in sectors()]
    assert [
        code for code in codes if language.label(*code) == code[1] and code[1] not in ("diplomatic",) and language is ARABIC
    ] == []
    assert all(language.label(*code) for code in codes)


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [(ENGLISH, 1, "1 event"), (ENGLISH, 3, "3 events"), (ARABIC, 2, "حدثان"), (ARABIC, 3, "3 أحداث"), (ARABIC, 11, "11 حدثا")],
)
def test_numbers_take_the_form_of_their_noun(language: Language, number: int, said: str) -> None:
    assert language.count("n.events", number) == said


@pytest.mark.parametrize(
    ("start", "end", "english", "arabic"),
    [
        ("2021-11-24", "2021-11-24", "24 Nov 2021", "24 نوفمبر 2021"),
        ("2021-11-01", "2021-11-30", "Nov 2021", "نوفمبر 2021"),
        ("2021-01-01", "2021-12-31", "2021", "2021"),
        ("2021-11-24", None, "from 24 Nov 2021", "منذ 24 نوفمبر 2021"),
    ],
)
def test_days_are_said_in_as_few_words_as_say_them(start: str, end: str | None, english: str, arabic: str) -> None:
    interval = Interval(dt.date.fromisoformat(start), dt.date.fromisoformat(end) if end else None)
    assert (ENGLISH.days(interval), ARABIC.days(interval)) == (english, arabic)


@pytest.mark.parametrize(
    ("accepted", "chosen", "said"),
    [
        ("ar", "", "24 نوفمبر 2021"),
        ("ar-EG,ar;q=0.9", "", "٢٤ نوفمبر ٢٠٢١"),
        ("ar-EG", "latn", "24 نوفمبر 2021"),
        ("ar", "arab", "٢٤ نوفمبر ٢٠٢١"),
        ("en, ar-LB;q=0.5", "", "٢٤ تشرين الثاني ٢٠٢١"),
        ("ar-MA", "", "24 نونبر 2021"),
        ("ar-ZZ, ar-DZ", "", "24 نوفمبر 2021"),
    ],
)
def test_days_are_said_as_the_reader_s_country_says_them(accepted: str, chosen: str, said: str) -> None:
    assert arabic_of(accepted, chosen).day(dt.date(2021, 11, 24)) == said


def test_arabic_digits_have_their_own_signs() -> None:
    language = arabic_of("ar-EG")
    assert (language.number(12345.6), language.share(0.8), language.signed(-1.9)) == ("١٢٬٣٤٥٫٦", "٨٠٪", "-١٫٩")
    assert language.say("page", n=12) == "الصفحة ١٢"


def test_months_that_are_not_twelve_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = tmp_path / "months.csv"
    short.write_text("# months\nregions,months\nMA,يناير|فبراير\n", encoding="utf-8")
    monkeypatch.setattr(languages, "_MONTHS", short)
    languages._months.cache_clear()
    with pytest.raises(LexiconError, match=r"months.csv:3: 2 months; give twelve"):
        languages._months()
    languages._months.cache_clear()


def test_what_reports_say_differently_is_said_to_the_reader() -> None:
    assert told_as(ARABIC, "actor", "MRT + URY GOV", {}) == "موريتانيا + أورغواي، حكومة"
    assert told_as(ENGLISH, "killed", "21 or more", {}) == "21+"
    assert told_as(arabic_of("ar-EG"), "killed", "10 to 20", {}) == "١٠–٢٠"
    assert told_as(ARABIC, "place", "Rabat", {"Rabat": "الرباط"}) == "الرباط"
    assert told_as(ARABIC, "status", "did not happen", {}) == "لم يقع"


def test_codes_of_actors_are_said_in_words() -> None:
    assert ENGLISH.actor_code("MAR GOV") == "Morocco, government"
    assert ARABIC.actor_code("MAR GOV") == "المغرب، حكومة"
    assert ARABIC.actor_code("UNO") == "الأمم المتحدة"


def test_the_first_language_asked_for_is_taken() -> None:
    assert best_language("fr, en;q=0.8, ar;q=0.5") is ENGLISH
    assert best_language("") is ARABIC


def test_letters_that_deceive_are_shown() -> None:
    assert visible("a\u202eb\x00c\r\nd") == "a⟨202E⟩b␀c\nd"
    assert visible("سلام\u200f") == "سلام\u200f"


def test_a_line_without_words_in_a_language_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "words.csv"
    table.write_text("key,en,ar\nbrand,rasid,\n", encoding="utf-8")
    monkeypatch.setattr(languages, "SOURCES", (table,))
    languages._words.cache_clear()
    with pytest.raises(LexiconError, match=r"words\.csv:2: brand needs"):
        ENGLISH.say("brand")
    languages._words.cache_clear()


@pytest.mark.parametrize(
    ("said", "arabic"),
    [
        ("reported as done or under way", "ورد أنه وقع أو يقع"),
        ("begins 2021-12-01, after 2021-11-24", "يبدأ في 1 ديسمبر 2021، بعد 24 نوفمبر 2021"),
        ("the subject of قال", "فاعل «قال»"),
        ("the same person acts (+2)", "الفاعل الشخص نفسه (+2)"),
    ],
)
def test_rules_are_said_in_arabic(said: str, arabic: str) -> None:
    assert rule_in(ARABIC, said) == (arabic, "ar", "")
    assert rule_in(ENGLISH, said) == (said, "en", "")


def test_a_rule_that_no_table_knows_stays_english() -> None:
    assert rule_in(ARABIC, "a rule of tomorrow") == ("a rule of tomorrow", "en", "")


def test_every_reason_of_a_join_is_said_in_arabic() -> None:
    from rasid.stories.likeness import Finding, in_words
    from rasid.stories.points import points

    assert [name for name in points() if rule_in(ARABIC, in_words(Finding(name, 1.0))).language == "en"] == ["other day"]


def test_words_of_grammar_are_said_one_by_one() -> None:
    assert entry_in(ARABIC, "recipient: [object, من]").said == "المتلقي: [المفعول، من]"
    assert entry_in(ARABIC, "events/lexicon/support.yaml:12").language == "en"


@pytest.mark.parametrize("kind", ["accord", "field", "claim"])
def test_kinds_of_accords_and_claims_have_names(kind: str) -> None:
    words = {"accord": ("kind", "noun"), "field": ("field",)}
    known = set(claim_kinds()) if kind == "claim" else {one for part in words[kind] for one in agreement_words(part).values()}
    assert [one for one in known if ARABIC.label(kind, one) == one] == []


def test_the_coasts_of_the_old_world_lie_where_they_are() -> None:
    from rasid.server.site.world import outline, point

    rings = [[tuple(map(float, at.split())) for at in ring.strip("MZ").split("L")] for ring in outline().split("Z") if ring]
    largest = max(rings, key=len)
    cairo = point(30.0, 31.2)
    assert min(x for x, _ in largest) < cairo[0] < max(x for x, _ in largest)
    assert all(abs(a[0] - b[0]) < 900 for ring in rings for a, b in itertools.pairwise(ring))
