"""A run into an object store: parts and a manifest, the manifest last.

Workers write their parts themselves. The tables of quotes, articles and problems are folders
of numbered parts; speakers, stances and run.json are one object each; ``manifest.json``
lists them all and is written when everything else is there. A rerun skips what it finds
finished (docs/scale.md).
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from quotes import __version__
from quotes.batch import publish
from quotes.batch.assemble import count, forms_of, pieces_of, place, write_part, write_tables
from quotes.batch.crew import Crew, look_at_speakers, record, sources_of, total_of
from quotes.batch.feed import Batch, batches
from quotes.batch.local_run import misfits
from quotes.batch.options import BATCH_SIZE, STORE_BATCH_SIZE, Options, Settings, settle
from quotes.batch.part import PART_FORMAT, Key, Unit, decode, decode_head, digest, encode, encode_head
from quotes.batch.pools import Job
from quotes.batch.progress import Progress
from quotes.batch.storage import storage
from quotes.batch.store import Store
from quotes.batch.summary import Summary
from quotes.batch.texts import FOLDER as TEXTS
from quotes.batch.texts import file_name
from quotes.batch.work import Load, Task, settings_of, units
from quotes.batch.writers import TableWriter
from quotes.corpus import MARKER, Source, read_source
from quotes.errors import RunError
from quotes.people import Crowd
from quotes.stored import bare

MANIFEST = "manifest.json"
STATE = ".quotes-state"

#: Tables that are folders of parts.
IN_PARTS = ("quotes", "articles", "problems")


@dataclass(frozen=True, slots=True)
class Errand:
    """What one worker does with a batch, and where it leaves the result.

    Attributes:
        name: of the result; the same work has the same name.
        loads: files and records; a file of records is alone.
        texts: whether texts are kept.
    """

    name: str
    loads: tuple[Load, ...]
    texts: bool


def run_into_store(options: Options, progress: Progress) -> Summary:
    """Do the main job into the object store ``options.out``; see :func:`quotes.batch.run` for the errors."""
    started = time.monotonic()
    sources = sources_of(options)
    settings = settle(options)
    with tempfile.TemporaryDirectory(prefix="quotes-") as scratch, storage(scratch):
        progress.start(total_of(options) if progress.wants_total else None)
        run = _StoreRun(options, settings, Path(scratch), progress)
        try:
            with Crew(options, settings) as crew:
                run.read(crew, sources)
                run.write(crew)
            run.summary.seconds = round(time.monotonic() - started, 2)
            run.finish()
        finally:
            run.crowd.close()
    return run.summary


def objects_of(address: str, table: str) -> Iterator[bytes]:
    """What a finished run's table consists of, in the order of its rows.

    Args:
        address: the output of the run.
        table: one of ``tables.NAMES``.

    Raises:
        RunError: the store cannot be read, or holds no finished run.
    """
    store = Store(address)
    manifest = json.loads(store.get(MANIFEST) or b"{}")
    names = [entry["name"] for entry in manifest.get("objects", ())]
    for name in names:
        if name.startswith((f"{table}.", f"{table}/part-")):
            yield store.get(name) or b""
    if not names:
        raise RunError(f"{address}: no finished run there; run `quotes report` into it again")


class _StoreRun:
    """A run under way.

    Attributes:
        crowd: the speakers met so far.
        summary: what was found so far.
    """

    def __init__(self, options: Options, settings: Settings, scratch: Path, progress: Progress) -> None:
        self.crowd = Crowd(scratch / "speakers.sqlite", settings.labels)
        self.summary = Summary(options.out, settings.labels)
        self._options = options
        self._settings = settings
        self._scratch = scratch
        self._progress = progress
        self._store = Store(options.out)
        self._state = f"{STATE}/{settings.key}"
        self._errands: dict[int, str] = {}  # number to name
        self._written: dict[str, list[Any]] = {}  # object to size and digest

    def read(self, crew: Crew, sources: Iterator[Source]) -> None:
        """Let every batch be worked on whose result is not there."""
        there = self._store.names(self._state)
        for (batch, known), given in crew.do(self._jobs(sources, there)):
            kept = given is None
            order = place(batch.number)
            for head in _heads(known if kept else given, self._store.address):
                order = count(self.crowd, order, head)
                self.summary.add(head)
                self.summary.unchanged += sum(kept for _ in pieces_of(head))
            self._progress.advance(batch.size, self.summary.articles, self.summary.quotes)

    def write(self, crew: Crew) -> None:
        """Parts to tables, by the workers; the small tables here."""
        self._progress.stage("who is who")
        self.crowd.settle()
        look_at_speakers(self.crowd, self.summary)
        self._progress.stage("writing the tables")
        self._store.remove({MANIFEST} & self._store.names(MANIFEST))
        for folder in (*IN_PARTS, STATE, *([TEXTS] if self._options.save_texts else [])):
            self._store.put(f"{folder}/{MARKER}", b"")
        for _, written in crew.do(self._finishing()):
            self._written.update(json.loads(written or b"{}"))
        self._write_small_tables()
        self._write_page()

    def finish(self) -> None:
        """Run record, removal of what is left of earlier runs, manifest."""
        run = record(self._options, self._settings, self.summary)
        self._put(publish.RUN, json.dumps(run, ensure_ascii=False, indent=2).encode("utf-8", "replace"))
        stale = set().union(*map(self._store.names, (*IN_PARTS, TEXTS))) - self._written.keys()
        kept = {f"{folder}/{MARKER}" for folder in (*IN_PARTS, TEXTS)}
        names = set(self._errands.values())
        state = {
            name
            for name in self._store.names(STATE)
            if not name.endswith(MARKER)
            and not (name.startswith(f"{self._state}/") and _errand_of(name) in names)
        }
        self._store.remove((stale - kept) | state)
        listed = [
            {"name": name, "bytes": size, "blake2b": found}
            for name, (size, found) in sorted(self._written.items())
        ]
        manifest = {"program": f"quotes {__version__}", "format": self._options.format, "objects": listed}
        self._store.put(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())

    # --- reading -------------------------------------------------------------------------------

    def _jobs(self, sources: Iterator[Source], there: set[str]) -> Iterator[Job[tuple[Batch, bytes | None]]]:
        from quotes.page.gather import MAX_BYTES

        options, settings = self._options, self._settings
        waiting = batches(
            sources,
            settings,
            lambda key: [],
            size=options.batch_size or STORE_BATCH_SIZE,
            texts=None,
            here=options.dask not in (None, "local"),
            whole=settings.columns.id is None,
        )
        seen = 0
        for batch in waiting:
            texts = options.save_texts or (options.page and seen < MAX_BYTES)
            seen += batch.size
            errand = _errand(batch, settings, texts)
            self._errands[batch.number] = errand.name
            known = self._known(errand, there)
            call = None if known else (fulfil, (errand, self._store.address, self._state, settings.key))
            yield Job(batch.number, errand.loads[0].key.source, call, (batch, known))

    def _known(self, errand: Errand, there: set[str]) -> bytes | None:
        """What the ``.done`` object of an errand holds, where all its parts are there."""
        name = f"{self._state}/{errand.name}.done"
        done = self._store.get(name) if name in there and _is_sure(errand) else None
        parts = done.count(b"\n") - 1 if done else 0
        if all(f"{self._state}/{_part_name(errand.name, index)}" in there for index in range(parts)):
            return done
        return None

    # --- writing -------------------------------------------------------------------------------

    def _parts(self) -> Iterator[tuple[str, int, list[Unit]]]:
        """The parts in the order of the tables: name, place of the first row, units without bytes."""
        for number, name in sorted(self._errands.items()):
            order = place(number)
            done = self._store.get(f"{self._state}/{name}.done")
            for index, head in enumerate(_heads(done, self._store.address)):
                yield f"{self._state}/{_part_name(name, index)}", order, head
                order += sum(piece.spoken.rows for piece in pieces_of(head))

    def _finishing(self) -> Iterator[Job[None]]:
        key, save_texts = self._settings.key, self._options.save_texts
        for number, (name, order, head) in enumerate(self._parts()):
            forms = forms_of(order, head)
            ids = self.crowd.ids(set(chain.from_iterable(forms)))
            call = (deliver, (name, number, forms, ids, self._store.address, key, save_texts))
            yield Job(number, name, call, None)

    def _write_small_tables(self) -> None:
        for table, rows in (("speakers", self.crowd.speakers()), ("stance", self.crowd.stances())):
            path = self._scratch / f"{table}.{self._settings.format}"
            with TableWriter(path, table, self._settings) as writer:
                writer.rows(rows)
            self._written[path.name] = _put_file(self._store, path.name, path)

    def _write_page(self) -> None:
        """The page, where it may hold all articles; it and the check of corrections need whole tables."""
        from quotes.page.gather import MAX_ARTICLES

        options, settings = self._options, self._settings
        page = options.page and self.summary.articles <= MAX_ARTICLES
        if not page:
            self._store.remove({publish.PAGE} & self._store.names(publish.PAGE))
        if not page and not settings.corrections:
            return
        folder = self._scratch / "tables"
        folder.mkdir()
        parts = ((order, decode(self._store.get(name) or b"")) for name, order, _ in self._parts())
        write_tables(folder, parts, self.crowd, settings, texts=False)
        self.summary.misfits = misfits(folder, options, settings)
        if page:
            from quotes.page import write_page

            self._progress.stage("writing the page")
            path = write_page(
                folder,
                format=options.format,
                sources=self._page_sources(),
                spreadsheet_safe=options.spreadsheet_safe,
            )
            self._written[publish.PAGE] = _put_file(self._store, publish.PAGE, path)

    def _page_sources(self) -> Iterator[Any]:
        from quotes.page import Source as PageSource

        for name, _, _ in self._parts():
            for piece in pieces_of(decode(self._store.get(name) or b"")):
                yield PageSource(piece.article_id, piece.date, piece.text)

    def _put(self, name: str, data: bytes) -> None:
        self._store.put(name, data)
        self._written[name] = _told(data)


# --- what workers do ---------------------------------------------------------------------------


def fulfil(errand: Errand, address: str, state: str, key: str) -> bytes:
    """Work on an errand and leave its parts in the store; gives what its ``.done`` object holds."""
    store = Store(address)
    heads: list[bytes] = []
    for loads in _portions(errand, key):
        found: list[Unit] = []
        for start in range(0, len(loads), BATCH_SIZE):
            found += units(Task(loads[start : start + BATCH_SIZE], errand.texts), key)
        store.put(f"{state}/{_part_name(errand.name, len(heads))}", encode(found))
        heads.append(encode_head(found))
    body = b"".join(heads)
    done = b"%d %d\n%b" % (PART_FORMAT, len(body), body)
    store.put(f"{state}/{errand.name}.done", done)
    return done


def deliver(
    name: str,
    number: int,
    forms: Sequence[Sequence[int]],
    ids: Mapping[int, str],
    address: str,
    key: str,
    save_texts: bool,
) -> bytes:
    """Write the objects of one part; gives their names, sizes and digests as JSON."""
    store, settings = Store(address), settings_of(key)
    data = store.get(name)
    if data is None:
        raise RunError(f"{address}/{name}: is gone; run the same command again")
    found = decode(data)
    written: dict[str, list[Any]] = {}
    with tempfile.TemporaryDirectory(prefix="quotes-") as scratch, storage(scratch):
        paths = {table: Path(scratch) / f"{table}.{settings.format}" for table in IN_PARTS}
        open_ = {table: TableWriter(path, table, settings) for table, path in paths.items()}
        try:
            write_part(open_, found, forms, ids, settings)
        finally:
            for writer in open_.values():
                writer.close()
        for table, path in paths.items():
            target = f"{table}/part-{number:06d}.{settings.format}"
            written[target] = _put_file(store, target, path)
    if save_texts:
        for piece in pieces_of(found):
            target = f"{TEXTS}/{file_name(piece.article_id)}"
            text = (piece.text or "").encode("utf-8", "replace")
            store.put(target, text)
            written[target] = _told(text)
    return json.dumps(written).encode()


def _portions(errand: Errand, key: str) -> Iterator[tuple[Load, ...]]:
    """The loads of each part: those of the errand, or the records of its file, some thousand at a time."""
    source = errand.loads[0].item
    if not isinstance(source, Source) or not source.holds_records or source.problem is not None:
        yield errand.loads
        return
    portion: list[Load] = []
    for number, item in enumerate(read_source(source, settings_of(key).columns), 1):
        portion.append(Load(Key(source.article_id, number), "", (item,)))
        if len(portion) == STORE_BATCH_SIZE:
            yield tuple(portion)
            portion = []
    if portion:
        yield tuple(portion)


# --- names -------------------------------------------------------------------------------------


def _errand(batch: Batch, settings: Settings, texts: bool) -> Errand:
    loads = tuple(entry.load for entry in batch.entries)
    said = [settings.key, str(texts), str(STORE_BATCH_SIZE)]
    for load in loads:
        said += [load.key.source, str(load.key.item), load.version, repr(load.renamed)]
        if isinstance(load.item, Source):
            said.append(load.item.path)
            said += _corrected(load.item, settings)
        else:
            said += [repr(item) for item in load.item]
            said += [settings.corrections.fingerprint(item.article_id) for item in load.item]
    return Errand(digest(*said), loads, texts)


def _corrected(source: Source, settings: Settings) -> list[str]:
    """What the corrections say of the records of a file."""
    if not source.holds_records:
        return []
    inside = f"{bare(source.article_id)}#"
    ids = sorted(name for name in settings.corrections.by_article if name.startswith(inside))
    return [settings.corrections.fingerprint(name) for name in ids]


def _is_sure(errand: Errand) -> bool:
    """Whether the names and versions of an errand's files tell that they have not changed."""
    return all(load.version or not isinstance(load.item, Source) for load in errand.loads)


def _part_name(errand: str, index: int) -> str:
    return f"{errand}-{index:05d}.part"


def _errand_of(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0].partition("-")[0]


def _heads(done: bytes | None, address: str) -> Iterator[list[Unit]]:
    first, _, rest = (done or b"").partition(b"\n")
    if first != b"%d %d" % (PART_FORMAT, len(rest)):
        raise RunError(f"{address}/{STATE}: a part of the run is gone; run the same command again")
    for line in rest.splitlines():
        yield decode_head(line)


def _put_file(store: Store, name: str, path: Path) -> list[Any]:
    store.put_file(name, path)
    found = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return [path.stat().st_size, found.hexdigest()]


def _told(data: bytes) -> list[Any]:
    return [len(data), hashlib.blake2b(data, digest_size=16).hexdigest()]
