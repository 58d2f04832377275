"""Corrections: a table in which a reader mends speaker, role, stance or kind of single rows.

The file (docs/corrections.md) is written by the page, by hand or in a spreadsheet.
A row is matched by ``article_id``, ``start`` and ``end`` and checked by ``text``; whatever
does not fit is a :class:`Misfit`, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from quotes.records import Analysis


class Misfit(NamedTuple):
    """A row of the corrections file that was not applied, or not wholly, and why."""

    row: int
    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """The rows of a corrections file by article; picklable, false when empty."""

    by_article: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_article)

    def fingerprint(self, article_id: str) -> str:
        """A hash of the rows for one article, ``""`` where there is none (for resuming)."""
        return ""


def load(path: Path, *, stances: Collection[str] | None = None) -> Corrections:
    """Read a corrections file.

    Args:
        path: the file; comma, semicolon or tab separated, with or without BOM.
        stances: the labels of the stance model; rows with another label become misfits.

    Raises:
        LabelsError: the file cannot be read or lacks one of article_id, start, end, text.
    """
    raise NotImplementedError


def apply(analysis: Analysis, corrections: Corrections) -> Analysis:
    """``analysis`` with its corrections applied; the same object where there is none. Pure."""
    return analysis


def misfits(
    corrections: Corrections, folder: Path, *, format: str = "csv", spreadsheet_safe: bool = False
) -> list[Misfit]:
    """The rows that did not fit, found once in the finished tables of ``folder``, in file order.

    Works the same after any number of workers, batches and resumed runs.
    """
    return []
