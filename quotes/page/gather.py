"""What the page shows, gathered in one pass over the finished tables.

Totals are kept for everything; the details (texts and quotes) of articles are packed in
the order of the tables until a limit is reached, so that memory and page stay bounded.
"""

from __future__ import annotations

import base64
import heapq
import itertools
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from quotes import stored
from quotes.records import SPEECH_KINDS, STANCES

#: The page holds the details (texts and quotes) of at most this many articles …
MAX_ARTICLES = 20_000
#: … and takes no further article once their details reach this many bytes of JSON, which
#: for ordinary news is a page of about 27 MB (docs/page.md).
MAX_BYTES = 64_000_000
#: Longer texts (in code points) stay out of the page; their quotes are in it.
MAX_TEXT = 200_000
#: Rows of problems.csv that the page lists.
MAX_PROBLEMS = 2_000
#: Bars of the charts of speakers and of articles.
TOP_SPEAKERS, TOP_ARTICLES = 10, 12

#: Cells of a quote in the page, in order; ``text`` only where the article's text is not held.
QUOTE_CELLS = (
    "quote_id", "kind", "start", "end", "cue", "cue_start", "cue_end", "mention", "mention_start",
    "mention_end", "speaker", "speaker_id", "speaker_type", "role", "country", "stance", "stance_score",
    "rule", "score", "text",
)  # fmt: skip
SPEAKER_CELLS = (
    "speaker_id", "speaker", "speaker_type", "role", "country", "stance", "articles", "quotes", "words",
)  # fmt: skip
ARTICLE_CELLS = (
    "article_id", "focus_country", "characters", "quotes", "direct", "mixed", "indirect", "not_speech",
    "attributed", "problems",
)  # fmt: skip
PROBLEM_CELLS = ("article_id", "code", "start", "message")

_CHUNK_ARTICLES, _CHUNK_BYTES = 100, 1_000_000
_SPEAKER_ID = 1 + QUOTE_CELLS.index("speaker_id")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Source(NamedTuple):
    """What the page wants of an article besides its rows in the tables.

    ``text`` may be None where it is not at hand: the article view then lists the
    quotes without the text around them.
    """

    article_id: str
    date: str | None
    text: str | None


class Share(NamedTuple):
    """One line of the share of voice; ``kinds`` counts the quotes of each speech kind."""

    label: str
    quotes: int
    words: int
    kinds: dict[str, int]


class TopSpeaker(NamedTuple):
    """A speaker of the chart; ``stance`` is ``""`` where none is known."""

    speaker_id: str
    name: str
    role: str
    stance: str
    quotes: int
    words: int
    articles: int


class TopArticle(NamedTuple):
    """An article of the chart, with its quotes by stance."""

    article_id: str
    quotes: int
    stances: dict[str, int]


@dataclass(slots=True)
class Gathered:
    """Everything the page shows.

    Attributes:
        labels: the stance labels, in the order of the tables.
        shares: one line per label, and one for ``""`` (no stance known) where there is any.
        speakers: the most quoted speakers.
        top_articles: the articles with most quotes.
        dates: quotes by date and label.
        problems: how often each code occurs.
        articles: number of articles in the tables.
        dated: how many of them have a date.
        held: how many of them the page holds in detail.
        speaker_count: number of speakers in the tables.
        index: the packed index of what the page holds.
        chunks: the packed details of the articles held.
    """

    labels: list[str]
    shares: list[Share] = field(default_factory=list)
    speakers: list[TopSpeaker] = field(default_factory=list)
    top_articles: list[TopArticle] = field(default_factory=list)
    dates: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[tuple[str, int]] = field(default_factory=list)
    articles: int = 0
    dated: int = 0
    held: int = 0
    speaker_count: int = 0
    index: str = ""
    chunks: list[str] = field(default_factory=list)

    @property
    def quotes(self) -> int:
        """Quotes of all speech kinds."""
        return sum(share.quotes for share in self.shares)

    @property
    def words(self) -> int:
        """Words in all quotes."""
        return sum(share.words for share in self.shares)


