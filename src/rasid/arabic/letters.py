"""Letters: what is taken for the same when a word is looked up. What an article shows is never changed by this."""

import re
import unicodedata

MARKS = "ًٌٍَُِّْٰـ"  # vowel marks, superscript alif, tatweel
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
ARABIC_LETTERS = "\u0621-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06fa-\u06fc"
PRESENTATION_FORMS = (
    "\ufb50-\ufbb1\ufbd3-\ufc5d\ufc64-\ufd3d\ufe80-\ufefc"  # letters; not the ligatures that hold whole phrases
)

_FOLD = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict(zip("ىیةؤئکڪڭگڤپچژ", "ييهويكككغفبجز", strict=True)),
        **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
        **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
        **dict.fromkeys(MARKS + INVISIBLE),
    }
)
_PRESENTATION = re.compile(f"[{PRESENTATION_FORMS}]")


def fold(word: str) -> str:
    """`word` as it is looked up: hamza forms, ta marbuta, alif maqsura, vowel marks and digit scripts no longer matter."""
    return _whole(word).translate(_FOLD)


def _whole(word: str) -> str:
    """`word` with letters in place of their presentation forms."""
    return unicodedata.normalize("NFKC", word) if _PRESENTATION.search(word) else word


def plain(word: str) -> str:
    """`word` without vowel marks, tatweel and invisible characters; its letters stay as written."""
    return _whole(word).translate(_BARE)


_BARE = str.maketrans(dict.fromkeys(MARKS + INVISIBLE))
