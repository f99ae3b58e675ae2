from pathlib import Path

import pytest
import yaml

from rasid.errors import InputError
from rasid.model import Page
from rasid.pages import read_article
from rasid.pages.language import mixed_with, read_language

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/pages/languages.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_language_is_told_as_the_table_of_cases_says(case: dict[str, str]) -> None:
    assert read_language(case["text"]).code == case["is"]


def test_arabizi_is_called_by_its_name() -> None:
    assert read_language("3ashan el 7okoma msh 3arfa te3mel 2eh m3 el nas").name == "Arabic in Latin letters"


ARABIC = "التقى وزير الخارجية القطري نظيره التركي في الدوحة اليوم الأحد، وبحثا سبل تعزيز التعاون بين البلدين."


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("The foreign ministers of the two countries met in Doha on Sunday and signed an agreement on trade.", "English"),
        ("Le ministre des affaires étrangères a rencontré son homologue dans la capitale de son pays.", "French"),
        ("وزیر امور خارجه ایران با همتای عراقی خود دیدار کرد و گفت که این توافق برای هر دو کشور مهم است.", "Persian"),
        ("سەرۆکی هەرێمی کوردستان لەگەڵ باڵیۆزی ئەمریکا کۆبووەوە و باسی دۆخی ناوچەکەیان کرد.", "Kurdish"),
        ("el 7okoma 2alet en el wazir msafer bokra 3ala 3amman w hay2abel el malek hnak.", "Arabic in Latin letters"),
    ],
)
def test_a_text_and_its_translation_are_a_mixture(other: str, name: str) -> None:
    mixed = mixed_with([ARABIC, other, ARABIC, other])
    assert mixed is not None
    assert mixed.name == name


def test_a_quotation_in_another_language_is_none() -> None:
    assert mixed_with([ARABIC, ARABIC, ARABIC, 'وكتب الوزير: "We are ready to talk with everyone".']) is None


@pytest.mark.parametrize("is_html", [True, False])
def test_a_mixed_page_is_left_with_the_reason(is_html: bool) -> None:
    other = "The foreign ministers of the two countries met in Doha on Sunday, and they signed an agreement on trade."
    lines = [ARABIC, other, ARABIC.replace("قطري", "كويتي"), other.replace("Doha", "Rome")]
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>" if is_html else "\n".join(lines)
    with pytest.raises(InputError, match=r"only in part in Arabic \(it is mixed with English\)"):
        read_article(Page(page, "page"))