def gather(tables: stored.Tables, sources: Iterable[Source]) -> Gathered:
    """Read the tables once and pack what the page holds of them.

    Args:
        tables: the finished tables.
        sources: dates and texts, in the order of the articles table; articles may be missing.

    Raises:
        RunError: a table or a column is missing.
    """
    found = Gathered(_labels(tables))
    found.shares = _shares(tables, found.labels)
    with ThreadPoolExecutor(1) as pool:
        packer = _Packer(pool)
        articles, speaker_ids = _articles(tables, sources, found, packer)
        found.chunks = packer.finish()
    speakers = _speakers(tables, found, speaker_ids)
    problems = _problems(tables, found)
    found.index = pack(
        {
            "articles": articles,
            "chunks": packer.starts,
            "problems": problems,
            "speakers": speakers,
        }
    )
    return found


def pack(value: Any) -> str:
    """JSON, deflated, in base64: inert inside a page, unpacked by the browser's own means."""
    return _deflated(_as_json(value))


_as_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def _deflated(text: str) -> str:
    # Level 4 takes a third of the time of the default and gives 6 % more bytes.
    return base64.b64encode(zlib.compress(text.encode("ascii"), 4)).decode("ascii")


def _labels(tables: stored.Tables) -> list[str]:
    """The labels of the run: the columns of articles.csv between its counts and its problems."""
    columns = stored.header(tables, "articles")
    if "attributed" not in columns or "problems" not in columns:
        return list(STANCES)
    return columns[columns.index("attributed") + 1 : columns.index("problems")]


def _shares(tables: stored.Tables, labels: list[str]) -> list[Share]:
    shares = {label: Share(label, 0, 0, dict.fromkeys(SPEECH_KINDS, 0)) for label in [*labels, ""]}
    for stance, kind, quotes, words in stored.rows(tables, "stance", ("stance", "kind", "quotes", "words")):
        if kind not in SPEECH_KINDS:
            continue
        old = shares.get(stance) or Share(stance, 0, 0, dict.fromkeys(SPEECH_KINDS, 0))
        kinds = old.kinds | {kind: old.kinds[kind] + int(quotes)}
        shares[stance] = Share(stance, old.quotes + int(quotes), old.words + int(words), kinds)
    unknown = shares.pop("")
    return [*shares.values(), *([unknown] if unknown.quotes else [])]


# --- articles ----------------------------------------------------------------------------------


def _articles(
    tables: stored.Tables, sources: Iterable[Source], found: Gathered, packer: _Packer
) -> tuple[list[list[str]], set[str]]:
    """Index rows of the articles held, and the ids of the speakers in them."""
    columns = (*ARTICLE_CELLS, *found.labels)
    quotes = _Follower(_by_article(tables), lambda group: group[0])
    texts = _Follower(iter(sources), lambda source: source.article_id)
    held: list[list[str]] = []
    speaker_ids: set[str] = set()
    top: list[tuple[int, int, list[str]]] = []
    for number, row in enumerate(stored.rows(tables, "articles", columns)):
        article_id = row[0]
        source = texts.take(article_id)
        date = _date(source)
        _count(found, row, date, top, number)
        if number == found.held and number < MAX_ARTICLES and packer.size < MAX_BYTES:
            group = quotes.take(article_id)
            rows = group[1] if group else []
            text = source.text if source and source.text and len(source.text) <= MAX_TEXT else None
            packer.add(text, [quote[1:-1] if text else quote[1:] for quote in rows])
            speaker_ids.update(quote[_SPEAKER_ID] for quote in rows)
            held.append([*row, date])
            found.held += 1
    found.top_articles = [
        TopArticle(
            row[0], -quotes, dict(zip(found.labels, map(_int, row[len(ARTICLE_CELLS) :]), strict=True))
        )
        for quotes, _, row in sorted((-count, -place, row) for count, place, row in top)
    ]
    return held, speaker_ids


