"""`rasid ingest` of any source, `rasid failures --retry`: as a user runs them."""

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from rasid.cli_ingest import Ingested
from rasid.cli_progress import duration, status_line
from rasid.record import count_uncoded, open_record
from tests.commands import RASID, Run, events_in, row, visits, wait_for
from tests.pages.local_server import HTML, serving

PAGE = """<html><head><title>زيارة</title></head><body><p>زار الرئيس الفرنسي الجزائر أمس والتقى نظيره الجزائري في العاصمة.</p>
<p>وقال الرئيس إن الزيارة ناجحة، وإن لجنة مشتركة ستعود إلى العمل في الأشهر القادمة.</p></body></html>"""
ENGLISH = (
    "<html><body><p>The president of France visited the city of Algiers and met the prime minister there.</p></body></html>"
)
POEM = "يا ليل الصب متى غده، أقيام الساعة موعده."


def test_the_summary_is_told_to_programs_too(rasid: Run) -> None:
    (told,) = rasid("ingest", "-", "--format", "jsonl", stdin=visits(3) + "{broken\n" + row(POEM, id="p")).rows
    assert told.pop("seconds") >= 0
    assert told == {
        "record": "rasid.sqlite",
        "pages": 5,
        "articles": 4,
        "events": 3,
        "known": 0,
        "not_political": 1,
        "dropped": 0,
        "left_out": {"the row is not valid JSON: expecting property name enclosed in double quotes at character 2": 1},
        "passed_over": {},
    }


def test_an_article_that_is_not_political_is_kept_uncoded_with_the_reason(rasid: Run, tmp_path: Path) -> None:
    ran = rasid("ingest", "-", stdin=row() + row(POEM, id="2", url="https://example.org/2"))
    assert ran.status == 0
    assert "1 article of those report nothing political and are kept uncoded." in ran.out
    with open_record(tmp_path / "rasid.sqlite") as record:
        assert count_uncoded(record) == {"no political event was found in it": 1}


def test_it_is_not_kept_where_the_user_says_so(rasid: Run, tmp_path: Path) -> None:
    out = rasid("ingest", "-", "--drop-irrelevant", stdin=row() + row(POEM, id="2", url="https://example.org/2")).out
    assert out.startswith("rasid.sqlite: 1 article with 1 event added.\n")
    assert "1 article that report nothing political are not kept." in out


def test_lines_that_stand_on_page_after_page_are_left_out_the_same_way_each_time(rasid: Run, tmp_path: Path) -> None:
    promo = "وتأتيكم نشرة الوادي كل مساء بأصوات مراسلينا."
    (tmp_path / "site").mkdir()
    for number in range(5):
        page = PAGE.replace("زيارة<", f"زيارة {number}<").replace("أمس", f"أمس للمرة {number}")
        page = page.replace("الزيارة ناجحة", f"الزيارة رقم {number} ناجحة").replace("</body>", f"<p>{promo}</p></body>")
        (tmp_path / "site" / f"{number}.html").write_text(page, encoding="utf-8")
    assert [promo in told["text"] for told in rasid("clean", "site").rows] == [True, True, False, False, False]
    assert [promo in told["text"] for told in rasid("clean", "site/4.html").rows] == [True]
    assert rasid("ingest", "site", "--format", "jsonl").rows[0]["articles"] == 5
    assert rasid("ingest", "site", "--format", "jsonl").rows[0]["known"] == 5


def test_what_a_crawl_holds_besides_is_counted_and_not_noted(rasid: Run, tmp_path: Path) -> None:
    with (tmp_path / "crawl").open("wb") as file:
        for number, html in enumerate([PAGE, *[ENGLISH] * 3]):
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.headers["WARC-Target-URI"] = f"https://a.example/{number}"
            record.headers["Content-Type"] = "application/http; msgtype=response"
            record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html.encode())
            record.write(file)
    ran = rasid("ingest", "crawl")
    assert (ran.status, ran.err) == (0, "")
    assert "3 passed over: 3 the page is not in Arabic (it looks like English)." in ran.out
    assert rasid("failures", "--format", "jsonl").rows == []


def test_a_source_that_is_damaged_leaves_the_others_alone(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(visits(2).encode())[:-20])
    (tmp_path / "b.csv").write_text("id,text\n1,زار الرئيس الفرنسي تونس أمس.\n", encoding="utf-8-sig")
    ran = rasid("ingest", "a.gz", "b.csv")
    assert ran.status == 2
    assert "1 article with 1 event" in ran.out


