"""Bytes to text: which encoding gives plausible Arabic, and which bytes are no text at all."""

import codecs
import re

from rasid.errors import InputError

_SAMPLE = 200_000  # bytes that are weighed
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*+=\s*+["']?\s*+([A-Za-z0-9_.:-]{2,40})""")
_CHARSET = re.compile(r"utf-?(?:8|16|32)|cp\d|iso8859|mac|koi8|ascii|latin")  # of Python's codecs, those that pages declare
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "an SQLite file"),
    (b"PAR1", "a Parquet file"),
)
_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
_NOT_LEADING = bytes(set(range(256)) - {0xD8, 0xD9, 0xDA, 0xDB, 0xEF})  # in UTF-8, Arabic letters begin with one of these
_FEWEST = 20  # letters
_ENTITY = re.compile(rb"(?i)&#(?:1[56]\d\d|x6[0-9a-f]{2});")  # Arabic letters written as numbers
_COMMON = re.compile(r"(?<![\u0621-\u064a])(?:في|من|على|إلى|أن|عن|مع|التي|الذي|هذا|هذه|كان|بعد|قال)(?![\u0621-\u064a])")
_ARTICLE = re.compile(r"(?<![\u0621-\u064a])[وبف]?ال[\u0621-\u064a]{3}")
_IMPLAUSIBLE = re.compile(  # Latin-1 but for no-break spaces, quotes and the like; letters of Persian and Urdu
    r"[\ufffd\u0080-\u009f\u00a1-\u00aa\u00ae-\u00b6\u00b8-\u00ba\u00bc-\u00ff\u067e\u0679\u0688\u0691\u06ba\u06be\u06af\u0192]"
)


def decode(content: bytes) -> str:
    """`content` as text: UTF-8 where it is that, else the encoding that gives the most plausible Arabic.

    What a page declares counts only where the result is as plausible as any other.

    Raises:
        InputError: the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    _refuse_binary(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_most_plausible(content), errors="replace")


def encoding_of(head: bytes) -> str:
    """The encoding of a text of which `head` is the beginning, which may end in the midst of a letter."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _most_plausible(head)
    return "utf-8"


def decode_start(head: bytes) -> str:
    """`head`, the beginning of a text, in letters; whatever is no text is replaced."""
    return head.decode(encoding_of(head), errors="replace")


def may_be_arabic(content: bytes) -> bool:
    """Whether there are Arabic letters enough for an article: a look at bytes, which spares a crawl's other pages all else."""
    if len(content.translate(None, _NOT_LEADING)) >= _FEWEST:
        return True
    return (not content.isascii() and _is_not_utf_8(content)) or _ENTITY.search(content) is not None


def _is_not_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _refuse_binary(content: bytes) -> None:
    for signature, kind in _KINDS:
        if content.startswith(signature):
            raise InputError(f"this is {kind}, not text or HTML")
    head = content[:_SAMPLE]
    odd = len(head) - len(head.translate(None, _CONTROLS))
    if b"\0" in head or odd > len(head) // 100:
        raise InputError("this is a binary file, not text or HTML")


def _most_plausible(content: bytes) -> str:
    declared = _DECLARED.search(content[:4096])
    named = [declared[1].decode("ascii")] if declared else []
    candidates = [name for name in (*named, "utf-8", "windows-1256", "iso8859-6") if _is_known(name)]
    sample = re.sub(rb"<[^<>]{0,2000}>|[\x00-\x1f]+", b" ", content[:_SAMPLE])
    return max(candidates, key=lambda name: _plausibility(sample.decode(name, errors="replace")))


def _plausibility(text: str) -> float:
    """Common little words and words with the article speak for an encoding, letters that Arabic pages lack against it."""
    return 3 * len(_COMMON.findall(text)) + len(_ARTICLE.findall(text)) - len(_IMPLAUSIBLE.findall(text))


def _is_known(name: str) -> bool:
    try:
        return _CHARSET.match(codecs.lookup(name).name) is not None
    except LookupError:
        return False
