"""The record: articles and their events in one SQLite file; adding to it, reading it, asking it, exporting from it."""

from rasid.record.agreements import AgreementQuery, AgreementRow, find_agreements
from rasid.record.claims import ClaimQuery, ClaimRow, find_claims
from rasid.record.left import count_uncoded, forget_failure, note_uncoded
from rasid.record.opening import Record, open_record, transaction, transaction_of_many
from rasid.record.queries import EventQuery, find_events
from rasid.record.quotes import QuoteQuery, QuoteRow, find_quotes
from rasid.record.reading import Failure, count_rows, find_failures, load_article, load_event
from rasid.record.rows import EventRow, rows_of
from rasid.record.writing import add, holds, note_failure, place_of_id

__all__ = [
    "AgreementQuery",
    "AgreementRow",
    "ClaimQuery",
    "ClaimRow",
    "EventQuery",
    "EventRow",
    "Failure",
    "QuoteQuery",
    "QuoteRow",
    "Record",
    "add",
    "count_rows",
    "count_uncoded",
    "find_agreements",
    "find_claims",
    "find_events",
    "find_failures",
    "find_quotes",
    "forget_failure",
    "holds",
    "load_article",
    "load_event",
    "note_failure",
    "note_uncoded",
    "open_record",
    "place_of_id",
    "rows_of",
    "transaction",
    "transaction_of_many",
]
