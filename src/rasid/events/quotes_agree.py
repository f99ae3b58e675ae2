"""Whether a verb of saying and who is said to speak agree in gender, as far as their forms tell."""

from rasid.arabic.letters import fold
from rasid.arabic.words import Form
from rasid.events.quotes_cues import Cue
from rasid.events.quotes_speakers import Told
from rasid.model import Entity

_FEMININE = ("ه", "ات")  # endings of a folded head word: وكالة, سلطات
_MASCULINE = frozenset(("MAR", "IRQ", "LBN", "SDN", "SSD", "JOR", "YEM", "VAT", "SOM"))  # countries; all others are feminine


def agreeing(told: Told, cue: Cue, form: Form) -> Told | None:
    """Who goes on speaking with a verb that names nobody (`وأضافت`): who spoke last, or who passed that on; None for neither.

    Behind `نقلت الوكالة عن الوزير قوله` a verb in the feminine is the agency's.
    """
    feminine = _is_feminine_verb(cue, form)
    if feminine is None or _may_be(told.entity, feminine):
        return told
    if told.through is not None and _may_be(told.through, feminine):
        return Told(told.through, told.last)
    return None


def _is_feminine_verb(cue: Cue, form: Form) -> bool | None:
    """The gender of a verb in the singular; None of a participle, and of what may be a plural."""
    written = form.fold.removeprefix(cue.conjunction)
    if cue.kind != "verb" or written.endswith(("وا", "ون", "ان", "ا", "ن")):
        return None
    if written.startswith(("ي", "ت")) and not written.endswith("ت"):
        return None if written.startswith("ت") else False
    return written.endswith("ت")


def _may_be(entity: Entity, feminine: bool) -> bool:
    """May somebody be of this gender? An office tells it; else what is no man has an ending, or is a country."""
    office = entity.role and fold(entity.role.split()[0])
    if office and entity.sector != "JRN":
        return office.endswith("ه") is feminine or (not feminine and office.startswith("خليفه"))
    if entity.name or feminine:
        return True
    if entity.country and not entity.sector and entity.wikidata and entity.country not in _MASCULINE:
        return False
    return not fold(entity.span.text.split()[0]).endswith(_FEMININE)
