import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.record.sealing import seal, unseal


@given(st.text(), st.text(min_size=1))
def test_what_was_sealed_opens_with_its_text(words: str, text: str) -> None:
    sealed = seal(words, text)
    assert unseal(sealed, text) == words
    assert sealed == seal(words, text)
    assert sealed.isascii()


def test_with_another_text_it_does_not_open() -> None:
    with pytest.raises(ValueError, match="another text"):
        unseal(seal("سالم الحوراني", "نص الخبر"), "نص خبر آخر")


def test_two_names_of_the_same_length_are_not_sealed_with_the_same_numbers() -> None:
    one, other = seal("aaaa", "text"), seal("aaab", "text")
    assert one[:20] != other[:20]


def test_what_was_never_sealed_stays() -> None:
    assert unseal("Morocco", "text") == "Morocco"