def test_columns_may_be_named(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("corpus,when\nزار الرئيس الفرنسي تونس أمس.,24/11/2021\n", encoding="utf-8")
    rasid("ingest", "a.csv", "--column", "text=corpus", "--column", "date=when")
    (event,) = rasid("events", "--format", "jsonl").rows
    assert event["when"]["start"] == "2021-11-23"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--column", "corpus"], '"corpus" names no column'),
        (["--pause", "-1"], "cannot be below 0"),
        (["--format", "xml"], 'there is no format "xml"'),
        (["--follow"], "standard input cannot be followed"),
    ],
)
def test_a_wrong_option_is_one_line(rasid: Run, options: list[str], said: str) -> None:
    ran = rasid("ingest", "-", *options)
    assert (ran.status, len(ran.err.splitlines())) == (2, 1)
    assert said in ran.err


def test_pages_of_the_web_are_ingested_and_a_private_address_is_not_asked(rasid: Run, tmp_path: Path) -> None:
    with serving() as site:
        site.page("/2021/11/24/1", PAGE)
        site.routes["/feed"] = (
            200,
            {},
            f"<rss><channel><item><link>{site.address}/2021/11/24/1</link></item></channel></rss>".encode(),
        )
        options = ["--pause", "0", "--cache", tmp_path / "cache"]
        refused = rasid("ingest", site.address + "/feed", *options)
        assert "private address" in refused.err
        assert site.asked == []
        assert "1 article with 2 events added" in rasid("ingest", site.address + "/feed", *options, "--allow-private").out
        assert "1 there already" in rasid("ingest", site.address + "/feed", *options, "--allow-private").out


