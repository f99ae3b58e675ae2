"""The country that an outlet writes of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.actors.outlets import outlet_country


@pytest.mark.parametrize(
    ("source", "country"),
    [
        ("Jawhara FM", "TUN"),
        ("صحيفة عكاظ", "SAU"),
        ("عكاظ", "SAU"),
        ("Saudi Press Agency (SPA/WAS) - wire", "SAU"),
        ("BBC", None),
        ("صحيفة لا يعرفها أحد", None),
        ("", None),
        (None, None),
    ],
)
def test_country_by_name(source: str | None, country: str | None) -> None:
    assert outlet_country(source, None) == country


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.hespress.com/politique/1.html", "MAR"),
        ("https://www.assabahnews.tn/ar/1", "TUN"),
        ("http://example.gov.sy/", "SYR"),
        ("https://www.bbc.co.uk/arabic/1", None),
        ("https://www.alarabiya.net/1", None),
        ("https://example.tv/", None),
        ("http://[broken", None),
        ("not an address", None),
    ],
)
def test_country_by_address(url: str, country: str | None) -> None:
    assert outlet_country(None, url) == country


def test_name_says_more_than_the_address() -> None:
    assert outlet_country("عكاظ", "https://example.tn/") == "SAU"


@given(st.text(), st.text())
def test_any_text_is_taken(source: str, url: str) -> None:
    assert outlet_country(source, url) is None or len(str(outlet_country(source, url))) == 3
