"""rasid beside others at the steps that they share: `python benchmarks/peers.py [PART ...] [--write]`.

Pages to text: trafilatura, jusText and resiliparse, on real pages with their articles. Times in sentences: dateparser. Whether
a sentence is political: n-gram models, fitted in the folds in which rasid's own model is fitted (`training/relevance.py`).
Lines as PETRARCH writes them: those of rasid beside those that coders gave, as PETRARCH itself does not run here. A part whose
material is not there is left out, with a line. Times are of the processor, after a run that loads what is loaded once.
"""

import argparse
import datetime as dt
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import justext
import numpy as np
from accuracy import read_rows
from breakdown import keyword_events
from dateparser.search import search_dates
from figures import Row, machine, show, write
from pages_score import alone, read, token_f1
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from times_score import code_times, score_times

from rasid.coder import code, find_mentions
from rasid.model import Page
from rasid.pages import read_article, read_date
from rasid.record.petrarch import petrarch_rows
from rasid.record.rows import EventRow, rows_of

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "comparison.md"
HEADER = ("step", "who", "how well", "a second, one core")
PARTS = ("pages", "times", "relevance", "lines")
DRAWN = 1000  # samples of documents, for the interval of a difference
Given = TypeVar("Given")
Made = TypeVar("Made")


def ours(content: bytes) -> str:
    article = read(content, "page")
    return article.text if article else ""


def by_justext(content: bytes) -> str:
    paragraphs = justext.justext(content, justext.get_stoplist("Arabic"))
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def by_resiliparse(content: bytes) -> str:
    return str(extract_plain_text(bytes_to_str(content, detect_encoding(content) or "utf-8"), main_content=True))


EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    "rasid": ours,
    f"trafilatura {version('trafilatura')}": alone,
    f"jusText {version('justext')}, Arabic stop words": by_justext,
    f"resiliparse {version('resiliparse')}, main content": by_resiliparse,
}


def by_dateparser(row: dict[str, Any]) -> dict[str, Any]:
    """What dateparser's search finds, each as the one day that it gives."""
    noon = dt.datetime.combine(dt.date.fromisoformat(row["date"]), dt.time(12))
    found = search_dates(row["text"], languages=["ar"], settings={"RELATIVE_BASE": noon, "PREFER_DATES_FROM": "past"}) or ()
    days = [(words, when.date().isoformat()) for words, when in found]
    return {"id": row["id"], "times": [{"text": words, "start": day, "end": day} for words, day in days]}


def run(do: Callable[[Given], Made], given: Sequence[Given]) -> tuple[list[Made], float]:
    """What `do` makes of each, and of how many in a second."""
    do(given[0])
    begun = time.process_time()
    made = [do(one) for one in given]
    return made, len(given) / (time.process_time() - begun)


def pages_rows(folder: Path) -> Iterable[Row]:
    index = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    pages = [row for row in index if row.get("html")]
    contents = [(folder / row["html"]).read_bytes() for row in pages]
    gold = [(folder / row["gold"]).read_text(encoding="utf-8") if row.get("gold") else "" for row in pages]
    for who, extract in EXTRACTORS.items():
        texts, speed = run(extract, contents)
        f1 = sum(map(token_f1, texts, gold)) / len(gold)
        yield f"text of {len(pages)} pages", who, f"token F1 {f1:.3f}", f"{speed:,.0f} pages"


