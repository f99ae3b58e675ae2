import gzip
import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from fastwarc.stream_io import GzipWriter, ZstdWriter, zstd_train_dictionary_from_samples
from fastwarc.warc import WarcRecord, WarcRecordType

from rasid.model import Page
from rasid.pages import Failure, Skipped, found, read_article, read_pages, source_of
from tests.pages.local_server import packed, serving

TEXT = "وقع وزيرا خارجية تونس والجزائر اليوم اتفاقا للتعاون في مجال المياه بحضور رئيسي الحكومتين."
HTML = f"<html><body><p>{TEXT}</p><p>{TEXT.replace('تونس', 'ليبيا')}</p></body></html>".encode()
ROW = json.dumps({"id": "1", "text": TEXT}, ensure_ascii=False).encode() + b"\n"


def pages(path: Path, stdin: bytes | None = None) -> list[Page]:
    return [one for one in read_pages([str(path)]) if isinstance(one, Page)]


def failure(path: Path) -> str:
    (one,) = (one for one in read_pages([str(path)]) if isinstance(one, Failure))
    return one.reason


def zstd(content: bytes) -> bytes:
    return bytes(pa.compress(content, codec="zstd", asbytes=True))


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def response(url: str, content: bytes, kind: str = "text/html", status: str = "200 OK") -> WarcRecord:
    record = WarcRecord()
    record.init_headers(WarcRecordType.response)
    record.headers["WARC-Target-URI"] = url
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode()
    record.set_bytes_content(head + content)
    record.headers["Content-Type"] = "application/http; msgtype=response"
    return record


def text_record(url: str, text: str) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(WarcRecordType.conversion)
    record.headers["WARC-Target-URI"] = url
    record.headers["Content-Type"] = "text/plain"
    record.set_bytes_content(text.encode())
    return record


def write_warc(path: Path, *records: WarcRecord, is_packed: bool = True) -> Path:
    with path.open("wb") as file:
        for record in records:  # each a member of its own, as Common Crawl has them
            member = GzipWriter(file) if is_packed else file
            record.write(member)
            if member is not file:
                member.close()
    return path