def test_what_failed_is_tried_again_and_forgotten_when_it_is_good(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(row() + "{broken\n", encoding="utf-8")
    rasid("ingest", "a.html", "b.jsonl")
    assert [one["page"] for one in rasid("failures", "--format", "jsonl").rows] == ["b.jsonl:2", "a.html"] or len(
        rasid("failures", "--format", "jsonl").rows
    ) == 2
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    again = rasid("failures", "--retry")
    assert again.status == 2
    assert again.out.startswith("rasid.sqlite: 1 article with 2 events added, 1 left out")
    (failure,) = rasid("failures", "--format", "jsonl").rows
    assert failure["page"] == "b.jsonl:2"


def test_a_failure_of_a_page_that_is_known_by_now_is_forgotten(rasid: Run, tmp_path: Path) -> None:
    with serving() as site:
        address = site.address + "/1"
        options = ["--pause", "0", "--allow-private"]
        rasid("ingest", address, *options)
        assert len(rasid("failures", "--format", "jsonl").rows) == 1
        site.routes["/1"] = (200, HTML, PAGE.encode())
        assert rasid("failures", "--retry", "--allow-private").status == 0
        assert rasid("failures", "--format", "jsonl").rows == []


def test_code_and_clean_read_any_source_too(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(PAGE.encode()))
    (article,) = rasid("clean", "a.gz").rows
    assert article["title"] == "زيارة"
    (coded,) = rasid("code", "a.gz", "--format", "jsonl").rows
    assert coded["events"]


def follow(path: Path, *arguments: object) -> "subprocess.Popen[bytes]":
    command = [RASID, "ingest", "--follow", "--every", "0.2", "--pause", "0", "--allow-private", "--format", "jsonl"]
    return subprocess.Popen(
        [*map(str, command), "--record", str(path), "--cache", str(path.parent / "cache"), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(ran: "subprocess.Popen[bytes]", number: int = signal.SIGINT) -> Any:
    ran.send_signal(number)
    out, _ = ran.communicate(timeout=20)
    assert ran.returncode == 0
    return json.loads(out)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_folder_is_followed_until_somebody_ends_it(tmp_path: Path, number: int) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.jsonl").write_text(row(url="https://example.org/1"), encoding="utf-8")
    with follow(tmp_path / "r.sqlite", tmp_path / "pages") as ran:
        wait_for(lambda: events_in(tmp_path / "r.sqlite") == 1)
        (tmp_path / "pages" / "2.jsonl").write_text(row(url="https://example.org/2", id="2"), encoding="utf-8")
        wait_for(lambda: events_in(tmp_path / "r.sqlite") == 2)
        assert ended(ran, number)["articles"] == 2


def test_a_feed_is_followed_and_only_what_is_new_in_it_is_fetched(tmp_path: Path) -> None:
    with serving() as site:
        links = [site.page(f"/{n}", PAGE.replace("الفرنسي", nisba)) for n, nisba in enumerate(("الفرنسي", "التونسي"))]
        feeds = "".join(f"<item><link>{link}</link></item>" for link in links)
        site.routes["/feed"] = (200, {}, f"<rss><channel>{feeds[: len(feeds) // 2]}</channel></rss>".encode())
        (tmp_path / "feeds").write_text(site.address + "/feed\n", encoding="utf-8")
        with follow(tmp_path / "r.sqlite", tmp_path / "feeds") as ran:
            wait_for(lambda: events_in(tmp_path / "r.sqlite") == 2)
            site.routes["/feed"] = (200, {}, f"<rss><channel>{feeds}</channel></rss>".encode())
            wait_for(lambda: events_in(tmp_path / "r.sqlite") == 4)
            ended(ran)
        assert [path for path in site.paths() if path in ("/0", "/1")] == ["/0", "/1"]


def test_the_line_for_who_watches_says_how_far_it_is() -> None:
    done = Ingested(pages=1234, added=1000, events=5120)
    done.failed.update({"it is empty": 3})
    line = "1,234 pages, 1,000 articles, 5,120 events, 3 failures; 12 pages a second"
    assert status_line(done, None, 100.0) == line
    assert status_line(done, 0.25, 100.0) == f"{line}, 25% done, 5 min left"
    assert status_line(done, 0.25, 1.0).endswith("1,234 pages a second")


@pytest.mark.parametrize(("seconds", "words"), [(40, "40 s"), (720, "12 min"), (11100, "3 h 05 min")])
def test_a_duration_is_told_in_the_unit_that_fits(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_progress_is_shown_in_a_terminal_and_not_in_a_pipe(tmp_path: Path) -> None:
    import pty

    (tmp_path / "a.jsonl").write_text(visits(400), encoding="utf-8")
    command = [str(RASID), "ingest", "a.jsonl", "--record"]
    piped = subprocess.run([*command, "1.sqlite"], cwd=tmp_path, capture_output=True, check=True, timeout=60)
    assert piped.stderr == b""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*command, "2.sqlite"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs) as ran:
        os.close(theirs)
        shown = b""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
        assert ran.wait(20) == 0
    os.close(ours)
    assert b"pages a second" in shown


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    script = (
        "import sys, resource\nfrom rasid.pages import read_pages\n"
        "print(sum(1 for _ in read_pages([sys.argv[1]])), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for times in (1, 10):
        (tmp_path / "rows").write_bytes(gzip.compress(visits(5000).encode() * times, 1))
        ran = subprocess.run([sys.executable, "-c", script, str(tmp_path / "rows")], capture_output=True, check=True, text=True)
        number, peak = map(int, ran.stdout.split())
        assert number == 5000 * times
        peaks.append(peak)
    assert peaks[1] < 1.1 * peaks[0]


def test_failures_are_kept_with_page_step_and_reason(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"\x89PNG" + b"\0" * 20)
    rasid("ingest", "a.html")
    with sqlite3.connect(tmp_path / "rasid.sqlite") as connection:
        assert connection.execute("SELECT page, step, reason FROM failures").fetchall() == [
            ("a.html", "clean", "this is a picture, not text or HTML")
        ]


def test_the_gate_keeps_what_does_not_look_political_uncoded_with_its_probability(rasid: Run, tmp_path: Path) -> None:
    ran = rasid("ingest", "-", "--political", stdin=row() + row(POEM, id="2", url="https://example.org/2"))
    assert ran.status == 0
    assert ran.out.startswith("rasid.sqlite: 2 articles with 1 event added.\n")
    with open_record(tmp_path / "rasid.sqlite") as record:
        ((reason, number),) = count_uncoded(record).items()
    assert number == 1
    assert reason.startswith("not political (p 0.")
    assert (
        "2 there already"
        in rasid("ingest", "-", "--political", stdin=row() + row(POEM, id="2", url="https://example.org/2")).out
    )


def test_what_the_gate_kept_out_it_keeps_out_when_the_record_is_coded_anew(rasid: Run, tmp_path: Path) -> None:
    rasid("ingest", "-", "--political", stdin=row() + row(POEM, id="2", url="https://example.org/2"))
    assert "2 articles coded anew" in rasid("recode", "--all").out
    with open_record(tmp_path / "rasid.sqlite") as record:
        (reason,) = count_uncoded(record)
    assert reason.startswith("not political")


def test_a_file_and_an_archive_with_that_file_in_it_are_the_same_articles(rasid: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(f"text,source\n{POEM},الخبر\n", encoding="utf-8")
    (tmp_path / "rows.csv.gz").write_bytes(gzip.compress((tmp_path / "rows.csv").read_bytes()))
    with zipfile.ZipFile(tmp_path / "rows.zip", "w") as archive:
        archive.write(tmp_path / "rows.csv", "2021/rows.csv")
    assert "1 article with 0 events added, 2 there already" in rasid("ingest", "rows.csv", "rows.zip", "rows.csv.gz").out
    assert "0 articles with 0 events added, 1 there already" in rasid("ingest", "rows.zip").out


def test_rows_that_count_from_one_in_two_files_are_told_apart_where_their_texts_differ(rasid: Run, tmp_path: Path) -> None:
    for name, text in (("a.jsonl", POEM), ("b.jsonl", POEM), ("c.jsonl", POEM + " نعم.")):
        (tmp_path / name).write_text(json.dumps({"id": "1", "text": text}, ensure_ascii=False), encoding="utf-8")
    assert "2 articles with 0 events added, 1 there already" in rasid("ingest", "a.jsonl", "b.jsonl", "c.jsonl").out
