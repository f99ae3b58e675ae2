"""Letters that are not seen, or that turn the direction of what follows, made visible: a page's text must not deceive."""

from typing import Any

from markupsafe import Markup

_SHOWN = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_SHOWN |= {0x7F: "␡"} | {code: f"⟨{code:X}⟩" for code in range(0x80, 0xA0)}
# Marks of direction alone (U+200E, U+200F) are usual in Arabic text and turn nothing; these do.
_SHOWN |= {code: f"⟨{code:X}⟩" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_SHOWN |= {code: f"⟨{code:X}⟩" for code in range(0xD800, 0xE000)}  # halves of characters, which no page can hold


def visible(value: Any) -> Any:
    """`value` with its unseen letters shown, if it is text that is not markup already."""
    if value is None:
        return ""
    if isinstance(value, Markup) or not isinstance(value, str) or value.isprintable():
        return value
    return value.replace("\r\n", "\n").translate(_SHOWN)
