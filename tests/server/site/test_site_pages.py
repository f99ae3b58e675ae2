"""Every page in both languages: whole without scripts, quiet, and without faults that axe finds."""

from pathlib import Path

import pytest
from axe_check import check
from pages_served import Site, log_in, serving_pages
from playwright.sync_api import Browser, Page

from rasid.analysis.agreements import read_register
from rasid.record import EventQuery, find_events, open_record
from rasid.server.site import working

pytest_plugins = ("browsing",)

PAGES = (
    "/", "/search?q=الرباط", "/search?q=nothing", "/events", "/events?type=AID", "/stories", "/actors", "/actors/MAR",
    "/relations",
    "/relations/MAR/ISR", "/map", "/quotes", "/quotes?by=IRQ&direct=no", "/quotes/claims", "/agreements",
    "/agreements?party=MAR&other=ISR", "AGREEMENT", "SAID", "/watches", "/watches/agreements", "/actors/سالم الحوراني",
    "/code?sample=yes", "/review", "/review/changes",
    "/validation", "/ingest", "/about", "/login", "/articles/a1", "EVENT", "CHOSEN",
)  # fmt: skip

EMPTY = ("/", "/events", "/actors", "/relations", "/map", "/stories", "/quotes", "/agreements", "/ingest", "/review")
WORDS = "marks => marks.map(one => [...one.childNodes].find(part => part.nodeType === 3).data)"
FITS = "document.fonts.ready.then(() => document.documentElement.scrollWidth <= window.innerWidth)"


def _address(site: Site, path: str) -> str:
    if path in ("EVENT", "CHOSEN"):
        with open_record(site.record) as record:
            event = next(row for row in find_events(record) if row.article_id == "a1")
        return f"/events/{event.event_id}" if path == "EVENT" else f"/articles/a1?event={event.event_id}"
    if path == "AGREEMENT":
        with open_record(site.record) as record:
            first = read_register(record)[0].reports[0]
        return f"/agreements/{first.n}/{first.article_id}"
    return "/articles/a1?at=0-11#at" if path == "SAID" else path


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_sound(page: Page, site: Site, path: str, language: str) -> None:
    answer = page.goto(f"{site.base}/{language}{_address(site, path)}")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.evaluate(FITS)
    check(page)
    if language == "ar":  # colours are those of both languages
        page.emulate_media(color_scheme="dark")
        check(page, only="color-contrast")


@pytest.mark.parametrize(
    "path", ["/", "/articles/a1", "/review", "/events", "/quotes", "AGREEMENT", "/relations/MAR/ISR", "/watches"]
)
def test_dark_and_narrow_page_is_sound(browser: Browser, site: Site, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site.base}/ar{_address(site, path)}")
    assert page.evaluate(FITS)
    check(page)
    context.close()


