"""Sealing words with the text of the article that they come from: who has the text reads them, nobody else can.

A release without texts keeps nothing of what articles say, and yet whoever has an article must be able to make all of it again,
also what cannot be worked out of the text any more: names as people corrected them, Latin forms, reasons.
"""

import base64
import hashlib

_MARK = "sealed:"
_NONCE = 12  # bytes, made of the words and the text: the same words of the same article are sealed alike, so that releases are


def seal(words: str, text: str) -> str:
    """`words`, readable only with `text`. The same for the same two."""
    content = words.encode("utf-8", "surrogatepass")
    nonce = _stream(b"nonce" + content, text, _NONCE)
    return _MARK + base64.b85encode(nonce + _mixed(content, nonce, text)).decode("ascii")


def unseal(sealed: str, text: str) -> str:
    """What `seal` sealed with the same text; what was never sealed stays as it is.

    Raises:
        ValueError: it was sealed with another text.
    """
    if not sealed.startswith(_MARK):
        return sealed
    whole = base64.b85decode(sealed.removeprefix(_MARK))
    nonce, content = whole[:_NONCE], whole[_NONCE:]
    words = _mixed(content, nonce, text)
    if _stream(b"nonce" + words, text, _NONCE) != nonce:
        raise ValueError("it was sealed with another text")
    return words.decode("utf-8", "surrogatepass")


def _mixed(content: bytes, nonce: bytes, text: str) -> bytes:
    return bytes(one ^ other for one, other in zip(content, _stream(b"words" + nonce, text, len(content)), strict=True))


def _stream(begin: bytes, text: str, length: int) -> bytes:
    """Bytes that nobody can foretell who does not know the text; its published SHA-256 does not help."""
    return hashlib.shake_256(begin + b"\0" + text.encode("utf-8", "surrogatepass")).digest(length)
