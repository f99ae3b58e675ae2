"""Files that are made to break a reader, each with what must come of it. Each is small to make and hard to read."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

GOOD = (
    "قال وزير الخارجية المغربي ناصر بوريطة يوم الأربعاء إن بلاده وقعت اتفاقية تعاون مع فرنسا في الرباط. "
    "وأعلنت الحكومة المغربية أن وزير الدفاع الفرنسي سيزور البلاد غدا لبحث التعاون بين البلدين."
)
MIB = 1 << 20
LIES = ("50", "-5", "0", "x", "9" * 12, "9" * 30)  # of lengths


class Hostile(NamedTuple):
    """A hostile file: its name, its content, and how many good pages stand beside what is hostile."""

    name: str
    content: Callable[[], bytes]
    neighbours: int = 0


def page(body: str = GOOD, head: str = "") -> bytes:
    """A page in HTML."""
    return f"<html><head><title>الخبر</title>{head}</head><body><p>{body}</p></body></html>".encode()


def rows(*texts: str) -> bytes:
    """Rows with these texts, and a good one."""
    lines = (json.dumps({"id": str(n), "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate((*texts, GOOD)))
    return "".join(lines).encode("utf-8", "surrogatepass")


def bomb() -> bytes:
    """300 MB of one letter."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
        for _ in range(300):
            file.write(b"a" * MIB)
    return packed.getvalue()


def zstd_bomb() -> bytes:
    """The same in zstd."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as file:
        for _ in range(300):
            file.write(b"a" * MIB)
    return bytes(sink.getvalue())


def zipped(lie: bool = False) -> bytes:
    """Two good pages with 300 MB between them; with a lie, the directory says that it is little."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("a.html", page())
        archive.writestr("b.txt", b"a" * (300 * MIB))
        archive.writestr("c.html", page(GOOD + " " + GOOD))
    content = bytearray(packed.getvalue())
    if lie:
        second = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 1)
        content[second + 24 : second + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


def warc(lie: str) -> bytes:
    """Three answers of a server, of which the second says something else of its length."""
    return _answer(1) + _answer(2, lie) + _answer(3)


def _answer(number: int, lie: str | None = None) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page("</p><p>".join([GOOD] * 3))
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://example.org/{number}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        "WARC-Date: 2021-11-24T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body) if lie is None else lie}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def laughs() -> bytes:
    """A feed whose entities stand for entities, a billion in all."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]>'
        "<rss><channel><item><title>&l9;</title></item></channel></rss>"
    ).encode()


def json_bombs() -> bytes:
    """Rows that nest a million deep, and numbers without end."""
    lines = (b"[" * 5_000_000, b'{"a":' * MIB, b'{"text":' + b"[" * 900_000, b'{"id":' + b"9" * MIB + b',"text":"x"}')
    return b"\n".join((rows(), *lines, b'{"text":"x","date":1e999999}', rows(GOOD)))


FILES = (
    Hostile("line.txt", lambda: ("قال " * 7_200_000).encode()),
    Hostile("line.jsonl", lambda: b'{"id":"x","text":"' + ("قال " * 7_200_000).encode() + b'"}\n' + rows(), 1),
    Hostile("words.jsonl", lambda: rows("قال " * 1_000_000, "ا" * 4_000_000, "قال" + " " * 9_000_000 + "نعم"), 1),
    Hostile("brackets.jsonl", lambda: rows("قال (" + " " * MIB + "نعم", "(" * MIB, "«" * MIB, '"' * MIB, "( " * MIB), 1),
    Hostile("under_the_bound.jsonl", lambda: rows("«" * 199_999, ". " * 99_999, "محمد بن " * 24_000, "1," * 99_000), 1),
    Hostile("marks.jsonl", lambda: rows("." * MIB, "\u202e" * MIB, "\u200b".join(GOOD), "قال" + "\u064b" * MIB), 1),
    Hostile("confusable.jsonl", lambda: rows(GOOD.replace("ه", "ہ").replace("ي", "ی"), f"\u202e{GOOD}", "\ud800" + GOOD), 1),
    Hostile("deep.html", lambda: b"<html><body>" + b"<div>" * 1_000_000 + GOOD.encode()),
    Hostile("inline.html", lambda: page("<b>" * 1_000_000 + GOOD)),
    Hostile("comments.html", lambda: page("<!-- " * 1_000_000 + GOOD)),
    Hostile("deep_comments.html", lambda: b"<html><body>" + b"<div>" * 300_000 + b"<!-- <svg> " * 300_000 + GOOD.encode()),
    Hostile("attributes.html", lambda: b"<html><body><p " + b"a=1 " * 1_000_000 + b">" + GOOD.encode()),
    Hostile("links.html", lambda: page("<a href=x>قال</a>" * 300_000 + GOOD)),
    Hostile("entities.html", lambda: page("&#1605;" * 1_000_000)),
    Hostile("ld.html", lambda: page(head='<script type="application/ld+json">' + "[" * 1_000_000 + "</script>")),
    Hostile(
        "mixed.html", lambda: b"<meta charset=utf-8><p>" + GOOD.encode() + GOOD.encode("cp1256") + GOOD.encode("utf-16-le")
    ),
    Hostile("blank.txt", lambda: b" " * 5_000_000 + f"\n{GOOD}\n{GOOD}\n".encode()),
    Hostile("bomb.gz", bomb),
    Hostile("bombs.gz", lambda: gzip.compress(gzip.compress(bomb()))),
    Hostile("bomb.zst", zstd_bomb),
    Hostile("bomb.zip", zipped, 2),
    Hostile("lie.zip", lambda: zipped(lie=True), 2),
    *(Hostile(f"lie{n}.warc", partial(warc, lie), 1) for n, lie in enumerate(LIES)),
    Hostile("feed.xml", laughs),
    Hostile("bombs.jsonl", json_bombs, 2),
    Hostile("cells.csv", lambda: b'id,text\n1,"' + b"x" * (20 * MIB) + b"\n2," + GOOD.encode() + b"\n"),
    Hostile("columns.csv", lambda: b"id,text\n" + b"," * 5_000_000 + b"\n2," + GOOD.encode() + b"\n", 1),
    Hostile("telegram.json", lambda: b'{"name":"x","type":"y","id":1,"messages":[' + b'{"id":1,"text":"' * 100_000),
    Hostile("nexis.txt", lambda: b"1 of 2 DOCUMENTS\n" * 100_000 + b"\nBody\n" + GOOD.encode()),
    Hostile("factiva.txt", lambda: b"HD  x\n" * 100_000 + b"Document AAAAAAAAAAAAAAAAAAAAAAA\n"),
)