def test_the_language_is_one_switch_away(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/en/events?type=SUPPORT")
    page.locator(".top-tools a[hreflang=ar]").click()
    assert page.url.endswith("/ar/events?type=SUPPORT")


def test_the_theme_is_kept(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/en/about")
    page.get_by_role("button", name="Dark").click()
    assert page.url.endswith("/en/about")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_what_is_not_there_is_said_on_a_page(loud_page: Page, site: Site) -> None:
    answer = loud_page.goto(f"{site.base}/en/articles/none")
    assert answer is not None
    assert answer.status == 404
    assert "no article" in loud_page.locator("main").inner_text()


def test_an_empty_record_says_what_to_do(page: Page, tmp_path: Path) -> None:
    with open_record(tmp_path / "record.sqlite"):
        pass
    with serving_pages(tmp_path / "record.sqlite") as empty:
        for path in EMPTY:
            page.goto(f"{empty.base}/ar{path}")
            assert page.locator(".empty p").count() >= 2, path
        check(page)


def test_a_mistake_of_ours_is_said_on_a_page(loud_page: Page, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "coder_version", lambda: 1 / 0)
    answer = loud_page.goto(f"{site.base}/ar/about")
    assert answer is not None
    assert answer.status == 500
    assert "حدث خلل عندنا" in loud_page.locator("h1").inner_text()
    assert "division" not in loud_page.content()


def test_who_may_not_see_a_page_is_led_to_the_login(loud_page: Page, site: Site) -> None:
    log_in(loud_page, site, "rami")
    answer = loud_page.goto(f"{site.base}/en/validation/none/settle")
    assert answer is not None
    assert answer.status == 403
    assert loud_page.locator("main a[href='/en/login']").is_visible()


def test_numbers_and_months_are_those_of_the_country_and_the_digits_are_a_choice(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="ar-IQ")
    page = context.new_page()
    page.goto(f"{site.base}/ar/events")
    assert "٢٤ تشرين الثاني ٢٠٢١" in page.locator("main").inner_text()
    page.get_by_role("button", name="123").click()
    assert "24 تشرين الثاني 2021" in page.locator("main").inner_text()
    context.close()


def test_on_a_phone_the_open_section_stands_in_sight(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    for language in ("ar", "en"):
        page.goto(f"{site.base}/{language}/about")
        box = page.locator(".nav [aria-current]").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    context.close()


def test_the_latest_event_is_the_first_of_the_list(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/en/events")
    with open_record(site.record) as record:
        rows = list(find_events(record, EventQuery(latest_first=True)))
    links = page.locator(".line-sentence a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert links == [f"/en/events/{row.event_id}" for row in rows[: len(links)]]


def test_hostile_text_stays_text(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/en/articles/hostile/%3Cb%3E")
    text = page.locator(".text").inner_text()
    assert "<script>document.title='taken'</script>" in text
    assert "{{ 7 * 7 }}" in text
    assert "⟨202E⟩" in text
    assert "␇" in text
    assert page.locator(".text script, .text img").count() == 0
    assert "taken" not in page.title()
    assert "<i>مائل</i>" in page.locator("h1").inner_text()


def test_an_event_of_an_article_is_chosen_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.base}/en/articles/a1")
    page.locator(".ref").first.click()
    card = page.locator("#chosen").inner_text()
    assert "Morocco" in card
    assert page.locator("mark.actor").count() >= 1
    assert page.locator(".why summary").is_visible()
    context.close()


def test_a_pasted_text_is_coded(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/en/code")
    page.fill("#text", TEXT)
    page.fill("#date", "2021-11-24")
    page.get_by_role("button", name="Code it").click()
    assert "Morocco" in page.locator(".result .card").first.inner_text()


TEXT = "وقع المغرب وتونس اليوم الأربعاء في الرباط مذكرة تفاهم."


def test_who_may_not_review_is_told_how(page: Page, site: Site) -> None:
    log_in(page, site, "rami")
    page.goto(f"{site.base}/en/review")
    assert "may read but not correct" in page.locator(".alert").inner_text()
    assert page.locator(".decision").count() == 0


def test_a_quote_leads_to_its_words_in_the_article(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/en/quotes?direct=no")
    said = page.locator(".saying blockquote").first.inner_text()
    page.locator(".saying a[href*='at=']").first.click()
    marked = page.locator("mark.said").evaluate_all(WORDS)
    assert "".join(marked) == said


def test_reasons_are_in_the_language_of_the_reader(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/ar{_address(site, 'EVENT')}")
    page.locator(".why summary").first.click()
    assert "ورد أنه وقع أو يقع" in page.locator(".why").first.inner_text()


def test_a_watch_is_kept_asked_and_removed(page: Page, own_site: Site) -> None:
    log_in(page, own_site, "sami")
    page.goto(f"{own_site.base}/en/watches")
    page.fill("#name", "new")
    page.fill("#actor", "المغرب")
    page.check("[name=from_start]")
    page.get_by_role("button", name="Keep this watch").click()
    page.get_by_role("button", name="What is new?").click()
    assert "new event" in page.locator("[role=status]").inner_text()
    number = page.locator(".line").count()
    assert number > 0
    page.get_by_role("button", name="What is new?").click()
    assert "Nothing is new" in page.locator("[role=status]").inner_text()
    feed = page.request.get(page.locator("#atom").input_value())
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text().count("<entry>") == number
    page.locator("details.inline summary").click()
    page.get_by_role("button", name="Remove this watch").click()
    assert "removed" in page.locator("[role=status]").inner_text()


def test_readers_keep_no_watches(loud_page: Page, site: Site) -> None:
    log_in(loud_page, site, "rami")
    loud_page.goto(f"{site.base}/en/watches")
    assert loud_page.locator("main form").count() == 0
