"""Events as pandas, polars and Arrow, from one record: `python examples/frames.py RECORD`.

pandas takes them from the record, polars and Arrow from the Parquet file that `rasid events --output events.parquet` writes
too. Prints how many events each has of each type, which must be the same.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import polars
import pyarrow.compute
import pyarrow.parquet

import rasid
from rasid.record import EventQuery, find_events
from rasid.record.export import events_table, to_frame
from rasid.record.formats import save


def by_pandas(record: Path) -> dict[str, int]:
    """Events of each type, counted by pandas."""
    with rasid.open_record(record) as opened:
        frame = to_frame(find_events(opened, EventQuery()))
    return {str(kind): int(number) for kind, number in frame["type"].value_counts().items()}


def by_polars(parquet: Path) -> dict[str, int]:
    """The same by polars, which reads no more of the file than it needs."""
    counted = polars.scan_parquet(parquet).group_by("type").len().collect()
    return dict(counted.iter_rows())


def by_arrow(parquet: Path) -> dict[str, int]:
    """The same by Arrow alone."""
    types = pyarrow.parquet.read_table(parquet, columns=["type"])["type"]
    return {one["values"]: one["counts"] for one in pyarrow.compute.value_counts(types).to_pylist()}


def main() -> None:
    """Print what each counts."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python frames.py RECORD")
    record = Path(sys.argv[1])
    with TemporaryDirectory() as folder:
        parquet = Path(folder) / "events.parquet"
        with rasid.open_record(record) as opened:
            save(events_table(find_events(opened, EventQuery())), parquet, "parquet")
        counts = {"pandas": by_pandas(record), "polars": by_polars(parquet), "arrow": by_arrow(parquet)}
    for name, count in counts.items():
        print(name, dict(sorted(count.items())))


if __name__ == "__main__":
    main()
