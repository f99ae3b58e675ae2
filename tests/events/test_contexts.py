"""Contexts: what an act is about, by the words around its trigger."""

from pathlib import Path

import pytest

from rasid.errors import LexiconError
from rasid.events import contexts, plover
from rasid.events.contexts import Act, context_features, contexts_of, said_in, surroundings, votes
from tests.events.one_sentence import read


def about(text: str, trigger: str, title: str | None = None, kind: str = "ACCUSE") -> tuple[str, ...]:
    there = read(text)
    at = there.head(trigger).at
    words = there.outline.words
    article = surroundings([words], title)
    return contexts_of(words, at, Act(kind, None, trigger, ()), article, said_in(words, article.by_sentence[0]))


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "context"),
    [
        ("ندد الحزب بتزوير الانتخابات بعد فرز أصوات الناخبين في الاقتراع.", "ندد", "ACCUSE", "election"),
        ("ندد الوزير ببرنامج تخصيب اليورانيوم النووي في المنشأة النووية.", "ندد", "ACCUSE", "cbrn"),
        ("قصفت طائرات الجيش مواقع عسكرية ودمرت منصة صواريخ.", "قصفت", "ASSAULT", "military"),
        ("التقى وزير الخارجية نظيره وبحثا العلاقات الدبلوماسية بين البلدين.", "التقى", "CONSULT", "diplomatic"),
        ("قتل انتحاري من تنظيم القاعدة عشرة أشخاص في تفجير إرهابي.", "قتل", "ASSAULT", "terrorism"),
    ],
)
def test_sentence_says_what_an_act_is_about(text: str, trigger: str, kind: str, context: str) -> None:
    assert context in about(text, trigger, kind=kind)


def test_likeliest_context_stands_first() -> None:
    text = "التقى وزير الخارجية نظيره وبحثا العلاقات الدبلوماسية بين البلدين."
    assert about(text, "التقى", kind="CONSULT")[0] == "diplomatic"


def test_words_that_belong_together_count_only_together() -> None:
    def named(text: str) -> set[str]:
        words = read(text).outline.words
        return set(votes(words, range(len(words))))

    assert "peacekeeping" in named("ندد الرئيس القبرصي بعملية حفظ السلام.")
    assert "peacekeeping" not in named("ندد الرئيس القبرصي بعملية حفظ الوثائق.")


def test_the_article_counts_beside_the_sentence() -> None:
    words = read("ندد الرئيس القبرصي بالكلام.").outline.words
    other = read("النووي واليورانيوم والتخصيب.").outline.words
    act = Act("ACCUSE", None, "ندد", ())
    alone, around = (context_features(words, 0, act, surroundings(some, "النووي")) for some in ([words], [words, other]))
    assert around["article cbrn"] == 1
    assert "article cbrn" not in alone
    assert "title نوو" in alone


def test_given_contexts_are_plovers() -> None:
    given = set(contexts._learned().contexts)
    assert given <= plover.contexts()


def test_unknown_context_names_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "contexts.csv"
    table.write_text("# note\ncontext,words\nlegal,محكمة\ngardening,حديقة\n", encoding="utf-8")
    monkeypatch.setattr(contexts, "SOURCE", table)
    with pytest.raises(LexiconError, match=r"^contexts\.csv:4: unknown context 'gardening'"):
        contexts._read()