def _count(
    found: Gathered, row: list[str], date: str, top: list[tuple[int, int, list[str]]], number: int
) -> None:
    found.articles += 1
    quotes = _int(row[3])
    if quotes:
        # The smallest of the heap is dropped: fewest quotes, of equals the latest article.
        entry = (quotes, -number, row)
        if len(top) < TOP_ARTICLES:
            heapq.heappush(top, entry)
        else:
            heapq.heappushpop(top, entry)
    if date:
        found.dated += 1
        counts = found.dates.setdefault(date, Counter())
        stances = [_int(cell) for cell in row[len(ARTICLE_CELLS) :]]
        for label, count in zip(found.labels, stances, strict=True):
            counts[label] += count
        counts[""] += max(quotes - sum(stances), 0)


def _by_article(tables: stored.Tables) -> Iterator[tuple[str, list[list[str]]]]:
    rows = stored.rows(tables, "quotes", ("article_id", *QUOTE_CELLS))
    for article_id, group in itertools.groupby(rows, key=lambda row: row[0]):
        yield article_id, list(group)


def _date(source: Source | None) -> str:
    date = (source.date or "")[:10] if source else ""
    return date if _DATE.fullmatch(date) else ""


def _int(cell: str) -> int:
    return int(cell) if cell else 0


_T = TypeVar("_T")


class _Follower(Generic[_T]):
    """A stream whose items belong to some of the articles, in the articles' order."""

    def __init__(self, items: Iterator[_T], key: Callable[[_T], str]) -> None:
        self._items = items
        self._key = key
        self._next = next(items, None)

    def take(self, article_id: str) -> _T | None:
        """The item of ``article_id``, or None where it has none."""
        item = self._next
        if item is None or self._key(item) != article_id:
            return None
        self._next = next(self._items, None)
        return item


class _Packer:
    """Packs details into chunks that a browser unpacks one at a time.

    zlib works outside the interpreter's lock, so that the next rows are read meanwhile.
    """

    def __init__(self, pool: Executor) -> None:
        self.starts: list[int] = []
        self.size = 0
        self._pool = pool
        self._chunks: list[Future[str]] = []
        self._open: list[str] = []
        self._open_size = 0
        self._count = 0

    def add(self, text: str | None, rows: list[list[str]]) -> None:
        detail = _as_json([text, rows])
        if not self._open:
            self.starts.append(self._count)
        self._open.append(detail)
        self._open_size += len(detail)
        self._count += 1
        self.size += len(detail)
        if len(self._open) >= _CHUNK_ARTICLES or self._open_size >= _CHUNK_BYTES:
            self._close()

    def finish(self) -> list[str]:
        self._close()
        return [chunk.result() for chunk in self._chunks]

    def _close(self) -> None:
        if self._open:
            self._chunks.append(self._pool.submit(_deflated, f"[{','.join(self._open)}]"))
        self._open, self._open_size = [], 0


# --- speakers and problems -----------------------------------------------------------------------


def _speakers(tables: stored.Tables, found: Gathered, wanted: set[str]) -> list[list[str]]:
    """Rows of the speakers in the articles held; the most quoted of all go into ``found``."""
    held: list[list[str]] = []
    top: list[tuple[int, int, list[str]]] = []
    for number, row in enumerate(stored.rows(tables, "speakers", SPEAKER_CELLS)):
        found.speaker_count += 1
        if row[0] in wanted:
            held.append(row)
        entry = (_int(row[7]), -number, row)
        if len(top) < TOP_SPEAKERS:
            heapq.heappush(top, entry)
        else:
            heapq.heappushpop(top, entry)
    found.speakers = [
        TopSpeaker(row[0], row[1], row[3], row[5], count, _int(row[8]), _int(row[6]))
        for count, _, row in sorted(top, key=lambda entry: entry[:2], reverse=True)
        if count
    ]
    return held


def _problems(tables: stored.Tables, found: Gathered) -> list[list[str]]:
    counts: Counter[str] = Counter()
    listed: list[list[str]] = []
    for row in stored.rows(tables, "problems", PROBLEM_CELLS):
        counts[row[1]] += 1
        if len(listed) < MAX_PROBLEMS:
            listed.append(row)
    found.problems = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return listed
