"""Whole tables of the record, as streams."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from rasid.record.tables import table_names
from rasid.server.api.answers import READS
from rasid.server.api.filters import Asked
from rasid.server.api.streams import STREAMS, Format, stream, table_streamed
from rasid.server.freshness import fresh
from rasid.server.records import Reading
from rasid.server.security import reader

router = APIRouter(prefix="/tables", tags=["export"], dependencies=[Depends(reader), Depends(fresh)], responses=READS)


@router.get("")
def list_tables(record: Reading) -> list[str]:
    """The tables and views that can be had."""
    return table_names(record)


@router.get("/{table}", responses=STREAMS, response_class=Response)
def get_table(
    request: Request,
    query: Asked,
    table: Annotated[str, Path(max_length=100, description="One of `GET /tables`.", examples=["events"])],
    format: Annotated[Format, Query(description="Parquet is sent once it is whole, the others as they are read.")] = "csv",
) -> Response:
    """A whole table, as of one moment. The filters are for `events`, `polecat`, `cameo` and `petrarch`."""
    return stream(request, table_streamed(table, query), format)
