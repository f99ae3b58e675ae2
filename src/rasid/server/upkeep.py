"""What those who run a server ask it: whether it is well, and its figures."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, Response

from rasid.record import count_rows
from rasid.server.metrics import as_text
from rasid.server.records import Reading
from rasid.server.security import reader

router = APIRouter(tags=["upkeep"])


@router.get("/health", response_class=PlainTextResponse)
def health(record: Reading) -> str:
    """Whether the record can be read: `ok`."""
    record.connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone()
    return "ok\n"


@router.get("/metrics", response_class=PlainTextResponse, dependencies=[Depends(reader)])
def metrics(request: Request, record: Reading) -> Response:
    """Figures in the text format of Prometheus."""
    return Response(as_text(request.app.state.metrics, count_rows(record)), media_type="text/plain; version=0.0.4")
