import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import read_article
from rasid.pages.encoding import decode, may_be_arabic

TEXT = "قال رئيس الوزراء في مؤتمر صحفي إن الحكومة وافقت على الاتفاق مع الجانب الليبي، وأضاف أن التوقيع سيتم بعد أيام."
PAGE = "<html><head>{head}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "iso8859-6"])
def test_an_undeclared_encoding_is_told_by_its_arabic(encoding: str) -> None:
    assert TEXT in decode(PAGE.format(head="", text=TEXT).encode(encoding))


@pytest.mark.parametrize("encoding", ["windows-1256", "iso8859-6"])
@pytest.mark.parametrize("declared", ["utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "windows-1252", "klingon", "idna"])
def test_a_wrong_declaration_is_outweighed_by_the_arabic(encoding: str, declared: str) -> None:
    page = PAGE.format(head=f'<meta charset="{declared}">', text=TEXT)
    assert TEXT in decode(page.encode(encoding))


def test_utf_8_that_declares_something_else_is_utf_8() -> None:
    page = PAGE.format(head='<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">', text=TEXT)
    assert TEXT in decode(page.encode())


@pytest.mark.parametrize("content", [codecs.BOM_UTF8 + TEXT.encode(), TEXT.encode("utf-16")])
def test_a_byte_order_mark_is_believed_and_dropped(content: bytes) -> None:
    assert decode(content) == TEXT


def test_utf_8_with_a_broken_letter_stays_utf_8() -> None:
    assert decode(TEXT.encode()[:-2] + b"\xd9 " + TEXT.encode()).startswith(TEXT[:50])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"\x1f\x8b\x08....", "a gz archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"text with \0 in it", "a binary file"),
        (bytes(range(32)) * 20, "a binary file"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_what_they_are(content: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        decode(content)


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_reason(content: bytes) -> None:
    with suppress(InputError):
        assert isinstance(decode(content), str)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "iso8859-6"])
def test_a_look_at_the_bytes_lets_every_arabic_page_pass(encoding: str) -> None:
    assert may_be_arabic(PAGE.format(head="", text=TEXT).encode(encoding))
    assert may_be_arabic("".join(f"&#{ord(letter)};" for letter in TEXT).encode())
    assert may_be_arabic("".join(f"&#x{ord(letter):x};" for letter in TEXT).encode())


@pytest.mark.parametrize("text", ["The president met the minister.", "Président – à côté", "Президент встретил", "総理大臣は"])
def test_a_look_at_the_bytes_is_enough_for_other_scripts(text: str) -> None:
    assert not may_be_arabic((text * 100).encode())
    with pytest.raises(InputError, match="not in Arabic"):
        read_article(Page(PAGE.format(head="", text=text * 100).encode(), "page"))


def test_letters_are_shown_as_they_were_written() -> None:
    written = (
        "زَارَ الرَّئِيسُ ڭلميم وڤاس وگوگل في ٢٤ نوفمبر ۲۰۲۱ و 2022.",
        "ﺯﺍﺭ ﺍﻟﺮﺋﻴﺲ ﺍﻟﻔﺮﻧﺴﻲ الجزائر أمس.",
        "زار الـرئـيـس الفرنسي الجزائر أمس.",
    )
    for text in written:
        assert read_article(Page(f"<p>{text}</p><p>{TEXT}</p>".encode(), "page")).text.splitlines()[0] == text


def test_what_cannot_be_seen_is_no_letter() -> None:
    text = "\u202bزار ال\u200cرئيس\u200f الفرنسي\u00ad الجزائر\u2069 أمس.\u202c"
    first = read_article(Page(f"<p>{text}</p><p>{TEXT}</p>".encode(), "page")).text.splitlines()[0]
    assert first == "زار الرئيس الفرنسي الجزائر أمس."
