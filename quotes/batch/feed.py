"""The input as batches: files and records in the order of the tables, with what is known of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from quotes.batch.options import Settings
from quotes.batch.part import Key, Unit
from quotes.batch.work import Load, Task, as_named, content_of
from quotes.corpus import Ids, Source, Trouble, read_source
from quotes.corpus.packing import is_address
from quotes.records import Problem

#: Bytes per article that a batch has room for: a big article is alone in its batch.
ROOM = 16_000

#: Gives what earlier runs know of a unit.
Find = Callable[[Key], list[Unit]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit of a batch: to be worked on, or taken over from an earlier run."""

    load: Load
    size: int
    old: Unit | None = None

    @property
    def is_done(self) -> bool:
        """Whether the earlier run's unit is taken as it is."""
        return self.old is not None and not self.load.known


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries in the order of the tables; ``number`` is the batch's place in the run."""

    number: int
    entries: tuple[Entry, ...]
    texts: bool = False

    @property
    def task(self) -> Task | None:
        """What is to be done for it; None where everything is known."""
        loads = tuple([entry.load for entry in self.entries if not entry.is_done])
        return Task(loads, self.texts) if loads else None

    @property
    def size(self) -> int:
        """Bytes of its files and records."""
        return sum(entry.size for entry in self.entries)


def batches(
    sources: Iterable[Source],
    settings: Settings,
    find: Find,
    *,
    size: int,
    texts: int | None,
    here: bool = False,
    whole: bool = False,
) -> Iterator[Batch]:
    """The batches of a run; the same input gives the same batches, whoever works on them.

    Files are read by the workers, records here, one after another.

    Args:
        sources: as :func:`quotes.corpus.list_sources` gives them.
        settings: of the run.
        find: what earlier runs know.
        size: most articles of a batch.
        texts: the texts of as many articles are kept; None for all.
        here: whether files of this machine are read here, because the workers are elsewhere.
        whole: whether a file of records is one unit, alone in its batch, for a worker to read.

    Raises:
        UsageError: a named column is missing.
    """
    entries: list[Entry] = []
    number = count = weights = 0
    alone = False
    for load, weight in loads(sources, settings, whole=whole and not here):
        wanted = texts is None or count < texts
        full = alone or len(entries) >= size or weights + weight > size * ROOM
        alone = isinstance(load.item, Source) and load.item.holds_records
        if entries and (full or alone or _ends(len(entries), load, size)):
            yield Batch(number, tuple(entries), _has_texts(texts, count - len(entries)))
            number, weights, entries = number + 1, 0, []
        near = here and isinstance(load.item, Source) and not is_address(load.item.path)
        entries.append(_entry(load, weight, find(load.key), settings, wanted=wanted, here=near))
        weights += weight
        count += 1
    if entries:
        yield Batch(number, tuple(entries), _has_texts(texts, count - len(entries)))


def loads(
    sources: Iterable[Source], settings: Settings, *, whole: bool = False
) -> Iterator[tuple[Load, int]]:
    """Files and records with their sizes in bytes, before anything is known of them."""
    ids = Ids() if settings.columns.id is not None else None
    for source in sources:
        if whole or not source.holds_records or source.problem is not None:
            name = ids.claim(source.article_id, source.article_id, 1) if ids else (source.article_id, None)
            load = Load(Key(source.article_id, 0), source.version, source)
            yield _renamed(load, name), source.size or 0
            continue
        for number, item in enumerate(read_source(source, settings.columns), 1):
            load = Load(Key(source.article_id, number), "", (item,))
            if isinstance(item, Trouble):
                yield load, 0
                continue
            if ids:
                record = item.record or number
                load = _renamed(load, ids.claim(item.article_id, source.article_id, record))
            yield load, len(item.text)


def _renamed(load: Load, name: tuple[str, Problem | None]) -> Load:
    article_id, problem = name
    return load if problem is None else replace(load, renamed=(article_id, problem))


def _entry(
    load: Load, weight: int, known: list[Unit], settings: Settings, *, wanted: bool, here: bool
) -> Entry:
    """The entry of a unit; what is known of it counts where it is whole."""
    if wanted:
        known = [unit for unit in known if all(piece.text is not None for piece in unit.pieces)]
    source = load.item
    if isinstance(source, Source):
        article_id = load.renamed[0] if load.renamed else source.article_id
        version = f"{load.version} {article_id} {settings.corrections.fingerprint(article_id)}"
        load = replace(load, version=version if load.version else "")
        same = next((unit for unit in known if unit.version == load.version and load.version), None)
        if same is not None:
            return Entry(load, weight, same)
        if not here:
            # Where the file was only touched, its worker will see that nothing changed.
            old = known[0] if known else None
            return Entry(replace(load, known=old.content) if old else load, weight, old)
        load = replace(load, item=tuple(read_source(source, settings.columns)))
    if known:
        assert not isinstance(load.item, Source)
        content = content_of([as_named(load, item) for item in load.item], settings)
        same = next((unit for unit in known if unit.content == content), None)
        if same is not None:
            return Entry(load, weight, replace(same, version=load.version))
    return Entry(load, weight)


def _ends(count: int, load: Load, size: int) -> bool:
    """Whether a batch of ``count`` entries ends before ``load`` by the latter's name.

    Borders that hang on names stay where they are when files come and go elsewhere, so that
    most parts of an earlier run fit as they are.
    """
    if count * 2 < size:
        return False
    name = f"{load.key.source}\0{load.key.item}".encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.blake2b(name, digest_size=4).digest(), "big")
    return number % max(size // 8, 1) == 0


def _has_texts(texts: int | None, first: int) -> bool:
    return texts is None or first < texts