# --- gz and zstd


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_packed_page_is_the_page(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    (tmp_path / "page").write_bytes(pack(HTML))
    assert [page.content for page in pages(tmp_path / "page")] == [HTML]


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_packed_rows_are_rows_in_all_members(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    (tmp_path / "rows").write_bytes(pack(ROW) + pack(ROW))
    assert [page.name for page in pages(tmp_path / "rows")] == [f"{tmp_path / 'rows'}:{n}" for n in (1, 2)]


def test_packed_rows_come_through_a_pipe() -> None:
    (page,) = read_pages(["-"], io.BytesIO(gzip.compress(ROW)))
    assert isinstance(page, Page)
    assert page.content == TEXT


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_what_breaks_off_gives_the_rows_before(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    content = pack(ROW * 3) + pack(b"".join(json.dumps({"text": os.urandom(500).hex()}).encode() + b"\n" for n in range(1000)))
    (tmp_path / "rows").write_bytes(content[: len(content) // 2])
    read = list(read_pages([str(tmp_path / "rows")]))
    assert isinstance(read[0], Page)
    assert isinstance(read[-1], Failure)


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_page_that_unpacks_to_too_much_is_not_unpacked_further(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    (tmp_path / "bomb").write_bytes(pack(b"\0" * 200_000_000))
    assert failure(tmp_path / "bomb") == "the page is larger than 10 MB"


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_rows_that_unpack_out_of_all_proportion_are_a_bomb(
    tmp_path: Path, pack: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(pack)
    monkeypatch.setattr("rasid.pages.packed._FREE", 1_000_000)
    monkeypatch.setattr("rasid.pages.packed._RATIO", 20)
    (tmp_path / "bomb").write_bytes(pack(ROW * 50_000))
    assert "unpacks to more than 20 times its size" in failure(tmp_path / "bomb")


def test_packed_in_packed_in_packed_is_read_and_no_deeper(tmp_path: Path) -> None:
    content = HTML
    for depth in range(5):
        content = gzip.compress(content)
        (tmp_path / str(depth)).write_bytes(content)
    assert len(pages(tmp_path / "2")) == 1
    assert "more than 3 times" in failure(tmp_path / "4")


# --- ZIP


def test_the_files_of_an_archive_are_read_whatever_they_are(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a", {"x/1.html": HTML, "2.gz": gzip.compress(ROW), "__MACOSX/1": b"x", ".hidden": b"x"})
    assert [page.name for page in pages(path)] == [f"{path}!2.gz:1", f"{path}!x/1.html"]


def test_an_archive_in_an_archive_and_one_in_a_pipe_are_read(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner", {"1.html": HTML}).read_bytes()
    outer = zipped(tmp_path / "outer", {"inner.zip": inner})
    assert [page.name for page in pages(outer)] == [f"{outer}!inner.zip!1.html"]
    (page,) = read_pages(["-"], io.BytesIO(inner))
    assert page.name == "-!1.html"


def test_a_bomb_in_an_archive_leaves_the_others_alone(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a", {"bomb": b"\0" * 150_000_000, "page": HTML})
    read = list(read_pages([str(path)]))
    assert [type(one) for one in read] == [Failure, Page]
    assert "unpacks to more than 200 times" in str(read[0])


def test_a_damaged_archive_is_a_failure(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a", {"page": HTML})
    path.write_bytes(path.read_bytes()[:-30])
    assert "damaged" in failure(path)


def test_an_office_document_says_what_to_do(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a", {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    assert "save it as text" in failure(path)


# --- WARC and WET


def test_an_archive_of_the_web_gives_its_pages_with_their_addresses(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a", response("https://a.example/2021/11/24/1", HTML), response("https://a.example/2", HTML))
    assert [(page.name, page.url) for page in pages(path)] == [
        (f"{path}:1", "https://a.example/2021/11/24/1"),
        (f"{path}:2", "https://a.example/2"),
    ]
    assert read_article(pages(path)[0]).date.evidence == "url"


def test_it_may_be_plain_or_in_zstd_with_a_dictionary(tmp_path: Path) -> None:
    plain = write_warc(tmp_path / "plain", response("https://a.example/1", HTML), is_packed=False)
    assert [page.content for page in pages(plain)] == [HTML]
    samples = [HTML.replace(b"html", b"h%d" % n) for n in range(2000)]
    with (tmp_path / "packed").open("wb") as file:
        writer = ZstdWriter(file, dictionary=zstd_train_dictionary_from_samples(samples, 4096))
        writer.write(plain.read_bytes())
        writer.close()
    assert [page.content for page in pages(tmp_path / "packed")] == [HTML]


def test_texts_that_a_crawl_took_out_of_pages_are_cleaned(tmp_path: Path) -> None:
    lines = ["الرئيسية", "اتصل بنا", TEXT, TEXT.replace("تونس", "ليبيا"), "حقوق النشر محفوظة"]
    (page,) = pages(write_warc(tmp_path / "a.wet", text_record("https://a.example/1", "\n".join(lines))))
    assert read_article(page).text.splitlines() == lines[2:4]


def test_what_is_no_page_is_passed_over_with_its_reason(tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a",
        response("https://a.example/p.png", b"\x89PNG", "image/png"),
        response("https://a.example/r", b"", status="301 Moved"),
        text_record("metadata://gnu.org/software/wget/warc/MANIFEST.txt", "x"),
    )
    assert [one.reason for one in read_pages([str(path)]) if isinstance(one, Skipped)] == [
        "not a page but image/png",
        "the server answered 301",
        "no page of the web",
    ]


def test_a_page_of_a_crawl_that_is_too_large_leaves_the_others_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "LARGEST", 2000)
    path = write_warc(tmp_path / "a", response("https://a.example/1", b"x" * 5000), response("https://a.example/2", HTML))
    assert [type(one) for one in read_pages([str(path)])] == [Failure, Page]


@pytest.mark.parametrize("is_packed", [True, False])
def test_an_archive_that_is_damaged_gives_what_it_has(tmp_path: Path, is_packed: bool) -> None:
    records = [response(f"https://a.example/{n}", HTML + bytes(str(n) * 3000, "ascii")) for n in range(5)]
    path = write_warc(tmp_path / "a", *records, is_packed=is_packed)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 3 // 4] + b"\xff\x00damage" * 50)
    read = list(read_pages([str(path)]))
    assert sum(isinstance(one, Page) for one in read) >= 3


@pytest.mark.skipif(not shutil.which("wget"), reason="wget is not installed")
@pytest.mark.parametrize("options", [[], ["--no-warc-compression"]], ids=["packed", "plain"])
def test_what_wget_archived_is_read(tmp_path: Path, options: list[str]) -> None:
    with serving() as site:
        links = "".join(f"<a href='/{n}'>x</a>" for n in ("gz", "none", "moved", "p.png"))
        first = site.page("/1", HTML.decode().replace("<p>", f"{links}<p>", 1))
        site.routes["/gz"] = packed(HTML.decode())
        site.routes["/moved"] = (301, {"Location": "/1"}, b"")
        site.routes["/p.png"] = (200, {"Content-Type": "image/png"}, b"\x89PNG")
        command = ["wget", "-q", "-r", "-l", "1", "-e", "robots=off", "--warc-file", "a", *options, first]
        subprocess.run(command, cwd=tmp_path, timeout=60, check=False)
    (path,) = tmp_path.glob("a.warc*")
    assert {page.url for page in pages(path)} == {first, f"{site.address}/gz"}
    assert all(TEXT in read_article(page).text for page in pages(path))


# --- names


def test_the_source_of_a_page_is_told_from_its_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"b.jsonl": ROW})
    (page,) = pages(path)
    assert source_of(page.name) == str(path)
    assert source_of("https://a.example/1:2") == "https://a.example/1:2"
    assert source_of(str(tmp_path / "gone:7")) == str(tmp_path / "gone:7")


def test_a_member_whose_name_leads_out_of_the_archive_is_named_and_not_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"../evil.txt": TEXT.encode(), "b/../../c.txt": TEXT.encode(), "good.html": HTML})
    assert [page.name for page in pages(path)] == [f"{path}!good.html"]
    failed = [one for one in read_pages([str(path)]) if isinstance(one, Failure)]
    assert [one.name for one in failed] == [f"{path}!../evil.txt", f"{path}!b/../../c.txt"]
    assert {one.reason for one in failed} == {"its name leads out of the archive; it is not read"}