def times_rows(gold: Path) -> Iterable[Row]:
    rows = [json.loads(line) for line in (gold / "times_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    dates = [one for row in rows for one in row["times"] if one["start"] and one["start"] == one["end"]]
    for who, find in (("rasid", code_times), (f"dateparser {version('dateparser')}, language and day given", by_dateparser)):
        coded, speed = run(find, rows)
        figure = f"F1 {score_times(rows, coded)['f1']:.3f}"
        found = {(row["id"], one["start"], one["end"]) for row in coded for one in row["times"]}
        single = [(row["id"], one["start"], one["end"]) for row in rows for one in row["times"] if one in dates]
        days = sum(one in found for one in single) / len(single)
        yield f"times in {len(rows)} sentences", who, f"{figure}; of single days {days:.3f} right", f"{speed:,.0f} sentences"


class Material(NamedTuple):
    """Sentences of news with what they are, their document, and the fold in which they are asked about."""

    texts: list[str]
    right: Any
    document: Any
    fold: Any


def relevance_rows(gold: Path) -> Iterable[Row]:
    """F1 on sentences of news, each model fitted without the fold that it is asked about."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.metrics import f1_score
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    given = read_news(gold)
    of_words = make_pipeline(CountVectorizer(ngram_range=(1, 2)), MultinomialNB())
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    of_letters = make_pipeline(letters, LinearSVC(class_weight="balanced"))
    ours = by_own_model(given)
    step = f"is it political, {len(given.texts):,} sentences of news"
    yield step, "rasid's features and weights", f"F1 {f1_score(given.right, ours):.3f}", ""
    for who, model in (("naive Bayes, one and two words", of_words), ("linear SVM, two to five letters", of_letters)):
        yield step, who, beside(given.right, by_model(given, model), ours, given.document), ""


def read_news(gold: Path) -> Material:
    relevance = training_of_relevance()
    texts = [*relevance.read_news(gold), *relevance.read_cases()]
    number = {group: n for n, group in enumerate(sorted({text.group for text in texts}))}
    document = np.array([number[text.group] for text in texts])
    right = np.array([text.relevant for text in texts])
    return Material([text.text for text in texts], right, document, document * 7919 % relevance.FOLDS)


def training_of_relevance() -> Any:
    """The script that fits rasid's own model."""
    sys.path.insert(0, str(ROOT / "training"))
    import relevance

    return relevance


def by_model(given: Material, model: Any) -> Any:
    """What a model of scikit-learn says of each sentence."""
    said = np.zeros(len(given.texts), dtype=bool)
    for k in np.unique(given.fold):
        inside, outside = np.flatnonzero(given.fold != k), np.flatnonzero(given.fold == k)
        fitted = model.fit([given.texts[n] for n in inside], given.right[inside])
        said[outside] = fitted.predict([given.texts[n] for n in outside])
    return said


def by_own_model(given: Material) -> Any:
    """What rasid's model says of each, learning from the same sentences as the others and no more."""
    from sklearn.feature_extraction.text import CountVectorizer

    from rasid.events.relevance import features_of

    relevance = training_of_relevance()
    vectorizer = CountVectorizer(analyzer=features_of, min_df=relevance.SEEN, dtype=np.float64)
    counts = vectorizer.fit_transform(given.texts).tocsr()
    said = np.zeros(len(given.texts), dtype=bool)
    for k in np.unique(given.fold):
        inside = given.fold != k
        ratio = relevance._ratio(counts[inside], given.right[inside], relevance.SMOOTH["prose"])
        scaled = relevance._normed(counts, np.abs(ratio))
        learnt, bias = relevance._separate(scaled[inside], given.right[inside], ratio, relevance.STRENGTH["prose"])
        said[~inside] = scaled[~inside] @ learnt + bias > 0
    return said


def beside(right: Any, said: Any, ours: Any, document: Any) -> str:
    """F1 of `said`, and how far it is under that of `ours`, with the 95% interval over documents drawn again and again."""

    def counted(answers: Any) -> Any:
        return np.array([np.bincount(document, weights=kind) for kind in (answers & right, answers & ~right, ~answers & right)])

    def f1(counts: Any) -> Any:
        return 2 * counts[..., 0] / (2 * counts[..., 0] + counts[..., 1] + counts[..., 2])

    them, us = counted(said).T, counted(ours).T
    drawn = np.random.default_rng(0).integers(len(them), size=(DRAWN, len(them)))
    low, high = np.quantile([f1(us[one].sum(axis=0)) - f1(them[one].sum(axis=0)) for one in drawn], (0.025, 0.975))
    less = f1(us.sum(axis=0)) - f1(them.sum(axis=0))
    return f"F1 {f1(them.sum(axis=0)):.3f}: {less:.3f} less (95%: {low:.3f} to {high:.3f})"


def lines_rows(gold: Path) -> Iterable[Row]:
    """How many lines of sentence, source, target and CAMEO's root category are those of the gold."""
    rows = read_rows(gold / "events_dev.jsonl")
    wanted = [Counter(chain.from_iterable(map(lines_of, map(row_of, row["events"])))) for row in rows]
    there = sum(map(Counter.total, wanted))
    for who, write_lines in (
        ("rasid", own_lines),
        ("a flat coder: a word of the lexicon, the two named next", flat_lines),
    ):
        coded, speed = run(write_lines, rows)
        right = sum((one & of_gold).total() for one, of_gold in zip(coded, wanted, strict=True))
        precision, recall = right / sum(map(Counter.total, coded)), right / there
        figure = f"F1 {2 * precision * recall / (precision + recall):.3f} (precision {precision:.3f}, recall {recall:.3f})"
        yield f"PETRARCH's lines of {len(rows)} sentences", who, figure, f"{speed:,.0f} sentences"


def own_lines(row: dict[str, Any]) -> Counter[tuple[str, ...]]:
    coded = code(read_article(page_of(row), read_date(row["date"])))
    return Counter(chain.from_iterable(map(lines_of, rows_of(coded))))


def flat_lines(row: dict[str, Any]) -> Counter[tuple[str, ...]]:
    """What a coder without grammar writes, with rasid's own words and names: in Arabic who acts follows the verb."""
    named = [one for one in find_mentions(read_article(page_of(row), read_date(row["date"]))) if one.code]
    events = []
    for event in keyword_events(row):
        at = row["text"].find(event["trigger"]["text"], event["sentence"]["start"])
        sides = [[{"code": one.code}] for one in named if at < one.span.start < event["sentence"]["end"]][:2]
        actor, recipient = (*sides, [], [])[:2]
        events.append({"type": event["type"], "mode": None, "status": "occurred", "actor": actor, "recipient": recipient})
    return Counter(chain.from_iterable(map(lines_of, map(row_of, events))))


def page_of(row: dict[str, Any]) -> Page:
    return Page(row["text"], row["id"], id=row["id"], is_text=True)


def row_of(event: dict[str, Any]) -> EventRow:
    """As much of a row as a line is made of; the day is of no account here."""
    sides = {f"{side}_codes": " + ".join(one["code"] or "?" for one in event[side]) for side in ("actor", "recipient")}
    day = dict.fromkeys(("when_start", "when_end"), dt.date(2000, 1, 1))
    known = {"type": event["type"], "mode": event["mode"], "status": event["status"], "event_id": ""}
    return EventRow(**{**dict.fromkeys(EventRow._fields), **known, **day, **sides})


def lines_of(row: EventRow) -> Iterable[tuple[str, ...]]:
    return ((source, target, cameo[:2]) for _, source, target, cameo, *_ in petrarch_rows(row))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; all, if none is named")
    parser.add_argument("--gold", type=Path, default=ROOT / "../shared/gold")
    parser.add_argument("--pages", type=Path, default=ROOT / "../shared/pages")
    parser.add_argument("--write", action="store_true", help="put the table into docs/comparison.md")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))} (some of {', '.join(PARTS)})")
    if options.write and options.parts:
        parser.error("--write puts the whole table into the page: name no parts")
    material = {
        "pages": (pages_rows, options.pages),
        "times": (times_rows, options.gold),
        "relevance": (relevance_rows, options.gold),
        "lines": (lines_rows, options.gold),
    }
    rows: list[Row] = []
    for part in options.parts or PARTS:
        measure, folder = material[part]
        if folder.is_dir():
            rows += [*measure(folder), ()]
        elif options.write:
            parser.exit(2, f"{PAGE.name} stays as it is: there is no {folder} for {part}\n")
        else:
            print(f"{part}: left out, there is no {folder}", file=sys.stderr)
    notes = [f"On {machine()}."]
    show("Beside others", HEADER, rows, notes)
    if options.write:
        write(PAGE, HEADER, rows, notes)


if __name__ == "__main__":
    main()
