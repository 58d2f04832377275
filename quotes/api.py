"""The library: one article, or folders of them.

    result = quotes.analyze(text)
    report = quotes.report("articles/")

Both give the rows of the command line.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from quotes import frames, tables
from quotes.batch import Options, Summary, publish, run
from quotes.batch.storage import replacing, storage
from quotes.batch.store import local_path
from quotes.batch.store_run import objects_of
from quotes.batch.texts import FOLDER as TEXTS
from quotes.corpus import Columns
from quotes.corpus.packing import is_address
from quotes.engine import default_engine
from quotes.errors import UsageError
from quotes.people import Crowd, numbered, speakers_of, spoken_of
from quotes.pipeline import analyze_batch
from quotes.records import Analysis, Article, Problem

if TYPE_CHECKING:
    import pandas as pd

Path_ = str | os.PathLike[str]


class QuoteRow(NamedTuple):
    """A row of the quotes table; None for unknown. The columns are documented in docs/tables.md."""

    article_id: str
    quote_id: int
    kind: str
    text: str
    start: int
    end: int
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    mention: str | None
    mention_start: int | None
    mention_end: int | None
    speaker: str | None
    speaker_id: str | None
    speaker_type: str | None
    role: str | None
    country: str | None
    stance: str | None
    stance_score: float | None
    rule: str | None
    score: float | None


class SpeakerRow(NamedTuple):
    """A row of the speakers table."""

    speaker_id: str
    speaker: str
    speaker_type: str
    role: str | None
    country: str | None
    stance: str | None
    articles: int
    quotes: int
    direct: int
    mixed: int
    indirect: int
    words: int
    first_article: str


@dataclass(frozen=True, slots=True)
class Result:
    """What one article says.

    Attributes:
        quotes: its rows of the quotes table.
        speakers: its rows of the speakers table, the most quoted first.
        problems: its problems, each with code, offset and message.
        focus_country: where its events happen, ISO 3166-1 alpha-2; None where nothing tells.
    """

    quotes: tuple[QuoteRow, ...]
    speakers: tuple[SpeakerRow, ...]
    problems: tuple[Problem, ...]
    focus_country: str | None

    def to_frame(self) -> pd.DataFrame:
        """The quotes as a DataFrame with the columns of the quotes table."""
        return frames.from_rows("quotes", self.quotes)


class Report:
    """The tables of a run; each is read when it is asked for.

    Attributes:
        summary: the run in numbers.
        folder: where the tables are; a temporary folder where no ``out`` was given, gone
            with the report; None where they are in an object store.
    """

    def __init__(
        self, summary: Summary, format: tables.Format, temporary: tempfile.TemporaryDirectory[str] | None
    ) -> None:
        self.summary = summary
        self.folder = None if local_path(summary.out) is None else Path(summary.out)
        self._format = format
        self._temporary = temporary

    @cached_property
    def quotes(self) -> pd.DataFrame:
        """One row per quoted span and indirect statement."""
        return self._read("quotes")

    @cached_property
    def speakers(self) -> pd.DataFrame:
        """One row per speaker over all input."""
        return self._read("speakers")

    @cached_property
    def articles(self) -> pd.DataFrame:
        """One row per article."""
        return self._read("articles")

    @cached_property
    def stance(self) -> pd.DataFrame:
        """Quotes by stance and kind."""
        return self._read("stance")

    @cached_property
    def problems(self) -> pd.DataFrame:
        """One row per problem."""
        return self._read("problems")

    def save(self, folder: Path_) -> Path:
        """Copy tables, page, texts and run.json into ``folder``; each file appears complete.

        Raises:
            UsageError: a file there is not ours and would be overwritten; the report is in an
                object store, or should be saved into one.
            RunError: the folder cannot be written.
        """
        out = Path(folder)
        if self.folder is None:
            raise UsageError(
                f"{self.summary.out}: the report is there, in an object store; copy it from there"
            )
        if not os.fspath(folder) or is_address(os.fspath(folder)):
            raise UsageError(
                f"{os.fspath(folder)!r}: no folder of this machine; quotes.report(…, out=…) writes there"
            )
        with storage(out):
            if file := next(
                (path for path in (out, *out.parents) if path.exists() and not path.is_dir()), None
            ):
                raise UsageError(f"{file}: is a file; a report is saved into a folder")
            if out.resolve() == self.folder.resolve():
                return out
            publish.protect(out, self._format)
            out.mkdir(parents=True, exist_ok=True)
            (out / publish.RUN).unlink(missing_ok=True)
            names = [f"{table}.{self._format}" for table in tables.NAMES]
            for name in (*names, publish.PAGE, publish.RUN):
                if (self.folder / name).exists():
                    with (self.folder / name).open("rb") as source, replacing(out / name) as target:
                        shutil.copyfileobj(source, target)
            texts = self.folder / TEXTS
            if texts.exists():
                shutil.rmtree(out / TEXTS, ignore_errors=True)
                shutil.copytree(texts, out / TEXTS)
        return out

    def __repr__(self) -> str:
        return f"<Report: {self.summary.articles:,} articles, {self.summary.quotes:,} quotes>"

    def _read(self, table: str) -> pd.DataFrame:
        if self.folder is not None:
            return frames.read(self.folder, table, format=self._format, labels=self.summary.labels)
        return frames.joined(
            objects_of(self.summary.out, table), table, format=self._format, labels=self.summary.labels
        )


def analyze(
    text: str,
    *,
    article_id: str = "",
    indirect: bool = True,
    min_score: float = 0.0,
    model: Path_ | None = None,
) -> Result:
    """Who says what in one article, and for which side.

    Args:
        text: the article; offsets count its code points.
        article_id: what the rows call it.
        indirect: whether indirect statements are rows.
        min_score: attributions with a lower confidence are left empty, 0 to 1.
        model: a stance model made by ``quotes train``; None for the shipped one.

    Raises:
        UsageError: ``min_score`` is no number from 0 to 1.
        ModelError: the model does not load.
    """
    _check(min_score)
    if not isinstance(text, str):
        raise TypeError(f"analyze takes the text of an article as str, not {type(text).__name__}")
    if not text.strip():
        return Result((), (), (Problem("empty", None, "nothing but white space"),), None)
    engine = _engine(None if model is None else Path(model), indirect, min_score)
    (analysis,) = analyze_batch([Article(article_id, text)], engine)
    return _result(analysis, engine.model.labels)


@lru_cache(maxsize=4)
def _engine(model: Path | None, indirect: bool, min_score: float) -> Any:
    return default_engine(model, indirect=indirect, min_score=min_score)


def _result(analysis: Analysis, labels: Sequence[str]) -> Result:
    speakers, voices = speakers_of(analysis)
    spoken = spoken_of(analysis, voices, labels)
    crowd = Crowd(None, labels)
    try:
        crowd.add(0, analysis.article_id, speakers, spoken)
        crowd.settle()
        forms = numbered(0, speakers, spoken)
        ids = crowd.ids(set(forms))
        return Result(
            tuple(
                QuoteRow._make(
                    tables.quote_row(analysis.article_id, quote, ids[forms[who]] if who >= 0 else None)
                )
                for quote, who in zip(analysis.quotes, voices, strict=True)
            ),
            tuple(map(SpeakerRow._make, crowd.speakers())),
            analysis.problems,
            analysis.focus_country,
        )
    finally:
        crowd.close()


def report(
    paths: Path_ | Sequence[Path_],
    *,
    out: Path_ | None = None,
    workers: int | None = None,
    format: tables.Format = "csv",
    indirect: bool = True,
    min_score: float = 0.0,
    model: Path_ | None = None,
    corrections: Path_ | Sequence[Path_] = (),
    text_column: str | None = None,
    id_column: str | None = None,
    date_column: str | None = None,
    save_texts: bool = False,
    spreadsheet_safe: bool = False,
    page: bool = True,
    dask: str | None = None,
) -> Report:
    """Read every article below folders and give the tables.

    Args:
        paths: a folder, file or fsspec address, or several.
        out: where the tables go, and the state that lets the next call skip what has not
            changed; None keeps them in a temporary folder (see :meth:`Report.save`).
        workers: processes; None for one per core.
        format: of the tables: csv, parquet or jsonl.
        indirect: whether indirect statements are rows.
        min_score: attributions with a lower confidence are left empty, 0 to 1.
        model: a stance model made by ``quotes train``; None for the shipped one.
        corrections: a file of corrections, or several, earliest first.
        text_column: the column of the text, for records.
        id_column: the column of the article's id, for records.
        date_column: the column of the date, for records.
        save_texts: whether each article's text is written beside the tables.
        spreadsheet_safe: whether cells that a spreadsheet would run get an apostrophe.
        page: whether report.html is written.
        dask: address of a Dask scheduler, or ``local``.

    Raises:
        UsageError: nothing to read, a column that is not there, no article readable.
        ModelError: the model does not load.
        LabelsError: a file of corrections cannot be used.
        RunError: the run cannot go on; the same call again goes on where it stopped.
    """
    _check(min_score, format, workers)
    temporary = tempfile.TemporaryDirectory(prefix="quotes-") if out is None else None
    options = Options(
        paths=_several(paths),
        out=os.fspath(out) if out is not None else temporary.name if temporary else "",
        workers=workers,
        format=format,
        indirect=indirect,
        min_score=min_score,
        model=None if model is None else Path(model),
        corrections=tuple(map(Path, _several(corrections))),
        columns=Columns(text_column, id_column, date_column),
        save_texts=save_texts,
        spreadsheet_safe=spreadsheet_safe,
        page=page,
        dask=dask,
    )
    try:
        return Report(run(options), format, temporary)
    except BaseException:
        if temporary:
            temporary.cleanup()
        raise


def _several(paths: Path_ | Sequence[Path_]) -> tuple[str, ...]:
    if isinstance(paths, (str, os.PathLike)):
        return (os.fspath(paths),)
    return tuple(os.fspath(path) for path in paths)


def _check(min_score: float, format: str = "csv", workers: int | None = None) -> None:
    """What the command line's own types refuse."""
    if not 0 <= min_score <= 1:
        raise UsageError(f"min_score {min_score}: a number from 0 to 1")
    if format not in tables.FORMATS:
        raise UsageError(f"format {format!r}: one of {', '.join(tables.FORMATS)}")
    if workers is not None and (not isinstance(workers, int) or workers < 1):
        raise UsageError(f"workers {workers}: a whole number, 1 or more")
