"""Pages of agreements: the register, and one agreement with what every article says of it."""

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rasid.analysis.agreements import Accord, Dispute, read_register, register
from rasid.model import Interval, Span
from rasid.record import AgreementQuery, Record, find_agreements
from rasid.record.agreements import AgreementRow
from rasid.server.site.asked import read_day
from rasid.server.site.names import Actor, actor_of
from rasid.server.site.remembered import remembered
from rasid.server.site.visits import Asked, PageRoute, Visit, show

router = APIRouter(route_class=PageRoute)
PHASES = ("announced", "signed", "ratified", "in_force", "suspended", "ended")
STATUSES = ("planned", *PHASES)
_AT_ONCE = 30
_Text = Annotated[str, Query(max_length=200)]


class Said(NamedTuple):
    """Words of an article that bear on an agreement."""

    words: Span
    report: AgreementRow


class Told(NamedTuple):
    """An agreement for a page: how it is called, who its parties are, when what became of it, and where its page is."""

    accord: Accord
    title: str
    is_named: bool
    parties: list[Actor]
    phases: list[tuple[str, str]]  # a phase and its days
    path: str
    where: str | None


def told(visit: Visit, accord: Accord) -> Told:
    """An agreement in the words of who asks."""
    language = visit.language
    parties = [actor_of(language, one) for one in accord.parties]
    kind = language.label("accord", accord.kind)
    fields = language.comma.join(language.label("field", one) for one in accord.fields)
    days = [(phase, language.days(day)) for phase in PHASES if (day := getattr(accord, phase))]
    first = accord.reports[0]
    return Told(
        accord, accord.name or (f"{kind}: {fields}" if fields else kind), bool(accord.name), parties,
        [(phase, said) for phase, said in days if said], f"/agreements/{first.n}/{first.article_id}",
        language.country(accord.where) or accord.where,
    )  # fmt: skip


def agreements_between(record: Record, a: str, b: str) -> list[Accord]:
    """The agreements to which both are parties, the latest first."""
    return read_register(record, AgreementQuery(parties=(a, b)))[::-1]


@router.get("/agreements")
def agreements(
    visit: Asked, party: _Text = "", other: _Text = "", kind: _Text = "", field: _Text = "", status: _Text = "",
    start: _Text = "", end: _Text = "", page: int = 1,
) -> Response:  # fmt: skip
    """Agreements, each once, however many articles report it; the latest first."""
    whole = remembered(visit.request, visit.record, read_register)
    parties = tuple(one.strip() for one in (party, other) if one.strip())
    query = AgreementQuery(
        parties, (kind,) if kind else (), (field,) if field else (), start=read_day(start.strip()), end=read_day(end.strip())
    )
    found = whole if query == AgreementQuery() else register(find_agreements(visit.record, query))
    found = [one for one in reversed(found) if not status or one.status == status]
    at = max(1, min(page, 1000))
    given = {
        "party": party.strip(), "other": other.strip(), "kind": kind, "field": field, "status": status,
        "start": start.strip(), "end": end.strip(),
    }  # fmt: skip
    return show(
        visit, "agreements.html", told=[told(visit, one) for one in found[_AT_ONCE * (at - 1) : _AT_ONCE * at]],
        number=len(found), more=len(found) > _AT_ONCE * at, page=at, given=given,
        asked={name: value for name, value in given.items() if value}, kinds=sorted({one.kind for one in whole}),
        fields=sorted({one for accord in whole for one in accord.fields}), statuses=STATUSES,
    )  # fmt: skip


@router.get("/agreements/{n}/{article:path}")
def agreement(visit: Asked, n: int, article: str) -> Response:
    """The agreement of which an article tells: parties, phases, provisions in the articles' words, what they dispute."""
    whole = remembered(visit.request, visit.record, read_register)
    for accord in whole:
        if any((row.article_id, row.n) == (article, n) for row in accord.reports):
            return show(visit, "agreement.html", **_parts(visit, accord))
    raise HTTPException(404, f'the article "{article}" tells of no agreement with the number {n}')


def _parts(visit: Visit, accord: Accord) -> dict[str, Any]:
    rows = accord.reports
    return {
        "one": told(visit, accord),
        "signatories": [(actor_of(visit.language, entity), entity) for entity in accord.signatories],
        "phases": [(phase, days, _words(rows, phase)) for phase, days in told(visit, accord).phases],
        "provisions": [Said(words, row) for row in rows for words in row.agreement.provisions],
        "claims": [Said(words, row) for row in rows for words in row.agreement.claims],
        "mentions": [Said(row.agreement.mentions[0], row) for row in rows if row.agreement.mentions],
        "disputes": [_said(visit, one) for one in accord.disputes],
        "outlets": {row.article_id: row.source for row in rows},
    }


def _words(rows: tuple[AgreementRow, ...], phase: str) -> list[Said]:
    """The words that date a phase, in each article."""
    found: list[tuple[Interval | None, AgreementRow]] = [(getattr(row.agreement, phase), row) for row in rows]
    return [Said(day.span, row) for day, row in found if day and day.span]


def _said(visit: Visit, dispute: Dispute) -> Dispute:
    """What is disputed, with codes as readers know them."""
    language = visit.language

    def named(value: str) -> str:
        if dispute.about == "kind":
            return language.label("accord", value)
        if dispute.about in ("parties", "where"):
            return language.comma.join(language.country(code) or code for code in value.split())
        return value

    return dispute._replace(versions=tuple(one._replace(value=named(one.value)) for one in dispute.versions))
