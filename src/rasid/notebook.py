"""A coded article as notebooks and scripts take it: it shows itself, and turns into a data frame."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from rasid.model import CodedArticle

if TYPE_CHECKING:
    import pandas as pd


class Coded(CodedArticle):
    """A coded article that shows its evidence in a notebook."""

    __slots__ = ()

    @classmethod
    def of(cls, coded: CodedArticle) -> Coded:
        """The same article, able to show itself."""
        return cls(*(getattr(coded, field.name) for field in fields(coded)))

    def to_frame(self) -> pd.DataFrame:
        """The events as a pandas data frame, one row each.

        Raises:
            InputError: pandas is not installed.
        """
        from rasid.record import rows_of
        from rasid.record.export import to_frame

        return to_frame(rows_of(self))

    def to_json(self) -> dict[str, object]:
        """The article as `rasid code --format jsonl` writes it."""
        from rasid.contract import to_json

        return to_json(self)

    def _repr_html_(self) -> str:
        from rasid.show.report import fragment

        return fragment(self)
