"""The review desk and blind coding, end to end."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_check import check
from pages_served import Site, log_in, make_pages, serving_pages
from playwright.sync_api import Browser, Page, expect

from rasid.events.decide import weights
from rasid.events.plover import types
from rasid.record import EventQuery, Record, find_events, load_event, open_record
from rasid.record.corrections import accept, find_corrections
from rasid.record.validation import draw, keep_coding, load_items, load_validations, read_codings
from rasid.server.site.queue import count_waiting, next_event

pytest_plugins = ("browsing",)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "record.sqlite"
    make_pages(path)
    return path


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Site]:
    """A record of its own for each test, as each changes it."""
    with serving_pages(Path(shutil.copy(made, tmp_path / "record.sqlite"))) as served:
        yield served


def _decisions(site: Site) -> list[tuple[str, str, str]]:
    with open_record(site.record) as record:
        return [(one.action, one.by, state) for one, state in find_corrections(record)]


def _event(page: Page) -> str:
    return page.locator(".item").get_attribute("data-event") or ""


def _review(page: Page, site: Site, language: str = "en") -> str:
    log_in(page, site, "sami", language)
    page.goto(f"{site.base}/{language}/review")
    return _event(page)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_keys_accept_reject_skip_and_undo(page: Page, desk: Site, language: str) -> None:
    first = _review(page, desk, language)
    page.keyboard.press("a")
    expect(page.locator(".item")).not_to_have_attribute("data-event", first)
    second = _event(page)
    page.keyboard.press("r")
    expect(page.locator(".item")).not_to_have_attribute("data-event", second)
    assert _decisions(desk) == [("accept", "sami", "in force"), ("reject", "sami", "in force")]
    expect(page.locator("#undo button")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator(".item")).to_have_attribute("data-event", second)
    assert [state for _, _, state in _decisions(desk)][:2] == ["in force", "undone"]
    page.keyboard.press("n")
    expect(page.locator(".item")).not_to_have_attribute("data-event", second)


def test_a_whole_queue_is_decided_by_keys_alone(page: Page, desk: Site) -> None:
    with open_record(desk.record) as record:
        waiting = len(list(find_events(record, EventQuery(types=("SUPPORT",)))))
    log_in(page, desk, "sami")
    page.goto(f"{desk.base}/en/review?type=SUPPORT")
    for n in range(waiting):
        expect(page.locator("#left")).to_have_text(f"{waiting - n} left")
        before = _event(page)
        if n % 3 == 2:
            page.keyboard.press("s")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Control+Enter")
        else:
            page.keyboard.press("ar"[n % 3])
        expect(page.locator(f'.item[data-event="{before}"]')).to_have_count(0)
    expect(page.locator("#item")).to_contain_text("Nothing waits here")
    expect(page.locator("#today")).to_have_text(str(waiting))
    assert len(_decisions(desk)) == waiting


def test_what_comes_next_is_there_before_it_is_asked_for(page: Page, desk: Site) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.resource_type))
    first = _review(page, desk)
    page.wait_for_load_state("networkidle")
    loaded.clear()
    page.keyboard.press("a")
    expect(page.locator(".item")).not_to_have_attribute("data-event", first)
    assert "document" not in loaded


def test_an_edit_by_numbers_of_words_is_kept(page: Page, desk: Site) -> None:
    with open_record(desk.record) as record:
        event = next(row.event_id for row in find_events(record) if row.article_id == "a1")
    log_in(page, desk, "sami")
    page.goto(f"{desk.base}/en/review?event={event}")
    page.keyboard.press("w")
    page.keyboard.type("2=MAR GOV")
    page.locator("#e-type").select_option("AGREE")
    page.locator("#e-actors").press("Control+Enter")
    expect(page.locator(f'.item[data-event="{event}"]')).to_have_count(0)
    with open_record(desk.record) as record:
        kept = load_event(record, event)[0]
    assert (kept.type, [(one.span.text, one.code) for one in kept.actors]) == ("AGREE", [("المغرب", "MAR GOV")])
    page.goto(f"{desk.base}/en/review/changes")
    assert re.search(r"SUPPORT\s+AGREE", page.locator("table").inner_text())


def test_a_day_and_numbers_of_words_are_taken_in_arabic_digits(page: Page, desk: Site) -> None:
    first = _review(page, desk, "ar")
    page.keyboard.press("d")
    page.keyboard.type("٢٠٢١-١١-٢٠")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.keyboard.type("٢=MAR")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f'.item[data-event="{first}"]')).to_have_count(0)
    with open_record(desk.record) as record:
        (kept, article) = load_event(record, first)
    assert kept.when is not None
    assert str(kept.when.start) == "2021-11-20"
    second = article.text[kept.sentence.start : kept.sentence.end].split()[1]
    assert [one.span.text for one in kept.actors] == [second]


def test_an_edit_that_cannot_be_says_why_and_stays(loud_page: Page, desk: Site) -> None:
    first = _review(loud_page, desk)
    loud_page.keyboard.press("w")
    loud_page.keyboard.type("99=MAR")
    loud_page.locator("#e-actors").press("Control+Enter")
    expect(loud_page.locator("#wrong")).to_contain_text("are numbered 1 to")
    assert _event(loud_page) == first
    assert _decisions(desk) == []


def test_the_desk_works_without_scripts(browser: Browser, desk: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    first = _review(page, desk)
    page.locator(".yes").click()
    assert _event(page) != first
    page.locator("#undo button").click()
    assert _event(page) == first
    context.close()
    assert [state for _, _, state in _decisions(desk)] == ["undone", "in force"]


def test_a_form_of_another_session_is_refused(loud_page: Page, desk: Site) -> None:
    _review(loud_page, desk)
    loud_page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach((one) => { one.value = 'x' })")
    loud_page.keyboard.press("a")
    expect(loud_page.locator("#said")).to_contain_text("another session")
    assert _decisions(desk) == []


def _sample(record: Record) -> str:
    return draw(record, 4, 1)


def test_two_coders_are_blind_to_each_other_and_an_editor_settles(browser: Browser, desk: Site) -> None:
    with open_record(desk.record) as record:
        sample = _sample(record)
        number = len(load_items(record, sample))
    for name, key in (("sami", "0"), ("huda", "1")):
        context = browser.new_context()
        page = context.new_page()
        log_in(page, desk, name)
        page.goto(f"{desk.base}/en/validation/{sample}/code")
        for _ in range(number):
            assert page.locator(":checked").count() == 0
            page.keyboard.press(key)
            with page.expect_navigation():
                page.keyboard.press("Enter")
        assert "coded the whole sample" in page.locator("main").inner_text()
        if name == "sami":
            assert page.goto(f"{desk.base}/en/validation/{sample}/settle").status == 403  # type: ignore[union-attr]
        else:
            page.goto(f"{desk.base}/en/validation/{sample}/settle")
            assert "sami" in page.locator(".facts").inner_text()
            page.keyboard.press("0")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        context.close()
    with open_record(desk.record) as record:
        codings = read_codings(record, sample)
        (result,) = load_validations(record)
    assert (len(codings.settled), len(codings.by_people)) == (1, number)
    assert result.coders == ("huda", "sami")
    assert result.figures[0].people == 0


def test_every_type_has_a_key_of_its_own(page: Page, desk: Site) -> None:
    with open_record(desk.record) as record:
        sample = _sample(record)
    log_in(page, desk, "sami", "ar")
    page.goto(f"{desk.base}/ar/validation/{sample}/code")
    for key in page.locator(".kinds kbd").all_inner_texts():
        page.keyboard.press(key.lower())
    assert page.locator(".kinds :checked").count() == page.locator(".kinds input").count() == len(types()) + 1


@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_of_coders_are_sound(page: Page, desk: Site, language: str) -> None:
    with open_record(desk.record) as record:
        sample = _sample(record)
        for item in load_items(record, sample):
            for by, kinds in (("sami", ["AID"]), ("huda", [])):
                keep_coding(record, sample, by, item.n, kinds)
        accept(record, next(find_events(record)).event_id, by="huda")
    log_in(page, desk, "huda", language)
    for path in ("/review", "/review/changes", "/validation", f"/validation/{sample}/settle", f"/validation/{sample}/code?n=1"):
        page.goto(f"{desk.base}/{language}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        check(page)
        page.emulate_media(color_scheme="dark")
        check(page, only="color-contrast")
        page.emulate_media(color_scheme="light")


def test_the_queue_gives_every_event_once_the_most_doubtful_first(made: Path) -> None:
    threshold = weights().keep_event
    with open_record(made) as record:
        confidences = {row.event_id: row.confidence or 1.0 for row in find_events(record)}
        for query in (EventQuery(), EventQuery(actors=("MAR",)), EventQuery(statuses=("occurred",))):
            seen: list[str] = []
            while found := next_event(record, query, seen[-1] if seen else None):
                seen.append(found)
            assert set(seen) == {row.event_id for row in find_events(record, query)}
            assert len(seen) == count_waiting(record, query)
            doubts = [abs(confidences[one] - threshold) for one in seen]
            assert doubts == sorted(doubts)


def test_a_step_of_the_queue_sorts_nothing(made: Path) -> None:
    said: list[str] = []
    with open_record(made) as record:
        first = next_event(record, EventQuery(), None)
        record.connection.set_trace_callback(said.append)
        next_event(record, EventQuery(), first)
        record.connection.set_trace_callback(None)
        plans = [str(row[3]) for one in said for row in record.connection.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert any("events_in_doubt" in plan for plan in plans)
    assert [plan for plan in plans if "TEMP B-TREE" in plan or plan.startswith("SCAN")] == []
